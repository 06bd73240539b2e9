"""What proposals and promises say on the pages of decisions and options."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Came
from clearspan.stages.inlife.actions.attributions import attributes
from clearspan.stages.inlife.models import Attribution, Proposal
from clearspan.stages.inlife.queries.came import came_by_ledger
from clearspan.stages.options.models import Option


def provide() -> None:
    """Registers these answers."""
    panels.provide("decision", on_decision)
    panels.provide("decision.came", came)
    panels.provide("option", on_option)


def on_decision(actor: Actor, decision: Decision) -> Fragment | None:
    """On a decision's page: what of the ledger is its doing, and the way to say so."""
    rows = list(Attribution.objects.visible_to(actor).filter(decision=decision).select_related("line"))
    may = attributes(actor, {"decision": decision})
    if decision.kind != Decision.Kind.CHOOSE or not (rows or may):
        return None
    said = {"decision": decision, "product": decision.product, "rows": rows, "may_attribute": may,
            "currency": Company.ours().currency}  # fmt: skip
    return Fragment("inlife/_on_decision.html", said)


def came(actor: Actor, decisions: Sequence[Decision]) -> dict[int, Came]:
    """What has come of decisions by the ledger."""
    return came_by_ledger(actor, decisions)


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """On an option's page: the proposal it was made of."""
    rows = list(Proposal.objects.visible_to(actor).filter(option=option).select_related("product"))
    return Fragment("inlife/_on_option.html", {"proposals": rows}) if rows else None
