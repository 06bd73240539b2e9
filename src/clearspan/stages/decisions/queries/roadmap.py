"""What is coming: the options that were chosen and are not there yet, and how sure it is when they will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.once import once
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.options.models import Effort, Meets, Option

Dates = tuple[date, date, date, date]  # one chance in ten, likely, 85 and 95 in a hundred


WAITING, BEGUN, DONE = "waiting", "begun", "done"  # how far an option is, as the stages that build it say


@dataclass(frozen=True)
class Takes:
    """What an option takes of one function (its number and name), in people-quarters."""

    function: int
    name: str
    low: float
    likely: float
    high: float


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
    takes: tuple[Takes, ...]
    is_from_build: bool = False  # the dates are those of the work under way, not of the plan
    is_overdue: bool = False  # it should have been begun, and nobody has

    @property
    def people(self) -> str:
        """ "4.5 of Engineering, 1 of Design", in people-quarters."""
        return ", ".join(f"{one.likely:g} of {one.name}" for one in self.takes)

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
    with_needs: bool = True,
) -> list[Coming]:
    """Chosen options that are not finished, by start: four queries, and those of the stages that build.

    All of the product's, or those `of` these numbers. What is being built says when it will be done (slot
    `roadmap.dates`: option's key to the four dates of `Coming`); what is not yet, or too little to say, is as long as
    it was planned: from its start, or from today where that is past and nobody has begun (slot `roadmap.progress`:
    option's key to waiting, begun or done). Of what nobody says how far it is, the plan is believed. What is built and
    waits for its launch comes on the day of it (slot `roadmap.launch`: option's key to that day). `starts`: options
    with another start than was decided, to see what that would do. Who wants the dates of some alone asks without
    their needs (`with_needs`).
    """
    if of is not None:
        return _placed(_read(actor, product, of, with_needs), today, starts or {})
    key = ("coming", actor.is_system, actor.person and actor.person.pk, product.pk)  # several parts of a page ask
    return _placed(once(key, lambda: _read(actor, product)), today, starts or {})


@dataclass(frozen=True)
class _Chosen:
    """A chosen option with all that is known of when it comes."""

    decision: Decision
    option: Option
    takes: tuple[Takes, ...]
    why: str
    built: Dates | None
    far: str


def _read(actor: Actor, product: Product, of: Iterable[int] | None = None, with_needs: bool = True) -> list[_Chosen]:
    """Those that are not finished. Most of what was ever chosen is: which it is comes first, and only what is not is
    read whole."""
    chosen = Decision.objects.visible_to(actor).filter(
        product=product, kind=Decision.Kind.CHOOSE, starts__isnull=False, option__state=Option.State.CHOSEN
    )
    if of is not None:
        chosen = chosen.filter(option__in=of)
    narrow = chosen.select_related("option").only("option", "option__product")
    latest = {one.option_id: one for one in narrow.order_by("decided_on", "pk")}
    far, ahead = _far(actor, [one.option for one in latest.values()])
    left = [one.pk for pk, one in latest.items() if far.get(pk) != DONE or pk in ahead]
    if not left:
        return []
    rows = Decision.objects.filter(pk__in=left).select_related("option").defer("option__search")
    decisions = list(rows.order_by("decided_on", "pk"))
    why = _needs(one.option_id for one in decisions) if with_needs else {}
    return _known(actor, product, decisions, why, far, ahead)


def _far(actor: Actor, options: list[Option]) -> tuple[dict[int, str], dict[int, date]]:
    """How far each option is, and the day of its launch where it has one ahead."""
    if not options:
        return {}, {}
    return progress(actor, options), panels.first("roadmap.launch", actor, options) or {}


def _known(
    actor: Actor,
    product: Product,
    decisions: list[Decision],
    why: dict[int, str],
    far: dict[int, str],
    ahead: dict[int, date],
) -> list[_Chosen]:
    """All that is known of when the options of these decisions come."""
    takes = _takes(one.option_id for one in decisions)
    for one in decisions:
        one.product = one.option.product = product
    built: dict[int, Dates] = panels.first("roadmap.dates", actor, [one.option for one in decisions]) or {}
    built |= {option: (day, day, day, day) for option, day in ahead.items() if far.get(option) == DONE}
    return [
        _Chosen(one, one.option, tuple(takes[pk]), why.get(pk, ""), built.get(pk), far.get(pk, ""))
        for one in decisions
        if (pk := one.option_id)
    ]


def _placed(chosen: list[_Chosen], today: date, starts: Mapping[int, date]) -> list[Coming]:
    """Each with its dates, by start; what must have come by now is left out."""
    found = [_coming(one, starts.get(one.option.pk, one.decision.starts), today) for one in chosen]
    return sorted((one for one in found if one.p95 >= today), key=lambda one: (one.starts, one.p50))


def _takes(options: Iterable[int]) -> dict[int, list[Takes]]:
    """What each option takes, by function: one query."""
    found: dict[int, list[Takes]] = defaultdict(list)
    rows = Effort.objects.filter(option__in=list(options), likely__gt=0)
    for option, *took in rows.values_list("option", "function", "function__name", "low", "likely", "high"):
        found[option].append(Takes(*took))
    return found


def _needs(options: Iterable[int]) -> dict[int, str]:
    """The need that each option meets first, in its words: one query."""
    rows = Meets.objects.filter(option__in=list(options)).order_by("-pk")
    return dict(rows.values_list("option", "opportunity__title"))  # of several the first stays


def progress(actor: Actor, options: list[Option]) -> dict[int, str]:
    """How far each option is; of two that say, the one who says it is further."""
    found: dict[int, str] = {}
    order = (WAITING, BEGUN, DONE)
    for said in panels.ask("roadmap.progress", actor, options) if options else ():
        for option, far in said.items():
            found[option] = max(found.get(option, WAITING), far, key=order.index)
    return found


def _coming(one: _Chosen, starts: date | None, today: date) -> Coming:
    assert starts is not None
    is_overdue = one.built is None and one.far == WAITING and starts < today
    if one.built is not None:
        dates = _not_before(one.built, today)
        starts = min(starts, dates[0])
    elif is_overdue:
        starts, dates = today, _planned(one, today, starts)
    else:
        dates = _planned(one, starts, starts)
        late = (today - dates[0]).days
        if one.far == BEGUN and late > 0:  # it is not there: as unsure as it was planned, from today on
            early, likely, high, beyond = (day + timedelta(days=late) for day in dates)
            dates = (early, likely, high, beyond)
    return Coming(one.decision, one.option, starts, *dates, one.why, one.takes, one.built is not None, is_overdue)


def _planned(one: _Chosen, starts: date, quarter: date) -> Dates:
    """When work that begins on `starts` is done, by what was planned: as many days as from the `quarter` on."""
    low, likely, high = _spread(one.takes)
    days = (quarters.after(quarter, one.option.duration) - quarters.first_day(quarter)).days

    def end(share: float) -> date:
        return starts + timedelta(days=max(7, round(days * share)) - 1)

    beyond = likely + 1.3 * (high - likely)  # the 95 % point, where 90 % is known and the tail falls as a normal's does
    return end(low), end(likely), end(likely + 0.8 * (high - likely)), end(beyond)


def _not_before(dates: Dates, today: date) -> Dates:
    """What is not done yet is done today at the earliest."""
    early, likely, late, last = (max(day, today) for day in dates)
    return early, likely, late, last


def _spread(takes: Sequence[Takes]) -> tuple[float, float, float]:
    """How much shorter or longer than planned it may take: the widest function decides. (0.75, 1, 1.6) when unknown."""
    shares = [(one.low / one.likely, one.high / one.likely) for one in takes]
    if not shares:
        return 0.75, 1.0, 1.6
    return min(1.0, max(low for low, _ in shares)), 1.0, max(1.0, max(high for _, high in shares))
