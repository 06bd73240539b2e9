"""What this stage says on pages of others. Filled in below, slot by slot."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.opportunities import jobs
from clearspan.stages.opportunities.models import Opportunity


def counts(actor: Actor, product: Product) -> dict[str, int]:
    """How many open needs, for the menus."""
    return {"opportunities": Opportunity.objects.filter(product=product, state=Opportunity.State.OPEN).count()}


def evidence_changed(actor: Actor, product: Product) -> None:
    """What was heard has changed: verdicts and suggestions are learnt anew soon."""
    jobs.refresh_soon(product.pk)


def register() -> None:
    """Called once, when the application is ready."""
    panels.provide("counts", counts)
    panels.provide("evidence.changed", evidence_changed)
