"""Why are we building this? From an item back to the decision, the needs, who has them and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.content import Content, assembled
from clearspan.stages.definition.models import Definition, Ground
from clearspan.stages.development.models import WorkItem
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.opportunities.queries.one import quotes
from clearspan.stages.options.models import CaseStudy


@dataclass(frozen=True)
class Need:
    """A need that is met by it, how often it was said and by how many accounts; who was asked and said no does not
    count. Its verdict hangs on the row."""

    row: Opportunity
    mentions: int = 0
    accounts: int = 0

    @property
    def verdict(self) -> Any:
        return getattr(self.row, "verdict", None)


@dataclass(frozen=True)
class Why:
    """All that an item stands on, the need that is worth most first. `expected` is NPV as it was when decided, else
    as the newest study has it: p05, p25, mean, p75, p95."""

    item: WorkItem
    decision: Decision | None = None
    expected: tuple[float, ...] | None = None
    needs: list[Need] = field(default_factory=list)
    quotes: list[Mention] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    definition: Definition | None = None  # of its option

    @property
    def defined(self) -> Content | None:
        """What its option is to bring, and its measure; the requirements are not read."""
        return assembled(self.definition, (), ()) if self.definition else None

    @property
    def npv(self) -> float | None:
        return self.expected[2] if self.expected else None


def why(actor: Actor, item: WorkItem) -> Why:
    """At most eight queries."""
    if item.option is None:
        return Why(item)
    decided = Decision.objects.visible_to(actor).filter(option=item.option).select_related("product", "decided_by")
    decision = decided.order_by("-decided_on", "-pk").first()
    grounds = list(
        Ground.objects.visible_to(actor)
        .filter(requirement=item.requirement_id)
        .select_related("opportunity", "feedback__account", "intelligence")
        if item.requirement_id
        else []
    )
    needs = _needs(actor, item, grounds)
    said = quotes(actor, needs[0].row, 3, against=False) if needs else []
    definition = Definition.objects.visible_to(actor).filter(option=item.option).first()
    return Why(item, decision, _expected(item, decision), needs, said, grounds, definition)


def _needs(actor: Actor, item: WorkItem, grounds: Iterable[Ground]) -> list[Need]:
    """The needs that the requirement stands on, where it names any; else those the option meets."""
    named = [ground.opportunity_id for ground in grounds if ground.opportunity_id]
    rows = Opportunity.objects.visible_to(actor).select_related("verdict", "product")
    rows = rows.filter(pk__in=named) if named else rows.filter(met_by__option=item.option_id)
    found = list(rows[:20])
    mentions = Mention.objects.visible_to(actor).filter(opportunity__in=found, answer=True)
    mentions = mentions.order_by().values("opportunity")
    counted = mentions.annotate(n=Count("pk"), accounts=Count("feedback__account", distinct=True))
    counts = {row["opportunity"]: (row["n"], row["accounts"]) for row in counted}
    needs = [Need(row, *counts.get(row.pk, (0, 0))) for row in found]
    return sorted(needs, key=lambda one: (one.verdict is None, -(one.verdict.value if one.verdict else one.mentions)))


def _expected(item: WorkItem, decision: Decision | None) -> tuple[float, ...] | None:
    npv = (decision.expected.get("npv") or {}) if decision else {}
    names = ("p05", "p25", "mean", "p75", "p95")
    if all(npv.get(name) is not None for name in names):
        return tuple(float(npv[name]) for name in names)
    fields = ("npv_p05", "npv_p25", "npv", "npv_p75", "npv_p95")
    newest = CaseStudy.objects.filter(case__option=item.option_id, status=CaseStudy.Status.DONE, npv__isnull=False)
    found = newest.order_by("-pk").values_list(*fields).first()
    return tuple(found) if found else None
