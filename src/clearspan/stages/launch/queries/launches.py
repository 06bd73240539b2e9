"""Launches as their pages show them: the list, the page of one, what a new one can be made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.lists import PAGE
from clearspan.stages.decisions.models import Decision
from clearspan.stages.launch.models import Collateral, GoDecision, Launch, LaunchMeasure
from clearspan.stages.launch.queries.readiness import Readiness, of_launches
from clearspan.stages.options.models import Option

OPEN = (Launch.State.PLANNED, Launch.State.GO, Launch.State.NO_GO)
FILTERS = {"": OPEN, "launched": (Launch.State.LAUNCHED,), "off": (Launch.State.OFF,), "all": tuple(Launch.State)}

OF_DOCUMENTS = (
    "launch", "kind", "title", "text", "state", "function__name", "drafted_from__number", "drafted_from__definition",
)  # fmt: skip
LISTED = (
    "title",
    "state",
    "planned_on",
    "first_planned_on",
    "moves",
    "decide_on",
    "launched_on",
    "product",
    "keeper__name",
)


@dataclass(frozen=True)
class Judged:
    """An expectation and whether what came lies in it; None when nothing came yet."""

    measure: LaunchMeasure
    five: tuple[float, ...]

    @property
    def is_inside(self) -> bool | None:
        came = self.measure.came
        return None if came is None else self.five[0] <= came <= self.five[4]

    @property
    def words(self) -> str:
        """Of what came."""
        if self.measure.came is None:
            return "not known yet"
        if self.is_inside:
            return "as expected"
        return "more than expected" if self.measure.came > self.five[4] else "less than expected"


@dataclass(frozen=True)
class Listing:
    """A page of the launches, and how each stands."""

    page: Page[Launch]
    rows: list[Readiness]
    by_first_day: int | None = None  # of those that were launched, how many by the day first planned for


def launches(actor: Actor, product: Product, which: str = "") -> QuerySet[Launch]:
    """The product's launches, with what a list tells of them: those to come by day, those that were newest first."""
    found = Launch.objects.visible_to(actor).filter(product=product, state__in=FILTERS.get(which, OPEN))
    found = found.select_related("keeper").only(*LISTED)
    return found.order_by("planned_on" if which == "" else "-planned_on", "pk")


def listing(actor: Actor, product: Product, which: str, today: date, page: str | int | None = 1) -> Listing:
    """A page of them: a constant number of queries."""
    found = launches(actor, product, which)
    cut = Paginator(found, PAGE).get_page(page)
    first = Coalesce("first_planned_on", "planned_on")
    kept = found.filter(launched_on__lte=first).count() if which == "launched" else None
    return Listing(cut, rows(actor, cut.object_list, today), kept)


def rows(actor: Actor, found: Iterable[Launch], today: date) -> list[Readiness]:
    """How each stands, in their order: a constant number of queries."""
    listed = list(found)
    ready = of_launches(actor, listed, today, briefly=True)
    return [ready[launch.pk] for launch in listed]


def decisions(actor: Actor, launch: Launch) -> list[GoDecision]:
    """What was decided about it, newest first."""
    return list(GoDecision.objects.visible_to(actor).filter(launch=launch).select_related("decided_by"))


def documents(actor: Actor, launch: Launch) -> list[Collateral]:
    """Its documents as a list tells of them, with what they were drafted from."""
    rows = Collateral.objects.visible_to(actor).filter(launch=launch).select_related("function", "drafted_from")
    return list(rows.only(*OF_DOCUMENTS).order_by("kind", "pk"))


def judged(actor: Actor, launch: Launch) -> list[Judged]:
    """What is expected of it, and what came."""
    rows = LaunchMeasure.objects.visible_to(actor).filter(launch=launch)
    return [Judged(one, five_of(one.low, one.likely, one.high)) for one in rows]


def five_of(low: float, likely: float, high: float) -> tuple[float, ...]:
    """The five numbers of a mark (5, 25, 50, 75, 95 %) from three (10, 50, 90 %), each side normal."""
    out, inner = 1.645 / 1.282, 0.674 / 1.282
    return (
        likely - (likely - low) * out, likely - (likely - low) * inner, likely,
        likely + (high - likely) * inner, likely + (high - likely) * out,
    )  # fmt: skip


def can_bring(actor: Actor, product: Product) -> QuerySet[Option]:
    """Options a launch could bring: chosen ones first."""
    rows = Option.objects.visible_to(actor).filter(product=product).exclude(state=Option.State.DECLINED)
    return rows.order_by("state", "title")


def like(actor: Actor, product: Product, words: str) -> QuerySet[Launch]:
    """The launches that a reference (LA-3) or words stand for, all without any, the last planned first."""
    found = Launch.objects.visible_to(actor).filter(product=product)
    if words.upper().startswith(f"{Launch.prefix}-"):
        return found.referred(words)  # type: ignore[no-any-return]
    return found.filter(title__icontains=words).order_by("-planned_on", "-pk")


def reached(actor: Actor, options: list[int]) -> dict[int, Launch]:
    """The launch that brings each option: the newest that was not called off."""
    found: dict[int, Launch] = {}
    rows = Launch.objects.visible_to(actor).filter(brings__option__in=options).exclude(state=Launch.State.OFF)
    for launch in rows.select_related("product").order_by("pk").prefetch_related("brings"):
        found.update({one.option_id: launch for one in launch.brings.all() if one.option_id in options})
    return found


def newest_choice(actor: Actor, options: list[int]) -> Decision | None:
    """The newest decision for any of the options, with what was expected."""
    rows = Decision.objects.visible_to(actor).filter(option__in=options, kind=Decision.Kind.CHOOSE)
    return rows.order_by("-decided_on", "-pk").first()
