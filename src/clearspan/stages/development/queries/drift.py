"""The drift radar: what the people who build spent their days on, held against what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

import numpy as np
from django.db.models import FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.engines import drift
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries.roadmap import DONE
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.begun import Counts, counts_of, progress_of
from clearspan.stages.development.queries.loose import RECENT, Loose, loose, people
from clearspan.stages.development.queries.worked import WEEKS, Rows, in_window, read
from clearspan.stages.options.models import Effort, Option

STILL = 28  # days without a step after which something has not moved
ENOUGH = 20  # finished items that say how long work takes here
UPKEEP, NONE, FIRST = 0, 1, 2  # codes of groups: every option has one from FIRST on
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Decided:
    """A decided option: its share of what was given to decided work, the share it got, and how far it is."""

    option: Option
    decision: Decision
    given: float | None  # share of the people-quarters that decided work is to have now; None: nothing was stated
    got: float  # share of the days that went to decided work in the recent weeks
    days: float
    weeks: tuple[float, ...]  # person-days, oldest first
    is_built: bool
    counts: Counts  # of what is built only where it is shown: see `counted`
    today: date

    @property
    def is_due(self) -> bool:
        """Whether it should be under way."""
        return self.decision.starts is not None and self.decision.starts <= self.today

    @property
    def is_still(self) -> bool:
        """Should be under way, is not finished, and nothing of it moved for four weeks."""
        if not self.is_due or self.is_built:
            return False
        started = max(day for day in (self.decision.starts, self.decision.decided_on) if day is not None)
        return self.today - max(self.counts.moved or date.min, started) > timedelta(days=STILL)


@dataclass(frozen=True)
class Radar:
    """Person-days by week (oldest first) for what was decided, upkeep, what was not decided, and no reason."""

    weeks: tuple[date, ...]  # first days
    decided: tuple[float, ...]
    upkeep: tuple[float, ...]
    undecided: tuple[float, ...]
    none: tuple[float, ...]
    no_reason: drift.Change | None  # recent weeks against those before
    promised: tuple[Decided, ...]
    ask_loose: Callable[[], tuple[Loose, ...]]
    ask_people: Callable[[], tuple[str, ...]]
    forgotten: int = 0  # items in progress for so long that their days stopped counting
    silent: int = 0  # the same, where too little was finished to say how long is long: nobody touched them

    @cached_property
    def loose(self) -> tuple[Loose, ...]:
        """Read when it is asked for, as the people are: the radar's first line says nothing of it."""
        return self.ask_loose()

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Who has work without a reason in hand."""
        return self.ask_people()

    @property
    def total(self) -> float:
        return sum(self.decided) + sum(self.upkeep) + sum(self.undecided) + sum(self.none)

    @property
    def still(self) -> list[Decided]:
        return [one for one in self.promised if one.is_still]


def radar(actor: Actor, product: Product, today: date) -> Radar:
    """The radar of a product: five queries, however much work there is, and four for what is read when it is asked."""
    items = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC)
    rows = read(in_window(items, today))
    options = Option.objects.visible_to(actor).filter(product=product)
    chosen = _chosen(actor, product)
    worked = {int(pk) for pk in np.unique(rows.option) if pk == pk}  # NaN is of none
    known = options.filter(pk__in=worked | set(chosen)).only("title", "state", "duration", "keeper")
    named = {one.pk: one for one in known}
    codes = {pk: FIRST + i for i, pk in enumerate(named)}
    work, forgotten, silent = _work(rows, codes, today)
    last = (today - EPOCH).days
    spread = drift.spread(work, last, WEEKS, FIRST + len(codes), RECENT)
    table, recent = spread.by_period, spread.lately
    sums = {pk: table[:, code] for pk, code in codes.items()}
    none = np.asarray(work.group == NONE)
    nothing = np.zeros(WEEKS)
    return Radar(
        tuple(today - timedelta(days=7 * (WEEKS - i) - 1) for i in range(WEEKS)),
        _listed(sum((sums[pk] for pk in sums if pk in chosen), nothing)),
        _listed(table[:, UPKEEP]),
        _listed(sum((sums[pk] for pk in sums if pk not in chosen), nothing)),
        _listed(table[:, NONE]),
        drift.change(recent, spread.by_item - recent, none, np.random.default_rng(0)),
        _promised(actor, chosen, named, sums, today),
        partial(loose, items, rows, recent, none, {pk: named[pk] for pk in worked if pk in named}, chosen, sums),
        partial(people, items, rows, none, recent),
        forgotten,
        silent,
    )


def _work(rows: Rows, codes: dict[int, int], today: date) -> tuple[drift.Work, int, int]:
    """Rows as the engine takes them, and how many in progress are likely forgotten: by their age, by their silence.

    An item whose start nobody noted took as long as is usual here; one in progress was begun when it last changed, or
    before.
    """
    start, end, counted, added = rows.started, rows.finished, rows.effort, rows.added
    team = np.nan_to_num(rows.team).astype(np.int64)
    known = (end - start)[end >= start]
    usual, last = int(np.median(known)) if len(known) else 2, (today - EPOCH).days
    open_still = np.isnan(end)
    end = np.fmin(end, last)
    likely = np.fmin(end - usual, rows.changed)
    start = np.minimum(np.where(np.isnan(start), np.maximum(added, likely), start), end)
    longest = _longest(team, start, end, open_still)
    until = np.where(np.isfinite(longest), start + longest, _heard_of(rows.changed, start, end, open_still))
    counts_until = np.where(open_still, np.minimum(end, until), end)
    cut = counts_until < end
    forgotten, silent = int((cut & np.isfinite(longest)).sum()), int((cut & ~np.isfinite(longest)).sum())
    _, who = np.unique(np.nan_to_num(rows.who), return_inverse=True)
    group = _groups(rows, codes)
    columns = (np.array(column, dtype=np.int64) for column in (start, counts_until, who, group))
    return drift.Work(*columns, counted), forgotten, silent


def _groups(rows: Rows, codes: dict[int, int]) -> Any:
    """The code of each item's option; of those without one, upkeep or none."""
    without = np.where(rows.is_upkeep > 0, UPKEEP, NONE)
    if not codes:
        return without
    known = np.array(sorted(codes), dtype=float)
    code = np.array([codes[int(pk)] for pk in known])
    at = np.minimum(np.searchsorted(known, rows.option), len(known) - 1)
    return np.where(known[at] == rows.option, code[at], without)  # an option that may not be seen is none


