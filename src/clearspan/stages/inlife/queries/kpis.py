"""KPIs as they stand: on the way to their target or off it, getting worse, and what is surprising."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, starmap
from operator import itemgetter
from typing import NamedTuple

from django.db.models import F, Max, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.engines import control
from clearspan.stages.inlife.models import KPI, KPIReading

MOST = 60  # readings a KPI is judged and drawn by: five years of months
LATE, EARLY = (
    timedelta(days=7),
    timedelta(days=45),
)  # from its day, within which a reading says whether a target was met

UNREAD = timedelta(days=45)  # after which somebody should look again


class Reading(NamedTuple):
    """What a KPI stood at on a day: a row of KPIReading, of which a list of KPIs reads thousands."""

    kpi: int
    pk: int
    day: date
    value: float
    source: str
    note: str

    @property
    def ref(self) -> str:
        return f"{KPIReading.prefix}-{self.pk}"


@dataclass(frozen=True)
class Standing:
    """A KPI with its readings by day. Everything said of it follows from these."""

    kpi: KPI
    readings: tuple[Reading, ...]
    today: date

    @property
    def values(self) -> list[float]:
        return [one.value for one in self.readings]

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def before(self) -> Reading | None:
        return self.readings[-2] if len(self.readings) > 1 else None

    @property
    def start(self) -> Reading | None:
        """What it stood at when the target was set: the newest reading of until then, else the first."""
        if self.kpi.target_set_on is None or not self.readings:
            return None
        until = [one for one in self.readings if one.day <= self.kpi.target_set_on]
        return until[-1] if until else self.readings[0]

    def should(self, day: date) -> float | None:
        """Where the straight way from the start to the target is on a day; None without a target or a start."""
        kpi, start = self.kpi, self.start
        if kpi.target is None or kpi.target_on is None or start is None:
            return None
        if day >= kpi.target_on or start.day >= kpi.target_on:
            return kpi.target
        part = max(0, (day - start.day).days) / (kpi.target_on - start.day).days
        return start.value + part * (kpi.target - start.value)

    @property
    def is_on(self) -> bool | None:
        """Whether the newest reading is at least as good as the way to the target on its day; None: cannot be said."""
        last, start = self.last, self.start
        if last is None or start is None or (last.day <= start.day and self.was_reached is None):
            return None
        should = self.should(last.day)
        return None if should is None else self._as_good(last.value, should)

    @property
    def was_reached(self) -> bool | None:
        """Whether the target was reached on its day, by the reading about then; None before, and without a reading."""
        kpi = self.kpi
        if kpi.target is None or kpi.target_on is None or kpi.target_on > self.today:
            return None
        near = [one for one in self.readings if kpi.target_on - EARLY <= one.day <= kpi.target_on + LATE]
        return self._as_good(near[-1].value, kpi.target) if near else None

    @property
    def gets_worse(self) -> bool:
        return control.gets_worse(self.values, self.kpi.up_is_good)

    @property
    def surprise(self) -> control.Surprise | None:
        return control.surprise(self.values)

    @property
    def state(self) -> str:
        """ "on", "off", or "" where nothing can be said."""
        return "" if self.is_on is None else "on" if self.is_on else "off"

    def _as_good(self, value: float, wanted: float) -> bool:
        return value >= wanted if self.kpi.up_is_good else value <= wanted


def kpis(actor: Actor, product: Product, today: date, *, archived: bool = False) -> list[Standing]:
    """The product's KPIs, those off their way first: two queries, however many there are."""
    rows = (
        KPI.objects.visible_to(actor).filter(product=product, is_archived=archived).select_related("owner", "product")
    )
    found = standings(rows, today)
    return sorted(found, key=lambda one: ({"off": 0, "on": 2}.get(one.state, 1), not one.gets_worse, one.kpi.name))


def standings(rows: Iterable[KPI], today: date) -> list[Standing]:
    """How these stand, in their order: one query. The newest `MOST` readings of each count."""
    listed = list(rows)
    every = KPIReading.objects.filter(kpi__in=listed).order_by("kpi", "day", "pk").values_list(*Reading._fields)
    newest = {
        kpi: tuple(starmap(Reading, list(readings)[-MOST:])) for kpi, readings in groupby(every, key=itemgetter(0))
    }
    return [Standing(one, newest.get(one.pk, ()), today) for one in listed]


def unread(actor: Actor, today: date) -> list[tuple[KPI, int | None]]:
    """KPIs the actor answers for without a reading within `UNREAD`, with the age of the last in days: one query."""
    if actor.person is None:
        return []
    rows = KPI.objects.visible_to(actor).filter(owner=actor.person, is_archived=False)
    dated = rows.annotate(last=Max("readings__day")).filter(Q(last=None) | Q(last__lte=today - UNREAD))
    dated = dated.select_related("product").only("name", "product__key").order_by(F("last").asc(nulls_first=True), "pk")
    return [(one, (today - one.last).days if one.last else None) for one in dated]
