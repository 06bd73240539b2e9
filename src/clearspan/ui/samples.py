"""Invented numbers for the page of patterns, and the figures made of them."""

from typing import Any

from clearspan.ui.marks import Interval, Scale
from clearspan.ui.shell import Crumb, Link, Person, Shell, Station, trace

SHARES = Scale.shares([0, 0.66])
OURS = Interval(0.29, 0.34, 0.38, 0.42, 0.48)


def context() -> dict[str, Any]:
    return {"shell": shell(), "figures": {}, "shares": SHARES, "ours": OURS}


def shell() -> Shell:
    def links(*names: str) -> tuple[Link, ...]:
        return tuple(Link(n.lower(), n, "#") for n in names)

    return Shell(
        company="Ostrel",
        person=Person("Ines Maddox", "product manager"),
        products=(Link("all", "All products", "#"), Link("rota", "Rota", "#", hint="growing"), Link("pay", "Pay", "#")),
        top=(Link("today", "Today", "#", "today"), Link("asks", "Asks", "#", "asks", 2, hot=True)),
        line=(
            Link("inbox", "Inbox", "#", count=38),
            *links("Opportunities", "Options", "Portfolio", "Definition", "Development", "Launch", "In-life"),
        ),
        more=(
            Link("roadmap", "Roadmap", "#", "road"),
            Link("market", "Market", "#", "market"),
            Link("decisions", "Decisions", "#", "book"),
            Link("portal", "Portal", "#", "door"),
            Link("patterns", "Patterns", "/patterns", "list"),
        ),
        bottom=(
            Link("today", "Today", "#", "today"),
            Link("asks", "Asks", "#", "asks"),
            Link("opportunities", "Needs", "#", "list"),
            Link("portal", "Portal", "#", "door"),
        ),
        account=(Link("account", "Your account", "#"),),
        crumbs=(Crumb("Patterns"),),
        place="patterns",
        trace=line_of_one(),
    )


def line_of_one() -> tuple[Station, ...]:
    return trace(
        ("96 mentions", "done", "#"),
        ("this need", "here", "#"),
        ("3 compared, 1 chosen", "done", "#"),
        ("yes, 14 Oct", "done", "#"),
        ("version 3, signed", "done", "#"),
        ("62 % built, 3 Apr", "done", "#"),
        ("5 of 9 ready", "next", "#"),
    )
