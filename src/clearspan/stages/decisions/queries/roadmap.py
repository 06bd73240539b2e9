"""What is coming, as an audience may see it: words and dates no more precise than what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor, Kind
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.options.models import Effort, Meets, Option
from clearspan.ui.numbers import plural

Dates = tuple[date, date, date, date]  # one chance in ten, likely, 85 and 95 in a hundred


@dataclass(frozen=True)
class Audience:
    """For whom a roadmap is: what it shows, and how exactly it says when."""

    key: str
    name: str
    shows_money: bool = False
    shows_people: bool = False
    precision: str = "quarter"  # quarter, half-year or year


AUDIENCES = (
    Audience("leadership", "Leadership", shows_money=True, shows_people=True),
    Audience("development", "Development", shows_people=True),
    Audience("sales", "Sales", precision="half-year"),
    Audience("customers", "Customers", precision="year"),
)


@dataclass(frozen=True)
class Coming:
    """One chosen option on the roadmap. Dates are last days: one chance in ten, likely, 85 and 95 in a hundred."""

    decision: Decision
    option: Option
    starts: date
    p10: date
    p50: date
    p85: date
    p95: date
    why: str  # the need it meets, in its words
    people: str  # "4.5 people-quarters of Engineering, 1 of Design"
    is_from_build: bool = False  # the dates are those of the work under way, not of the plan

    def group(self, today: date) -> str:
        """now, next or later."""
        if self.starts <= today:
            return "Now"
        return "Next" if quarters.between(today, self.starts) <= 2 else "Later"

    def when(self, audience: Audience) -> str:
        """Never more precise than the forecast supports: two quarters apart is no quarter any more."""
        spread = quarters.between(self.p10, self.p85)
        if audience.precision == "quarter" and spread <= 1:
            return f"likely {quarters.label(self.p50)}"
        if audience.precision == "year" or spread > 2:
            return f"expected in {self.p85.year}"
        return f"expected in the {'first' if self.p85.month <= 6 else 'second'} half of {self.p85.year}"


def coming(actor: Actor, product: Product, today: date, of: Iterable[int] | None = None) -> list[Coming]:
    """Chosen options that are not finished, by start: four queries, and those of the stages that build.

    All of the product's, or those `of` these numbers. What is being built says when it will be done (slot
    `roadmap.dates`: option's key to the four dates of `Coming`); what is not yet, or too little to say, is as long as
    it was planned.
    """
    latest: dict[int, Decision] = {}
    chosen = Decision.objects.visible_to(actor).filter(product=product, kind=Decision.Kind.CHOOSE, starts__isnull=False)
    if of is not None:
        chosen = chosen.filter(option__in=of)
    efforts = Prefetch("option__efforts", queryset=Effort.objects.select_related("function"))
    meets = Prefetch("option__meets", queryset=Meets.objects.select_related("opportunity"))
    rows = (
        chosen.filter(option__state=Option.State.CHOSEN)
        .select_related("option__product")
        .prefetch_related(efforts, meets)
    )
    for decision in rows.order_by("decided_on", "pk"):
        assert decision.option_id is not None
        latest[decision.option_id] = decision
    options = [decision.option for decision in latest.values() if decision.option is not None]
    built: dict[int, Dates] = panels.first("roadmap.dates", actor, options) or {} if options else {}
    found = [_coming(decision, built.get(option)) for option, decision in latest.items()]
    return sorted((one for one in found if one.p95 >= today), key=lambda one: (one.starts, one.p50))


def _coming(decision: Decision, built: Dates | None) -> Coming:
    option, starts = decision.option, decision.starts
    assert option is not None and starts is not None
    low, likely, high = _spread(option.efforts.all())
    days = (quarters.after(starts, option.duration) - starts).days

    def end(share: float) -> date:
        return starts + timedelta(days=max(7, round(days * share)) - 1)

    beyond = likely + 1.3 * (high - likely)  # the 95 % point, where 90 % is known and the tail falls as a normal's does
    planned = (end(low), end(likely), end(likely + 0.8 * (high - likely)), end(beyond))
    why = next((one.opportunity.title for one in option.meets.all()), "")
    first = starts if built is None else min(starts, built[0])
    return Coming(
        decision,
        option,
        first,
        *(built or planned),
        why,
        _people(option.efforts.all()),
        is_from_build=built is not None,
    )


def _spread(efforts: Iterable[Effort]) -> tuple[float, float, float]:
    """How much shorter or longer than planned it may take: the widest function decides. (0.75, 1, 1.6) when unknown."""
    shares = [(row.low / row.likely, row.high / row.likely) for row in efforts if row.likely > 0]
    if not shares:
        return 0.75, 1.0, 1.6
    return min(1.0, max(low for low, _ in shares)), 1.0, max(1.0, max(high for _, high in shares))


def _people(efforts: Iterable[Effort]) -> str:
    return ", ".join(f"{row.likely:g} of {row.function}" for row in efforts if row.likely > 0)


def audience_for(actor: Actor) -> str:
    """The audience a person belongs to."""
    kinds = {
        Kind.LEADERSHIP: "leadership",
        Kind.PRODUCT: "leadership",
        Kind.DEVELOPMENT: "development",
        Kind.SALES: "sales",
    }
    return kinds.get(actor.kind or "", "sales")


def count_words(found: list[Coming], today: date) -> str:
    """The first line of the roadmap."""
    now = sum(one.group(today) == "Now" for one in found)
    if not found:
        return "Nothing is on its way yet: what is decided appears here."
    words = f"{plural(now, 'thing')} {'is' if now == 1 else 'are'} being built" if now else "Nothing is being built now"
    later = len(found) - now
    return (
        f"{words}, and {plural(later, 'more', 'more')} {'is' if later == 1 else 'are'} decided."
        if later
        else f"{words}."
    )
