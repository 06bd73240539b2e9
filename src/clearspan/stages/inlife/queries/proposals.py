"""Proposals in their order: what is worth most first."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.stages.inlife.models import Proposal, ProposalGround
from clearspan.stages.launch.queries import five_of


@dataclass(frozen=True)
class Worth:
    """A proposal and the five numbers of its mark; None where nobody says what it is worth."""

    proposal: Proposal

    @property
    def five(self) -> tuple[float, ...] | None:
        one = self.proposal
        if one.low is None or one.likely is None or one.high is None:
            return None
        return five_of(one.low, one.likely, one.high)


def proposals(actor: Actor, product: Product, *, state: str = "open", page: str | int = 1) -> Page[Worth]:
    """One page of them; two queries."""
    rows = Proposal.objects.visible_to(actor).filter(product=product).select_related("segment", "option", "campaign")
    if state:
        rows = rows.filter(state=state)
    ordered = rows.order_by(F("likely").desc(nulls_last=True), "-pk")
    cut = Paginator(ordered, lists.PAGE).get_page(page)
    cut.object_list = [Worth(one) for one in cut.object_list]
    return cut


def best(actor: Actor, product: Product, most: int = 5) -> list[Worth]:
    """The open ones that are worth most: one query."""
    rows = Proposal.objects.visible_to(actor).filter(product=product, state=Proposal.State.OPEN)
    return [Worth(one) for one in rows.order_by(F("likely").desc(nulls_last=True), "-pk")[:most]]


def grounds(proposal: Proposal) -> list[ProposalGround]:
    """What speaks for it: one query."""
    return list(proposal.grounds.select_related("line", "kpi__product", "opportunity__product"))
