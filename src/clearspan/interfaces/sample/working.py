"""Writes what is worked on: items that people took up one after another, some of them for no reason.

A simulation of days, not of people: whoever is free takes the next item of a kind drawn by the time it is. In the last
weeks more and more of what is taken up has no reason, and one option that was decided is not touched at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import numpy as np

from clearspan.catalogue.models import Product
from clearspan.core.models import Function
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.rows import Rows, at_noon, backdate
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Requirement
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.options.models import Option

DAYS = 7.0  # working on an item, the middle one; half take between four and twelve
SPREAD = 0.75
DRIFT = 10  # weeks in which work without a reason grows
UPKEEP, LITTLE, MUCH = 0.27, 0.03, 0.6  # shares of what is taken up: upkeep; no reason, before and at the end
OPEN = 6  # of what is built now, the last that nobody has come to yet


@dataclass
class Taken:
    """An item that somebody took up."""

    title: str
    who: str
    start: date
    end: date | None
    option: Option | None = None
    is_upkeep: bool = False


@dataclass
class Shelf:
    """What waits to be taken up, kind by kind, in order."""

    past: list[tuple[str, Option]]
    now: list[tuple[str, Option]]
    pet: list[tuple[str, Option]]
    upkeep: Iterator[str]
    none: list[str] = field(default_factory=list)


def items(rows: Rows, options: dict[str, Option], today: date, seed: int) -> None:
    """The teams of all products and everything they worked on, and what they have not begun."""
    given = load("build")
    for number, (key, team) in enumerate(given["team"].items()):
        rng = np.random.default_rng([seed, 77, number])
        _items_of(rows.products[key], key, team, given, options, today, rng)


def _items_of(
    product: Product, key: str, team: dict[str, Any], given: dict[str, Any], options: dict[str, Option], today: date,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    engineering = Function.objects.get(name="Engineering")
    crew = Team.objects.create(product=product, name=team["name"], function=engineering)
    wanted = given["items"]
    of = {kind: [(title, options[name]) for name in team[kind] for title in wanted[name]] for kind in ("past", "now")}
    shelf = Shelf(
        of["past"], of["now"], [(title, options[name]) for name in team["pet"] for title in wanted[name]],
        _upkeep(given["upkeep"], key, rng), list(given["no-reason"][key]),
    )  # fmt: skip
    taken = _work(shelf, team, _begun(team["now"], options, today), today, rng)
    left = [(title, option) for title, option in shelf.now]
    left += [(title, options[name]) for name in team["stuck"] for title in wanted[name]]
    _write(product, crew, team["key"], taken, left, today, rng)


def _begun(now: list[str], options: dict[str, Option], today: date) -> date:
    """When what is built now was decided; before that the team worked on what came before."""
    days = Decision.objects.filter(option__in=[options[name] for name in now]).values_list("decided_on", flat=True)
    return min(days, default=today)


def _work(shelf: Shelf, team: dict[str, Any], begun: date, today: date, rng: np.random.Generator) -> list[Taken]:
    """Day by day whoever is free takes something up; what is not finished today is still in hand."""
    taken: list[Taken] = []
    free = {who: today - timedelta(weeks=team["weeks"], days=int(rng.integers(5))) for who in team["people"]}
    while True:
        who = min(free, key=lambda name: (free[name], name))
        start = _working_day(free[who])
        if start >= today:
            return taken
        item = _take(shelf, who, start, begun, today, rng)
        days = max(1, round(DAYS * float(rng.lognormal(0, SPREAD)) * (0.6 if item.is_upkeep else 1)))
        end = _working_day(start + timedelta(days=round(days * 7 / 5)))
        item.end = end if end < today else None
        taken.append(item)
        free[who] = end + timedelta(days=1)


def _take(shelf: Shelf, who: str, start: date, begun: date, today: date, rng: np.random.Generator) -> Taken:
    late = max(0.0, 1 - (today - start).days / (7 * DRIFT))
    chance = rng.random()
    if shelf.none and chance < LITTLE + (MUCH - LITTLE) * late:
        return Taken(shelf.none.pop(0), who, start, None)
    if shelf.pet and late > 0.3 and chance > 0.93:
        title, option = shelf.pet.pop(0)
        return Taken(title, who, start, None, option)
    decided = shelf.now[:-OPEN] if start >= begun else shelf.past
    if decided and rng.random() > UPKEEP:
        title, option = (shelf.now if start >= begun else shelf.past).pop(0)
        return Taken(title, who, start, None, option)
    return Taken(next(shelf.upkeep), who, start, None, is_upkeep=True)


def _upkeep(given: dict[str, Any], key: str, rng: np.random.Generator) -> Iterator[str]:
    """Every verb with every thing, in no order, and then again."""
    pairs = [f"{verb} {thing}" for verb in given["verbs"] for thing in given[key]]
    while True:
        for i in rng.permutation(len(pairs)):
            yield pairs[i]


def _write(
    product: Product, crew: Team, prefix: str, taken: list[Taken], left: list[tuple[str, Option]], today: date,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Rows in the order in which they came up. Each names a requirement in its words, so far as there is one."""
    wanted = _wanted(product)
    waited = [timedelta(days=int(days)) for days in rng.integers(3, 45, len(taken) + len(left))]
    rows = [_row(product, crew, one, wait, wanted) for one, wait in zip(taken, waited, strict=False)]
    for (title, option), wait in zip(left, reversed(waited), strict=False):
        rows.append(_row(product, crew, Taken(title, "", today, None, option), wait, wanted))
        rows[-1].state, rows[-1].started_on = WorkItem.State.TODO, None
    rows.sort(key=lambda row: row.added_on)
    for number, row in enumerate(rows, 101):
        row.key = f"{prefix}-{number}"
    WorkItem.objects.bulk_create(rows)
    backdate(WorkItem, {row.pk: at_noon(row.added_on) for row in rows})


def _wanted(product: Product) -> dict[int, Iterator[Requirement]]:
    """For each option what it requires, over and over: items are spread over requirements."""
    found: dict[int, list[Requirement]] = {}
    rows = Requirement.objects.filter(definition__product=product, is_dropped=False).select_related("definition")
    for row in rows.order_by("position"):
        found.setdefault(row.definition.option_id, []).append(row)
    return {option: cycle(some) for option, some in found.items()}


def _row(
    product: Product, crew: Team, one: Taken, wait: timedelta, wanted: dict[int, Iterator[Requirement]]
) -> WorkItem:
    requirement = next(wanted[one.option.pk]) if one.option and one.option.pk in wanted else None
    return WorkItem(
        product=product, team=crew, title=one.title, assignee=one.who, added_on=one.start - wait, started_on=one.start,
        finished_on=one.end, state=WorkItem.State.DONE if one.end else WorkItem.State.DOING, kind=_kind(one),
        is_upkeep=one.is_upkeep, option=one.option, requirement=requirement,
        text=f"For {requirement.ref}." if requirement else "",
        linked=(WorkItem.Linked.REFERENCE if requirement else WorkItem.Linked.HAND) if one.option else "",
    )  # fmt: skip


def _kind(one: Taken) -> str:
    if one.option:
        return WorkItem.Kind.FEATURE
    return WorkItem.Kind.FIX if one.title.startswith("Fix") else WorkItem.Kind.TASK


def _working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
