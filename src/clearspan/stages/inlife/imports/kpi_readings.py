"""Readings of KPIs from a file: a row a KPI and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.rules import works_on
from clearspan.core.actions import without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Field, Kind, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Day, Number, Text
from clearspan.stages.inlife.models import KPI, KPIReading

_KEY = r"lower(regexp_replace(s.kpi, '\s', '', 'g'))"
_UNKNOWN = f"NOT {_KEY} = ANY(%(known)s)"


@dataclass(frozen=True)
class Planned:
    """What one KPI stood at on one day, by the file."""

    kpi: int
    day: date
    value: float
    source: str
    known: KPIReading | None

    @property
    def differs(self) -> bool:
        return self.known is not None and self.known.value != self.value


class KPIReadings(Kind):
    """What KPIs stood at, by day. Of two rows of a KPI and day the later counts."""

    name = "kpi_readings"
    label = "KPI readings"
    order = 8
    words = ("reading of a KPI", "readings of KPIs")
    about = "What KPIs stood at, a row a KPI and day: from a dashboard, a spreadsheet, a month’s report."
    fields = (
        Field("kpi", "KPI", Text(120), "One that is kept here, by name.", required=True,
              synonyms="name measure metric indicator kpiname"),
        Field("day", "Date", Day(), "The day it stood so; of a month, its last.", required=True,
              synonyms="date month period asof reportingdate"),
        Field("value", "Value", Number(), "What it stood at, in the KPI’s own unit.", required=True,
              synonyms="reading amount result actual number"),
        Field("source", "Source", Text(200), "Where it is from.", synonyms="from origin system"),
    )  # fmt: skip
    options = (finding.product_option("The KPIs are this product's."),)
    brings = (Brought(KPIReading),)

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return works_on(actor, {"product": chosen["product"]})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"product": finding.product_of(actor, options)}

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("day") is not None and values["day"] > timezone.localdate():
            raise ValueError("Date", f"{values['day']}", "a day that has come")

    def plan(self, staging: Staging) -> None:
        here = KPI.objects.visible_to(staging.actor).filter(product=staging.chosen["product"])
        there = {finding.key_of(one.name): one.pk for one in here}
        unknown = staging.query(
            f"SELECT kpi, count(*) FROM staged s WHERE {_UNKNOWN} GROUP BY 1 ORDER BY 2 DESC LIMIT 30",  # noqa: S608 a constant
            {"known": list(there)},
        )
        staging.strange["kpi"] = [(word, rows) for word, rows in unknown]
        names = ", ".join(sorted(here.values_list("name", flat=True))[:5])
        staging.refuse(
            "kpi", _UNKNOWN, f"a KPI that is kept here: {names or 'there is none yet'}", {"known": list(there)}
        )
        rows = staging.query(
            f"""SELECT DISTINCT ON (1, 2) {_KEY}, day, value, coalesce(source, ''), count(*) OVER ()
            FROM staged s ORDER BY 1, 2, row DESC"""  # noqa: S608 the same
        )
        known = {(one.kpi_id, one.day): one for one in KPIReading.objects.filter(kpi__in=there.values())}
        planned = [
            Planned(there[key], day, float(value), source, known.get((there[key], day)))
            for key, day, value, source, _ in rows
        ]
        twice = (rows[0][-1] if rows else 0) - len(rows)
        if twice:
            staging.notes.append(f"{twice:,} rows are of a KPI and day of a later row: that one counts.")
        staging.planned = planned
        staging.known = sum(one.known is not None for one in planned)
        staging.added, staging.differing = len(planned) - staging.known, sum(one.differs for one in planned)

    def write(self, staging: Staging) -> None:
        if staging.update:  # first, while changes are kept, so that they can be put back
            for one in staging.planned:
                if one.known is not None and one.differs:
                    KPIReading.objects.filter(pk=one.known.pk).update(value=one.value)
                    staging.updated += 1
            staging.differing -= staging.updated
        without_keeping()
        new = [one for one in staging.planned if one.known is None]
        KPIReading.objects.bulk_create(
            KPIReading(
                kpi_id=one.kpi, day=one.day, value=one.value, source=one.source or staging.file.name[:200],
                brought_by=staging.file,
            )
            for one in new
        )  # fmt: skip
        staging.added = len(new)


register(KPIReadings())
