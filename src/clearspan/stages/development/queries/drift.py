"""The drift radar: what the people who build spent their days on, held against what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, Case, F, Func, IntegerField, Q, QuerySet, When
from django.db.models.functions import Cast

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.bulk import Column, columns
from clearspan.engines import drift
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.begun import counts_of
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import Effort, Meets, Option

WEEKS = 26  # looked back on
RECENT = 6  # weeks that are "now"
STILL = 28  # days without a step after which something has not moved
ENOUGH = 20  # finished items that say how long work takes here
MOST = 12  # items without a reason that are named
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
    done: int
    all: int
    moved_on: date | None
    today: date

    @property
    def is_due(self) -> bool:
        """Whether it should be under way."""
        return self.decision.starts is not None and self.decision.starts <= self.today

    @property
    def is_built(self) -> bool:
        return self.all > 0 and self.done == self.all

    @property
    def is_still(self) -> bool:
        """Should be under way, is not finished, and nothing of it moved for four weeks."""
        if not self.is_due or self.is_built:
            return False
        started = max(day for day in (self.decision.starts, self.decision.decided_on) if day is not None)
        return self.today - max(self.moved_on or date.min, started) > timedelta(days=STILL)


@dataclass(frozen=True)
class Loose:
    """Work for which nobody decided, or which the market did not ask for: what, why that is said, what it took."""

    title: str
    why: str
    days: float
    items: int
    option: Option | None = None
    item: WorkItem | None = None


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
    loose: tuple[Loose, ...]
    people: tuple[str, ...]  # who has work without a reason in hand
    forgotten: int = 0  # items in progress for so long that their days stopped counting

    @property
    def total(self) -> float:
        return sum(self.decided) + sum(self.upkeep) + sum(self.undecided) + sum(self.none)

    @property
    def still(self) -> list[Decided]:
        return [one for one in self.promised if one.is_still]


def radar(actor: Actor, product: Product, today: date) -> Radar:
    """The radar of a product: seven queries, however much work there is."""
    items = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC)
    rows = _read(_in_window(items, today))
    options = Option.objects.visible_to(actor).filter(product=product)
    chosen = _chosen(actor, product)
    worked = {int(pk) for pk in np.unique(rows.option) if pk == pk}  # NaN is of none
    named = {one.pk: one for one in options.filter(pk__in=worked | set(chosen)).defer("search")}
    for one in (*named.values(), *chosen.values()):
        one.product = product
    codes = {pk: FIRST + i for i, pk in enumerate(named)}
    work, forgotten = _work(rows, codes, today)
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
        _loose(items, rows, recent, none, {pk: named[pk] for pk in worked if pk in named}, chosen, sums),
        _people(items, rows, none, recent),
        forgotten,
    )


def _day(name: str) -> Func:
    """A day as a number since 1970, read much faster than a date; there are many rows."""
    return Func(name, template="(%(expressions)s - DATE '1970-01-01')", output_field=IntegerField())


@dataclass(frozen=True)
class _Rows:
    """Items by column; NaN where something is not known. Days are numbers since 1970."""

    pk: Column
    option: Column
    is_upkeep: Column
    who: Column  # a number that stands for the assignee's name, or for the team of an item of nobody's
    team: Column
    started: Column
    finished: Column
    effort: Column
    added: Column


def _read(items: QuerySet[WorkItem]) -> _Rows:
    name = Func(F("assignee"), template="(hashtextextended(%(expressions)s, 0) & 4503599627370495)")  # exact as a float
    who = Case(When(assignee="", then=-1 - F("team")), default=name, output_field=BigIntegerField())
    return _Rows(
        **columns(
            items,
            pk=F("pk"),
            option=F("option"),
            is_upkeep=Cast("is_upkeep", IntegerField()),
            who=who,
            team=F("team"),
            started=_day("started_on"),
            finished=_day("finished_on"),
            added=_day("added_on"),
            effort=F("effort"),
        )
    )


def _in_window(items: QuerySet[WorkItem], today: date) -> QuerySet[WorkItem]:
    """Items that somebody had in hand at some time in the weeks looked at."""
    first = today - timedelta(days=7 * WEEKS - 1)
    done = Q(finished_on__gte=first, finished_on__isnull=False)
    doing = Q(state=WorkItem.State.DOING)
    given_up = Q(state=WorkItem.State.DROPPED, started_on__isnull=True)  # never in anybody's hand
    return items.filter(done | doing).exclude(given_up)


def _work(rows: _Rows, codes: dict[int, int], today: date) -> tuple[drift.Work, int]:
    """Rows as the engine takes them, and how many in progress are likely forgotten.

    An item whose start nobody noted took as long as is usual here.
    """
    start, end, counted, added = rows.started, rows.finished, rows.effort, rows.added
    team = np.nan_to_num(rows.team).astype(np.int64)
    known = (end - start)[end >= start]
    usual, last = int(np.median(known)) if len(known) else 2, (today - EPOCH).days
    open_still = np.isnan(end)
    end = np.fmin(end, last)
    start = np.minimum(np.where(np.isnan(start), np.maximum(added, end - usual), start), end)
    counts_until = np.where(open_still, np.minimum(end, start + _longest(team, start, end, open_still)), end)
    forgotten, end = int((counts_until < end).sum()), counts_until
    _, who = np.unique(np.nan_to_num(rows.who), return_inverse=True)
    group = _groups(rows, codes)
    return drift.Work(*(np.array(column, dtype=np.int64) for column in (start, end, who, group)), counted), forgotten


def _groups(rows: _Rows, codes: dict[int, int]) -> Any:
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
    team finished took. Beyond, it lies there more likely than that somebody works on it. No bound where little ended.
    """
    took, done = end - start, ~open_still
    whole = _nineteen_in_twenty(took[done])
    bound = np.full(len(start), whole)
    for one in set(team[open_still].tolist()):
        own = _nineteen_in_twenty(took[done & (team == one)])
        bound[team == one] = own if np.isfinite(own) else whole
    return bound


