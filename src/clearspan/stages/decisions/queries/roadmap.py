"""What is coming: the options that were chosen and are not there yet, and how sure it is when they will be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.options.models import Effort, Meets, Option

Dates = tuple[date, date, date, date]  # one chance in ten, likely, 85 and 95 in a hundred


WAITING, BEGUN, DONE = "waiting", "begun", "done"  # how far an option is, as the stages that build it say


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
    is_overdue: bool = False  # it should have been begun, and nobody has

    def group(self, today: date) -> str:
        """Now, Next or Later."""
        if self.starts <= today and not self.is_overdue:
            return "Now"
        return "Next" if quarters.between(today, self.starts) <= 2 else "Later"


def coming(
    actor: Actor,
    product: Product,
    today: date,
    of: Iterable[int] | None = None,
    starts: Mapping[int, date] | None = None,
) -> list[Coming]:
    """Chosen options that are not finished, by start: four queries, and those of the stages that build.

    All of the product's, or those `of` these numbers. What is being built says when it will be done (slot
    `roadmap.dates`: option's key to the four dates of `Coming`); what is not yet, or too little to say, is as long as
    it was planned: from its start, or from today where that is past and nobody has begun (slot `roadmap.progress`:
    option's key to waiting, begun or done). Of what nobody says how far it is, the plan is believed. What is built and
    waits for its launch comes on the day of it (slot `roadmap.launch`: option's key to that day). `starts`: options
    with another start than was decided, to see what that would do.
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
        decision.starts = (starts or {}).get(decision.option_id, decision.starts)
        latest[decision.option_id] = decision
    options = [decision.option for decision in latest.values() if decision.option is not None]
    built: dict[int, Dates] = panels.first("roadmap.dates", actor, options) or {} if options else {}
    far = _progress(actor, options)
    ahead: dict[int, date] = panels.first("roadmap.launch", actor, options) or {} if options else {}
    built = built | {option: (day, day, day, day) for option, day in ahead.items() if far.get(option) == DONE}
    found = [
        _coming(decision, built.get(option), far.get(option, ""), today)
        for option, decision in latest.items()
        if far.get(option) != DONE or option in ahead
    ]
    return sorted((one for one in found if one.p95 >= today), key=lambda one: (one.starts, one.p50))


def _progress(actor: Actor, options: list[Option]) -> dict[int, str]:
    """How far each option is; of two that say, the one who says it is further."""
    found: dict[int, str] = {}
    order = (WAITING, BEGUN, DONE)
    for said in panels.ask("roadmap.progress", actor, options) if options else ():
        for option, far in said.items():
            found[option] = max(found.get(option, WAITING), far, key=order.index)
    return found


def _coming(decision: Decision, built: Dates | None, far: str, today: date) -> Coming:
    option, starts = decision.option, decision.starts
    assert option is not None and starts is not None
    is_overdue = built is None and far == WAITING and starts < today
    if built is not None:
        dates = _not_before(built, today)
        starts = min(starts, dates[0])
    elif is_overdue:
        starts, dates = today, _planned(option, today, starts)
    else:
        dates = _planned(option, starts, starts)
        late = (today - dates[0]).days
        if far == BEGUN and late > 0:  # it is not there: as unsure as it was planned, from today on
            early, likely, high, beyond = (day + timedelta(days=late) for day in dates)
            dates = (early, likely, high, beyond)
    why = next((one.opportunity.title for one in option.meets.all()), "")
    people = _people(option.efforts.all())
    return Coming(decision, option, starts, *dates, why, people, built is not None, is_overdue)


def _planned(option: Option, starts: date, quarter: date) -> Dates:
    """When work that begins on `starts` is done, by what was planned: as many days as from the `quarter` on."""
    low, likely, high = _spread(option.efforts.all())
    days = (quarters.after(quarter, option.duration) - quarters.first_day(quarter)).days

    def end(share: float) -> date:
        return starts + timedelta(days=max(7, round(days * share)) - 1)

    beyond = likely + 1.3 * (high - likely)  # the 95 % point, where 90 % is known and the tail falls as a normal's does
    return end(low), end(likely), end(likely + 0.8 * (high - likely)), end(beyond)


def _not_before(dates: Dates, today: date) -> Dates:
    """What is not done yet is done today at the earliest."""
    early, likely, late, last = (max(day, today) for day in dates)
    return early, likely, late, last


def _spread(efforts: Iterable[Effort]) -> tuple[float, float, float]:
    """How much shorter or longer than planned it may take: the widest function decides. (0.75, 1, 1.6) when unknown."""
    shares = [(row.low / row.likely, row.high / row.likely) for row in efforts if row.likely > 0]
    if not shares:
        return 0.75, 1.0, 1.6
    return min(1.0, max(low for low, _ in shares)), 1.0, max(1.0, max(high for _, high in shares))


def _people(efforts: Iterable[Effort]) -> str:
    return ", ".join(f"{row.likely:g} of {row.function}" for row in efforts if row.likely > 0)
