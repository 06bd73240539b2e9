"""What another start of an option would do, before it is decided: its date, what needs it, the people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.audiences import CUSTOMERS, LEADERSHIP, SALES
from clearspan.stages.decisions.models import Capacity, Decision
from clearspan.stages.decisions.queries.published import say
from clearspan.stages.decisions.queries.roadmap import Coming, coming
from clearspan.stages.options.models import Needs

QUARTERS = 8  # that a start may be moved to
ALMOST = 0.005  # of a person: less is how the shares were rounded


@dataclass(frozen=True)
class Slip:
    """Something that could not start when it should."""

    waiting: Coming
    needed: Coming  # what it waits for
    until: date  # first day of the quarter in which it could start


@dataclass(frozen=True)
class Over:
    """More people of a function asked for in a quarter than there are."""

    function: str
    quarter: date
    before: float  # people asked for as it was decided
    after: float
    there: float


@dataclass(frozen=True)
class Moved:
    """An option as it is and as it would be."""

    before: Coming
    after: Coming
    was: date
    starts: date
    told: tuple[tuple[str, str, str], ...]  # audience, what it is told now, and what then
    slips: tuple[Slip, ...]
    over: tuple[Over, ...]  # newly, or by more than before

    @property
    def is_move(self) -> bool:
        return self.was != self.starts


def moved(actor: Actor, product: Product, decision: Decision, starts: date, today: date) -> Moved | None:
    """The decision's option with another start; None when it is not coming any more. Twice the roadmap's queries."""
    option = decision.option_id
    assert option is not None and decision.starts is not None
    now, then = coming(actor, product, today), coming(actor, product, today, starts={option: starts})
    before = next((one for one in now if one.option.pk == option), None)
    after = next((one for one in then if one.option.pk == option), None)
    if before is None or after is None:
        return None
    told = tuple(
        (to.name, say(before, to, today).words, say(after, to, today).words) for to in (LEADERSHIP, SALES, CUSTOMERS)
    )
    return Moved(before, after, decision.starts, starts, told, _slips(then, option), _over(product, now, then))


def _slips(then: Sequence[Coming], option: int) -> tuple[Slip, ...]:
    """What needs the option, or is needed by it, and would not be finished before the other starts: one query."""
    rows = {one.option.pk: one for one in then}
    pairs = Needs.objects.filter(kind=Needs.Kind.REQUIRES, option__in=rows, other__in=rows)
    found = []
    for waiting, needed in pairs.values_list("option", "other"):
        late = rows[needed].p50 >= rows[waiting].starts
        if option in (waiting, needed) and late and not rows[waiting].is_from_build:
            found.append(Slip(rows[waiting], rows[needed], quarters.after(rows[needed].p50, 1)))
    return tuple(found)


def _over(product: Product, now: Sequence[Coming], then: Sequence[Coming]) -> tuple[Over, ...]:
    """Where the people there are do not suffice any more: one query."""
    before, after = _use(now), _use(then)
    there = Capacity.objects.filter(product=product).select_related("function")
    found = [
        Over(row.function.name, row.quarter, before[key], after[key], row.people)
        for row in there
        if after[key := (row.function_id, row.quarter)] > max(row.people, before[key]) + ALMOST
    ]
    return tuple(found)


def _use(rows: Sequence[Coming]) -> dict[tuple[int, date], float]:
    """People asked for by function and quarter: the likely effort, spread evenly over the time planned."""
    use: dict[tuple[int, date], float] = defaultdict(float)
    for one in rows:
        length = max(1, one.option.duration)
        for took in one.takes:
            for i in range(length):
                use[took.function, quarters.after(one.starts, i)] += took.likely / length
    return use
