"""When it will be done, as its page and other stages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Exists, F, OuterRef
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.engines import delivery
from clearspan.stages.development.models import DeliveryStudy, Team, WorkItem
from clearspan.stages.options.models import Option

OPEN = (WorkItem.State.TODO, WorkItem.State.DOING)
DONE = DeliveryStudy.Status.DONE
CURRENT = timedelta(days=30)  # a forecast older than that speaks of another team
OLDEST = 12  # ageing items that are shown
FINISHES_SHOWN = 16  # weeks of the past in front of the fan

Four = tuple[date, date, date, date]
FOUR = ("p10", "p50", "p85", "p95")  # the fields they are kept in


@dataclass(frozen=True)
class Ageing:
    """An item under way, its age in days today, and how it compares with what finished items took."""

    item: WorkItem
    age: int
    words: str  # "longer than 85 in 100 took"; "" for one of an ordinary age
    is_late: bool


@dataclass(frozen=True)
class Part:
    """One chosen option: what is open of it, and its newest forecast, or why there is none."""

    option: Option
    open: int
    done: int
    study: DeliveryStudy | None
    why: str = ""

    @property
    def dates(self) -> Four | None:
        return None if self.study is None else four(self.study)


@dataclass(frozen=True)
class Forecast:
    """The page of a product, a team or one option."""

    product: Product
    team: Team | None
    option: Option | None
    study: DeliveryStudy | None
    under_way: DeliveryStudy | None
    failed: DeliveryStudy | None
    parts: tuple[Part, ...]
    ageing: tuple[Ageing, ...]
    teams: tuple[Team, ...]
    open: int

    @property
    def about(self) -> Team | Option | None:
        return self.team or self.option

    @property
    def result(self) -> dict[str, Any]:
        return self.study.result if self.study else {}


def forecast(actor: Actor, product: Product, today: date, of: str = "") -> Forecast:
    """The forecast of a product, or of the team (TM-3) or option (OP-7) that `of` names: a constant number of queries.

    A name of nothing that may be seen is the product's own.
    """
    teams = tuple(Team.objects.visible_to(actor).filter(product=product))
    team = next((one for one in teams if one.ref == of), None)
    options = Option.objects.visible_to(actor).filter(product=product)
    option = options.referred(of).first() if of and team is None and Option.key_of(of) is not None else None
    studies = DeliveryStudy.objects.visible_to(actor).filter(product=product, team=team, option=option)
    studies = studies.defer("inputs").order_by("-pk")
    newest, shown = studies.defer("inputs", "result").first(), studies.filter(status=DONE).first()
    items = _items(actor, product, team, option)
    return Forecast(
        product=product, team=team, option=option, study=shown,
        under_way=newest if newest and newest.is_under_way else None,
        failed=newest if newest and newest.status == DeliveryStudy.Status.FAILED else None,
        parts=_parts(actor, product) if team is None and option is None else (),
        ageing=_ageing(items, shown.result.get("cycle_time") if shown else None, today),
        teams=teams, open=items.filter(state__in=OPEN).count(),
    )  # fmt: skip


def is_anything_open(actor: Actor, product: Product) -> bool:
    """Whether there is something to forecast."""
    return bool(_items(actor, product, None, None).filter(state__in=OPEN).exists())


def newest(actor: Actor, product: Product) -> DeliveryStudy | None:
    """The newest finished forecast of a whole product: its dates, and when it was made."""
    studies = DeliveryStudy.objects.visible_to(actor).filter(product=product, team=None, option=None, status=DONE)
    found: DeliveryStudy | None = studies.only("created_at", *FOUR).order_by("-pk").first()
    return found


def dates_of(actor: Actor, options: Iterable[Option]) -> dict[int, Four]:
    """(one in ten, likely, 85, 95 in a hundred) of each option whose build says so, by a forecast of this month.

    What has no open item, or is not sure within ten years, has none. One query.
    """
    open_still = WorkItem.objects.filter(option=OuterRef("option"), state__in=OPEN)
    rows = _newest_of_options(actor, [option.pk for option in options]).filter(
        Exists(open_still), created_at__gte=timezone.now() - CURRENT
    )
    found = {study.option_id or 0: four(study) for study in rows.only("option", *FOUR)}
    return {option: dates for option, dates in found.items() if dates is not None}


def four(study: DeliveryStudy) -> Four | None:
    """The dates of a study; None where one of them lies beyond ten years."""
    dates = (study.p10, study.p50, study.p85, study.p95)
    return None if None in dates else dates


def what_if(study: DeliveryStudy, remaining: int, start: date) -> delivery.Dates:
    """Other work or another first day, at the pace and with the corrections of a finished study."""
    said = study.result
    calibration = delivery.Calibration(tuple(said["backtest"]["read_at"].values()))
    low, high = said["growth"]
    work = delivery.Work(remaining, (low, high))
    weeks = np.array(said["throughput"]["finished"], dtype=np.int64)
    return delivery.what_if(weeks, work, calibration, np.random.default_rng(study.seed), start.toordinal())


def _newest_of_options(actor: Actor, options: list[int]) -> Any:
    rows = DeliveryStudy.objects.visible_to(actor).filter(option__in=options, status=DONE)
    return rows.order_by("option_id", "-pk").distinct("option_id")


def _items(actor: Actor, product: Product, team: Team | None, option: Option | None) -> Any:
    rows = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC)
    if team is not None:
        rows = rows.filter(team=team)
    return rows if option is None else rows.filter(option=option)


def _parts(actor: Actor, product: Product) -> tuple[Part, ...]:
    """Chosen options of which something is open, the soonest first: five queries."""
    chosen = Option.objects.visible_to(actor).filter(product=product, state=Option.State.CHOSEN)
    items = WorkItem.objects.exclude(kind=WorkItem.Kind.EPIC).order_by().values_list("option")
    left = dict(items.filter(option__in=chosen, state__in=OPEN).annotate(n=Count("pk")))
    keys = list(left)  # few: most of what was ever chosen is built
    done = dict(items.filter(option__in=keys, state=WorkItem.State.DONE).annotate(n=Count("pk")))
    studies = {one.option_id: one for one in _newest_of_options(actor, keys).defer("inputs", "result")}
    failed = DeliveryStudy.objects.visible_to(actor).filter(option__in=keys, status=DeliveryStudy.Status.FAILED)
    whys = dict(failed.order_by("pk").values_list("option", "words"))
    parts = [
        Part(option, left[option.pk], done.get(option.pk, 0), studies.get(option.pk), whys.get(option.pk, ""))
        for option in chosen.filter(pk__in=keys)
    ]
    return tuple(sorted(parts, key=lambda part: (part.dates is None, part.dates and part.dates[1], part.option.pk)))


def _ageing(items: Any, cycle_time: dict[str, Any] | None, today: date) -> tuple[Ageing, ...]:
    """What is being done, the oldest first."""
    rows = items.filter(state=WorkItem.State.DOING, started_on__isnull=False, started_on__lte=today)
    found = []
    for item in rows.select_related("team", "option", "product").order_by(F("started_on"), "pk")[:OLDEST]:
        age = (today - item.started_on).days
        passed = next((p for p in (95, 85) if cycle_time and age >= cycle_time[f"p{p}"]), None)  # these count both days
        words = f"longer than {passed} in 100 took" if passed else ""
        found.append(Ageing(item, age, words, passed is not None))
    return tuple(found)
