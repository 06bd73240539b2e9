"""The shell of an invented company, as upper layers fill it."""

from clearspan.ui.shell import Crumb, Link, Person, Shell, Station, trace


def shell() -> Shell:
    """The sample company's shell, as upper layers fill it."""
    line = ("Opportunities", "Options", "Portfolio", "Definition", "Development", "Launch", "In-life")
    return Shell(
        company="Ostrel",
        person=Person("Ines Maddox", "product manager"),
        products=(Link("all", "All products", "#"), Link("rota", "Rota", "#", hint="growing"), Link("pay", "Pay", "#")),
        top=(Link("today", "Today", "#", "today"), Link("asks", "Asks", "#", "asks", 2, hot=True)),
        line=(Link("inbox", "Inbox", "#", count=38), *(Link(name.lower(), name, "#") for name in line)),
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
        crumbs=(Crumb("Ostrel", "#"), Crumb("Patterns")),
        place="patterns",
        trace=line_of_one(),
        find_url="/find",
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
