"""For whom a roadmap is: what each audience is shown, and how exactly it is told when."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.core.actor import Actor, Kind
from clearspan.stages.decisions.precision import Precision


@dataclass(frozen=True)
class Audience:
    """What its roadmap shows, and the rules by which the rest is left out.

    `only_published`: it is shown only what a manager published to it, in the words written for it.
    `precision`: how exactly it is told when, unless a manager chose otherwise; never shorter than `finest`.
    `unbuilt`: the same for what no delivery study speaks of, because nobody is building it yet.
    """

    key: str
    name: str
    precision: Precision
    finest: Precision
    unbuilt: Precision
    shows_money: bool = False
    shows_people: bool = False
    only_published: bool = False


LEADERSHIP = Audience(
    "leadership", "Leadership", Precision.MONTH, Precision.MONTH, Precision.QUARTER, shows_money=True, shows_people=True
)
DEVELOPMENT = Audience(
    "development", "Development", Precision.MONTH, Precision.MONTH, Precision.QUARTER, shows_people=True
)
FUNCTIONS = Audience("functions", "All functions", Precision.MONTH, Precision.MONTH, Precision.QUARTER)
SALES = Audience("sales", "Sales", Precision.HALF, Precision.QUARTER, Precision.HALF, only_published=True)
CUSTOMERS = Audience("customers", "Customers", Precision.YEAR, Precision.QUARTER, Precision.YEAR, only_published=True)
AUDIENCES = (LEADERSHIP, DEVELOPMENT, FUNCTIONS, SALES, CUSTOMERS)
PUBLISHED_TO = tuple(one for one in AUDIENCES if one.only_published)

_OPEN_TO = {
    Kind.PRODUCT: AUDIENCES,
    Kind.LEADERSHIP: AUDIENCES,
    Kind.DEVELOPMENT: (DEVELOPMENT, FUNCTIONS, SALES, CUSTOMERS),
    Kind.SALES: (SALES, FUNCTIONS, CUSTOMERS),
    Kind.OTHER: (FUNCTIONS, CUSTOMERS),
}


def open_to(actor: Actor) -> tuple[Audience, ...]:
    """The audiences whose roadmap the actor may look at, its own first. A visitor's is the customers'."""
    if actor.is_system:
        return AUDIENCES
    return _OPEN_TO.get(actor.kind or "", (CUSTOMERS,))


def kinds_told(to: Audience) -> tuple[str, ...]:
    """The kinds of functions whose people may look at an audience's roadmap."""
    return tuple(kind for kind, told in _OPEN_TO.items() if to in told)


def audience(key: str) -> Audience | None:
    """The audience of that name."""
    return next((one for one in AUDIENCES if one.key == key), None)