def _nineteen_in_twenty(took: Any) -> float:
    return float(np.ceil(np.quantile(took, 0.95))) if len(took) >= ENOUGH else np.inf


def _chosen(actor: Actor, product: Product) -> dict[int, Decision]:
    """The newest decision for every option that is chosen now."""
    decisions = Decision.objects.visible_to(actor).filter(
        product=product, kind=Decision.Kind.CHOOSE, option__state=Option.State.CHOSEN
    )
    return {one.option_id or 0: one for one in decisions.order_by("decided_on", "pk")}


def _promised(
    actor: Actor, chosen: dict[int, Decision], named: dict[int, Option], sums: dict[int, Any], today: date
) -> tuple[Decided, ...]:
    counts = counts_of(actor, chosen)
    given = _given(chosen, named, today)
    days = {pk: float(sums[pk][-RECENT:].sum()) for pk in chosen if pk in sums}
    total, promised = sum(days.values()), sum(given.values())
    found = [
        Decided(
            named[pk], decision, given[pk] / promised if pk in given and promised else None,
            days[pk] / total if total else 0.0, days[pk], _listed(sums[pk]),
            counts[pk].done, counts[pk].all, counts[pk].moved, today,
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


def _loose(
    items: QuerySet[WorkItem], rows: _Rows, recent: Any, none: Any, worked: dict[int, Option],
    chosen: dict[int, Decision], sums: dict[int, Any],
) -> tuple[Loose, ...]:  # fmt: skip
    """What the market did not ask for: options nobody decided, options for one customer, items without a reason."""
    items_of = dict(zip(*np.unique(rows.option, return_counts=True), strict=True))
    by_option = [
        Loose(str(option), why, days, items_of[pk], option=option)
        for pk, option in worked.items()
        if (days := float(sums[pk][-RECENT:].sum())) > 0 and (why := _why(option, chosen))
    ]
    alone = _for_one_customer(pk for pk in worked if pk in chosen)
    by_option += [
        Loose(str(worked[pk]), "Decided, and the need is one customer’s.", float(sums[pk][-RECENT:].sum()), 0,
              option=worked[pk])
        for pk in alone if sums[pk][-RECENT:].sum() > 0
    ]  # fmt: skip
    now = np.flatnonzero(none & (recent > 0))
    order = now[np.argsort(-recent[now], kind="stable")][:MOST]
    found = items.select_related("product", "team").in_bulk([int(rows.pk[i]) for i in order])
    by_item = [
        Loose(str(item), "It names nothing that was decided, and is not upkeep.", float(recent[i]), 1, item=item)
        for i in order if (item := found.get(int(rows.pk[i])))
    ]  # fmt: skip
    return tuple(sorted(by_option, key=lambda one: -one.days) + by_item)


def _why(option: Option, chosen: dict[int, Decision]) -> str:
    """Why work on this option is not covered by a decision, "" when it is."""
    if option.pk in chosen:
        return ""
    return {
        Option.State.PARKED: "It was parked.",
        Option.State.DECLINED: "It was declined.",
    }.get(Option.State(option.state), "Nobody has decided it yet.")


def _for_one_customer(options: Iterable[int]) -> list[int]:
    """Those of the options whose every judged need is one customer's."""
    kinds: dict[int, set[str]] = {}
    judged = Meets.objects.filter(option__in=list(options), opportunity__verdict__isnull=False)
    for option, kind in judged.values_list("option", "opportunity__verdict__kind"):
        kinds.setdefault(option, set()).add(kind)
    return [option for option, found in kinds.items() if found == {Verdict.Kind.SINGLE}]


def _people(items: QuerySet[WorkItem], rows: _Rows, none: Any, recent: Any) -> tuple[str, ...]:
    """Who had work without a reason in hand in the recent weeks, the most first."""
    worked = np.flatnonzero(none & (recent > 0) & (rows.who >= 0))
    whose, first, at = np.unique(rows.who[worked], return_index=True, return_inverse=True)
    days = np.bincount(at, recent[worked], len(whose))
    one_of = [int(pk) for pk in rows.pk[worked[first]]]  # an item of each, which knows the name
    names = dict(items.filter(pk__in=one_of).values_list("pk", "assignee"))
    return tuple(names[one_of[i]] for i in np.argsort(-days, kind="stable") if one_of[i] in names)


def _listed(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