def _longest(team: Any, start: Any, end: Any, open_still: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Days after its start for which an item in progress counts as worked on: as many as nineteen in twenty of what its
    team finished took. Beyond, it lies there more likely than that somebody works on it. Infinite where little ended.
    """
    took, done = end - start, ~open_still
    whole = _nineteen_in_twenty(took[done])
    bound = np.full(len(start), whole)
    for one in set(team[open_still].tolist()):
        own = _nineteen_in_twenty(took[done & (team == one)])
        bound[team == one] = own if np.isfinite(own) else whole
    return bound


def _heard_of(changed: Any, start: Any, end: Any, open_still: Any) -> Any:
    """The day to which an item in progress counts where too little ended to say what is long: it has lain for longer
    than all that ended, and nobody touched it for four weeks. Where no tracker sees that, half a year is long.
    """
    took = (end - start)[~open_still]
    longest = float(took.max()) if len(took) else 0.0
    silence = np.where(np.isnan(changed), start + 7 * WEEKS, changed + STILL)
    return np.maximum(start + longest, silence)


def _nineteen_in_twenty(took: Any) -> float:
    return float(np.ceil(np.quantile(took, 0.95))) if len(took) >= ENOUGH else np.inf


def _chosen(actor: Actor, product: Product) -> dict[int, Decision]:
    """The newest decision for every option that is chosen now, with what it was expected to be worth (`npv`)."""
    decisions = Decision.objects.visible_to(actor).filter(
        product=product, kind=Decision.Kind.CHOOSE, option__state=Option.State.CHOSEN
    )
    worth = Cast(KT("expected__npv__mean"), FloatField())  # of all that was expected: there may be hundreds
    said = decisions.only("option", "starts", "decided_on").annotate(npv=worth)
    return {one.option_id or 0: one for one in said.order_by("decided_on", "pk")}


def counted(actor: Actor, shown: Iterable[Decided]) -> list[Decided]:
    """These with the counts of all their items, of what is built too: one query."""
    rows = list(shown)
    counts = counts_of(actor, (one.option.pk for one in rows))
    return [replace(one, counts=counts[one.option.pk]) for one in rows]


def _promised(
    actor: Actor, chosen: dict[int, Decision], named: dict[int, Option], sums: dict[int, Any], today: date
) -> tuple[Decided, ...]:
    far = progress_of(actor, (named[pk] for pk in chosen if pk in named))
    counts = counts_of(actor, (pk for pk in chosen if far.get(pk) != DONE))
    given = _given(chosen, named, today)
    days = {pk: float(sums[pk][-RECENT:].sum()) for pk in chosen if pk in sums}
    total, promised = sum(days.values()), sum(given.values())
    found = [
        Decided(
            named[pk], decision, given[pk] / promised if pk in given and promised else None,
            days[pk] / total if total else 0.0, days[pk], _listed(sums[pk]),
            far.get(pk) == DONE, counts.get(pk, Counts()), today,
        )
        for pk, decision in chosen.items() if pk in named
    ]  # fmt: skip
    found = [one for one in found if one.days or not one.is_built]  # what is built and rests is no news
    return tuple(
        sorted(found, key=lambda one: (not one.is_still, not one.is_due, one.is_built, -(one.given or 0), -one.days))
    )


def _given(chosen: dict[int, Decision], named: dict[int, Option], today: date) -> dict[int, float]:
    """People that every decided option under way is to have in this quarter, by its stated effort."""

    def is_due(pk: int, starts: date | None) -> bool:
        return starts is not None and starts <= today < quarters.after(starts, named[pk].duration)

    due = {pk for pk, one in chosen.items() if pk in named and is_due(pk, one.starts)}
    people: dict[int, float] = {}
    for option, likely in Effort.objects.filter(option__in=due).values_list("option", "likely"):
        people[option] = people.get(option, 0.0) + likely / max(named[option].duration, 1)
    return people


def _listed(values: Any) -> tuple[float, ...]:
    return tuple(values.tolist())
