"""What surrounds a page. Upper layers fill a `Shell` and put it into the context as `shell`; nothing here asks a
database."""

from dataclasses import dataclass, field, replace
from typing import Literal

from clearspan.ui.marks.stations import STATIONS
from clearspan.ui.numbers import shorten

State = Literal["done", "here", "next", "none"]


@dataclass(frozen=True)
class Link:
    """An entry of a menu. `name` is what a page calls its place by (`shell.place`); `hot` says the count waits for
    someone."""

    name: str
    label: str
    url: str
    icon: str = ""
    count: int | str = ""
    hot: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Person:
    """Who is signed in. `role` is a word for people, such as "product manager"."""

    name: str
    role: str = ""

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@dataclass(frozen=True)
class Station:
    """One of the eight: a short fact, and whether it is there, this page, under way or not yet."""

    name: str
    fact: str = ""
    state: State = "none"
    url: str = ""

    @property
    def short(self) -> str:
        return shorten(self.fact, 20)


def trace(*stations: tuple[str, State] | tuple[str, State, str]) -> tuple[Station, ...]:
    """The strip from up to eight (fact, state) or (fact, state, url), in order; what is left out is not yet."""
    if len(stations) > len(STATIONS):
        raise ValueError("the line has eight stations")
    given = [Station(name, *_fields(s)) for name, s in zip(STATIONS, stations, strict=False)]
    return (*given, *(Station(name) for name in STATIONS[len(given) :]))


@dataclass(frozen=True)
class Shell:
    """Everything around the page.

    `place` names the current entry of any menu. `trace` is the product's own line; a page about one object puts its own
    `trace` into the context. `demo` are persons the sample company lets anyone be. `undo_url` is where `z` posts to
    when no toast is showing ("" when there is nothing to undo).
    """

    company: str = ""
    person: Person | None = None
    product: str = "All products"
    place: str = ""
    products: tuple[Link, ...] = ()
    top: tuple[Link, ...] = ()
    line: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    bottom: tuple[Link, ...] = ()
    account: tuple[Link, ...] = ()
    demo: tuple[Link, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    trace: tuple[Station, ...] = field(default=())
    home_url: str = "/"
    find_url: str = "/find"
    sign_out_url: str = ""
    switch_person_url: str = ""
    undo_url: str = ""

    def at(self, place: str, *crumbs: Crumb, trace: tuple[Station, ...] | None = None) -> "Shell":
        """The same shell on one page: its place, its crumbs and, for an object, its own line."""
        return replace(self, place=place, crumbs=crumbs, trace=self.trace if trace is None else trace)


def _fields(station: tuple[str, State] | tuple[str, State, str]) -> tuple[str, State, str]:
    fact, state, *url = station
    return fact, state, url[0] if url else ""
