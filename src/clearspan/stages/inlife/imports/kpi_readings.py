"""Readings of KPIs from a file: a row a KPI and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clearspan.catalogue.imports import finding
from clearspan.catalogue.imports.of_product import ByDay
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Field, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Day, Number, Text
from clearspan.stages.inlife.models import KPI, KPIReading


class KPIReadings(ByDay):
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

    named, model, expected = "kpi", KPIReading, "a KPI that is kept here"

    def things(self, actor: Actor, product: Any) -> QuerySet[Any]:
        return KPI.objects.visible_to(actor).filter(product=product)

    def days(self, staging: Staging, key: str) -> tuple[Sequence[tuple[str, date, dict[str, Any], str]], str]:
        rows = staging.query(
            f"""SELECT DISTINCT ON (1, 2) {key}, day, value, coalesce(source, ''), count(*) OVER ()
            FROM staged s ORDER BY 1, 2, row DESC"""  # noqa: S608 a kind's own words
        )
        twice = (rows[0][-1] if rows else 0) - len(rows)
        said = f"{twice:,} rows are of a KPI and day of a later row: that one counts." if twice else ""
        return [(of, day, {"value": float(value)}, source) for of, day, value, source, _ in rows], said


register(KPIReadings())
