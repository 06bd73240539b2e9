"""What proposals, promises and KPIs say on the pages of in-life, decisions and options."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Came
from clearspan.stages.inlife import kpi_words, promise_words, proposal_words
from clearspan.stages.inlife.actions.attributions import attributes
from clearspan.stages.inlife.models import Attribution, Proposal
from clearspan.stages.inlife.queries.came import came_by_ledger
from clearspan.stages.inlife.queries.held import held_promises
from clearspan.stages.inlife.queries.kpis import kpis
from clearspan.stages.inlife.queries.proposals import best
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.options.models import Option
from clearspan.ui.marks import Scale

FEW, SUGGESTED = 6, 3  # promises and KPIs, suggestions that a page with much else has room for


def provide() -> None:
    """Registers these answers."""
    panels.provide("inlife", on_in_life)
    panels.provide("decision", on_decision)
    panels.provide("decision.came", came)
    panels.provide("option", on_option)


def on_in_life(actor: Actor, product: Product) -> Fragment:
    """Under the P&L: what was promised and came, what there is to do, and the KPIs."""
    found = [one for one in held_promises(actor, product) if one.came is not None]
    counted = kpis(actor, product, timezone.localdate())
    rows, known = best(actor, product), suggested(actor, product, counted)
    values = [value for one in found[:FEW] for value in (*(one.five or ()), one.came or 0.0)]
    worth = [value for one in rows if one.five for value in one.five]
    said = {
        "product": product, "currency": Company.ours().currency, "promises": found[:FEW], "proposals": rows,
        "suggested": known[:SUGGESTED], "kpis": [(one, kpi_words.short(one)) for one in counted[:FEW]],
        "scale": Scale.amounts(values, about=4) if values else None,
        "worth": Scale.amounts([0.0, *worth], about=3) if worth else None,
        "promised": promise_words.of_promises(found), "to_do": proposal_words.of_list(rows, known).rstrip("."),
        "counted": kpi_words.of_list(counted).rstrip("."),
    }  # fmt: skip
    return Fragment("inlife/_in_life.html", said)


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
