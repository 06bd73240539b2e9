"""When the open items of a product, a team or one option will be done: rows, the delivery engine, a saved study.

One option is forecast from its own finished items, because they hold how much of the team it gets, and with the growth
that its scope had before, over windows as long as what is left would take. Of a product or a team it is forecast when
what is open now is done: work comes in for ever there, and waits its turn. What it does to the dates if it does not
wait is said beside them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.studies import CannotStudy, Reporter
from clearspan.core.studies import run as run_study
from clearspan.engines import delivery
from clearspan.stages.development.models import DeliveryStudy, Team, WorkItem
from clearspan.stages.options.models import Option

OPEN = (WorkItem.State.TODO, WorkItem.State.DOING)
RECENT = 12  # weeks whose mean says about how long what is left takes
WIDEST, NARROWEST = 26, 2  # weeks of a window over which growth is measured
FRESH = timedelta(days=7)  # a study is made again after that though nothing changed: time itself is news
GROWN = (1.5, 1.5)  # "half as much again", among what is asked of growth


@dataclass(frozen=True)
class Scope:
    """What is forecast: all of a product, what one team has, or one option."""

    product: Product
    team: Team | None = None
    option: Option | None = None

    def items(self) -> QuerySet[WorkItem]:
        """Its work: no epics, which are parts counted twice, and nothing that was dropped."""
        rows = WorkItem.objects.filter(product=self.product).exclude(kind=WorkItem.Kind.EPIC)
        rows = rows.exclude(state=WorkItem.State.DROPPED)
        rows = rows.exclude(state=WorkItem.State.DONE, finished_on=None)  # nobody knows when
        if self.team is not None:
            rows = rows.filter(team=self.team)
        return rows if self.option is None else rows.filter(option=self.option)

    def studies(self) -> QuerySet[DeliveryStudy]:
        """Its studies, the newest first."""
        rows: QuerySet[DeliveryStudy] = DeliveryStudy.objects.filter(
            product=self.product, team=self.team, option=self.option
        )
        return rows.order_by("-pk")


def run(pk: int) -> DeliveryStudy | None:
    """Computes a waiting study and saves it; one of a whole product then does its teams and options too.

    None when it is gone or was done already.
    """
    study = DeliveryStudy.objects.select_related("product", "team", "option").filter(pk=pk).first()
    if study is None or not study.is_under_way:
        return None
    done = run_study(study, _compute)
    if study.team is None and study.option is None:
        for scope in _parts(study.product):
            run_now(scope)
    return done


def run_now(scope: Scope, seed: int = 0) -> DeliveryStudy:
    """Forecasts a scope at once, without the worker."""
    study = DeliveryStudy.objects.create(product=scope.product, team=scope.team, option=scope.option, seed=seed)
    return run_study(study, _compute)


def nightly() -> None:
    """Forecasts what changed since it was forecast, or was not forecast for a week."""
    for product in Product.objects.filter(is_archived=False):
        for scope in scopes(product):
            if _is_due(scope):
                run_now(scope)


def scopes(product: Product) -> Iterator[Scope]:
    """All that is forecast of a product: itself, its teams, its options."""
    yield Scope(product)
    yield from _parts(product)


def _parts(product: Product) -> Iterator[Scope]:
    """Teams and chosen options that have something open."""
    left = Q(items__state__in=OPEN)
    for team in Team.objects.filter(left, product=product).distinct():
        yield Scope(product, team=team)
    for option in Option.objects.filter(left, product=product, state=Option.State.CHOSEN).distinct():
        yield Scope(product, option=option)


def _is_due(scope: Scope) -> bool:
    newest = scope.studies().defer("inputs", "result").first()
    items, remaining = _read(scope)
    if remaining == 0:
        return False
    if newest is None or newest.created_at < timezone.now() - FRESH:
        return True
    return bool(newest.options.get("items") != _print_of(items, remaining))


def _compute(study: DeliveryStudy, reporter: Reporter) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    scope = Scope(study.product, study.team, study.option)
    items, remaining = _read(scope)
    study.options = {**study.options, "items": _print_of(items, remaining)}
    study.save(update_fields=["options"])  # a study that fails keeps it too, and is not tried every night
    if remaining == 0:
        raise CannotStudy("Nothing is open here, so there is nothing to forecast. Add what is left to do.")
    start = _start(items, timezone.localdate())
    usual = _growth(items, remaining, start)
    growth = usual if scope.option is not None else None
    rng = np.random.default_rng(study.seed)
    reporter.progress(0.1, f"{remaining:,} open items")
    try:
        result = delivery.study(items, delivery.Work(remaining, growth or (1.0, 1.0)), rng, start=start)
    except delivery.NoForecast as none:
        raise CannotStudy(f"There is too little to go by: {none.found}; it takes {none.expected}.") from None
    study.p10, study.p50, study.p85, study.p95 = (result.date_at(level) for level in (0.1, 0.5, 0.85, 0.95))
    arrays = {
        "created": items.created, "started": items.started, "finished": items.finished,
        "work": np.array([remaining, start]), "growth": np.array(growth or (1.0, 1.0)),
    }  # fmt: skip
    told = {
        "done": int(np.sum(items.finished != delivery.UNKNOWN)),
        "growth_known": usual is not None,
        "usual_growth": usual and list(usual),
        "if_growth": _if_growth(result, usual, rng),
    }
    return arrays, {**result.to_dict(), **told}


def _read(scope: Scope) -> tuple[delivery.Items, int]:
    """The scope's items as the engine takes them, and how many are open."""
    rows = list(scope.items().order_by("pk").values_list("pk", "added_on", "started_on", "finished_on", "state"))
    dates = np.array(
        [
            [_number(added), _number(started), _number(finished) if state == WorkItem.State.DONE else delivery.UNKNOWN]
            for _, added, started, finished, state in rows
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    items = delivery.Items(tuple(f"{WorkItem.prefix}-{pk}" for pk, *_ in rows), *dates.T.copy())
    return items, sum(state in OPEN for *_, state in rows)


def _number(day: date | None) -> int:
    return delivery.UNKNOWN if day is None else day.toordinal()


def _print_of(items: delivery.Items, remaining: int) -> str:
    """The same for the same items with the same dates."""
    arrays = (items.created, items.started, items.finished, np.array([remaining]))
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()[:16]


def _start(items: delivery.Items, today: date) -> int:
    """Today, or tomorrow where something was finished today already: then today is past."""
    return max(today.toordinal(), min(int(items.finished.max(initial=0)), today.toordinal()) + 1)


def _growth(items: delivery.Items, remaining: int, start: int) -> tuple[float, float] | None:
    """How the scope usually grows in about the time that what is left takes; None where nothing is known of it."""
    known = items.finished[(items.finished != delivery.UNKNOWN) & (items.finished >= start - RECENT * delivery.BLOCK)]
    if not len(known):
        return None
    blocks = round(remaining / (len(known) / RECENT))
    return delivery.past_growth(items, start, int(np.clip(blocks, NARROWEST, WIDEST)))


def _if_growth(
    result: delivery.DeliveryResult, usual: tuple[float, float] | None, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """The dates were the scope to stay as it is, to grow as it used to, or to grow by half."""
    rows: list[dict[str, Any]] = []
    for growth in dict.fromkeys(((1.0, 1.0), usual or (1.0, 1.0), GROWN)):
        work = delivery.Work(result.work.remaining, growth)
        told: delivery.Dates = result
        if growth != result.work.growth:
            told = delivery.what_if(result.weeks, work, result.backtest.calibration, rng, result.start)
        dates = {name: told.date_at(level) for name, level in (("p50", 0.5), ("p85", 0.85))}
        rows.append({"growth": list(growth)} | {name: day and day.isoformat() for name, day in dates.items()})
    return rows
