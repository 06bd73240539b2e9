"""Writes what products are steered by and what is proposed to do about them, by the actions people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clearspan.core.actor import Actor
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.defining import told_on
from clearspan.interfaces.sample.rows import Rows, at_noon
from clearspan.stages.inlife.actions import add_kpi, decline_proposal, propose
from clearspan.stages.inlife.models import KPI, KPIReading, Proposal
from clearspan.stages.opportunities.models import Opportunity


def kpis(rows: Rows, today: date) -> dict[str, KPI]:
    """Every KPI with a reading at the end of each month, by name."""
    return {given["name"]: _kpi(rows, given, today) for given in load("improving")["kpi"]}


def proposals(rows: Rows, made: dict[str, KPI], needs: dict[str, Opportunity], today: date) -> None:
    """What is proposed, and what became of it."""
    for given in load("improving")["proposal"]:
        maker, product = Actor(rows.people[given["by"]]), rows.products[given["product"]]
        low, likely, high = given["points"]
        with told_on(today - timedelta(days=given["ago"])):
            row: Proposal = propose(
                maker, product=product, kind=Proposal.Kind(given["kind"]), title=given["title"], why=given["why"],
                audience=given["audience"], low=low, likely=likely, high=high, source=given["source"],
                kpis=[made[name] for name in given.get("kpis", [])],
                opportunities=[needs[key] for key in given.get("needs", []) if key in needs],
            )  # fmt: skip
        Proposal.objects.filter(pk=row.pk).update(created_at=at_noon(today - timedelta(days=given["ago"])))
        if "declined" in given:
            day = today - timedelta(days=given["declined_ago"])
            with told_on(day):
                decline_proposal(Actor(rows.people[given["decliner"]]), proposal=row, reasons=given["declined"])
            Proposal.objects.filter(pk=row.pk).update(settled_on=day)


def _kpi(rows: Rows, given: dict[str, Any], today: date) -> KPI:
    owner, product = rows.people[given["owner"]], given["product"]
    manager = rows.people[next(row["manager"] for row in load("company")["product"] if row["key"] == product)]
    begun = today - timedelta(days=31 * len(given["values"]))
    target = (
        {"target": float(given["target"]), "target_on": today + timedelta(days=given["by"])} if "by" in given else {}
    )
    with told_on(begun):
        row: KPI = add_kpi(
            Actor(manager), product=rows.products[product], name=given["name"], unit=given["unit"],
            direction=KPI.Direction(given["direction"]), text=given["text"], owner=owner, chance=given.get("chance"),
            **target,
        )  # fmt: skip
    if target:
        KPI.objects.filter(pk=row.pk).update(target_set_on=today + timedelta(days=given["set"]))
    KPIReading.objects.bulk_create(
        KPIReading(kpi=row, day=day, value=value, source=given["source"], note=note)
        for day, value, note in zip(
            _month_ends(today, len(given["values"])), given["values"],
            [""] * (len(given["values"]) - 1) + [given.get("note", "")], strict=True,
        )
    )  # fmt: skip
    return row


def _month_ends(today: date, count: int) -> list[date]:
    """The last days of so many months that are over, in order."""
    ends, day = [], today.replace(day=1) - timedelta(days=1)
    for _ in range(count):
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends[::-1]
