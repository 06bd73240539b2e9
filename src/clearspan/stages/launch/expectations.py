"""What may be expected of a launch, from what was decided and defined: numbers to start from, with their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.definition.models import Definition
from clearspan.stages.launch import queries
from clearspan.stages.launch.models import Launch
from clearspan.ui.numbers import number

LOOK_AFTER = timedelta(days=182)  # when nothing says when to look


@dataclass(frozen=True)
class Offer:
    """A number that could be expected. `low` and `high` are None where only a target is known."""

    name: str
    unit: str
    low: float | None
    likely: float | None
    high: float | None
    due_on: date
    source: str

    @property
    def words(self) -> str:
        likely = f", likely {number(self.likely)} {self.unit}".rstrip() if self.likely is not None else ""
        return f"{self.name}{likely} ({self.source})"

    def initial(self) -> dict[str, Any]:
        """As the form takes it."""
        return {name: getattr(self, name) for name in ("name", "unit", "low", "likely", "high", "due_on", "source")}


def offers(actor: Actor, launch: Launch) -> list[Offer]:
    """The measures of what is brought, then what the decision expected: three queries."""
    options = list(launch.brings.values_list("option", flat=True))
    there = set(launch.measures.values_list("name", flat=True))
    defined = Definition.objects.visible_to(actor).filter(option__in=options).exclude(measure="").order_by("pk")
    found = [_of_definition(one, launch) for one in defined]
    decision = queries.newest_choice(actor, options)
    npv = (decision.expected.get("npv") or {}) if decision else {}
    if decision is not None and all(npv.get(name) is not None for name in ("mean", "p05", "p25", "p75", "p95")):
        low, high = _tenth(npv["p05"], npv["p25"]), _tenth(npv["p95"], npv["p75"])
        currency = decision.expected.get("currency") or Company.ours().currency
        found.append(
            Offer("NPV", currency, low, npv.get("p50", npv["mean"]), high, launch.planned_on + 2 * LOOK_AFTER,
                  f"decision {decision.ref}, {decision.decided_on:%-d %b %Y}")
        )  # fmt: skip
    return [one for one in found if one.name not in there]


def _of_definition(one: Definition, launch: Launch) -> Offer:
    """A target is no forecast: it is offered as the likely value, and how far it could be off is for people to say."""
    due = one.measured_by or launch.planned_on + LOOK_AFTER
    return Offer(one.measure[:120], one.unit, None, one.target, None, due, f"target of definition {one.ref}")


def _tenth(outer: float, quarter: float) -> float:
    """The one-in-ten point between a one-in-twenty point and a quartile, as of a normal's tail."""
    return quarter + (outer - quarter) * (1.2816 - 0.6745) / (1.6449 - 0.6745)
