"""What the facts suggest today, without what was taken up or declined lately."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.inlife.models import Proposal
from clearspan.stages.inlife.queries.actuals import actuals
from clearspan.stages.inlife.queries.kpis import Standing, kpis
from clearspan.stages.inlife.suggesting import Facts, Suggestion, suggestions

AGAIN = timedelta(days=180)  # after which what was settled may be suggested anew


def suggested(actor: Actor, product: Product, counted: list[Standing] | None = None) -> list[Suggestion]:
    """What Clearspan would propose for a product, what is worth most first: six queries, nothing written.

    `counted`: its KPIs, where the page has read them already.
    """
    today = timezone.localdate()
    books = actuals(actor, [product])[product.pk]
    counted = kpis(actor, product, today) if counted is None else counted
    facts = Facts(books, Company.ours().currency, counted)
    lately = Q(state=Proposal.State.OPEN) | Q(settled_on__gt=today - AGAIN)
    taken = set(
        Proposal.objects.filter(lately, product=product).exclude(suggested_as="").values_list("suggested_as", flat=True)
    )
    return [one for one in suggestions(facts) if one.key not in taken]


def suggestion(actor: Actor, product: Product, key: str) -> Suggestion | None:
    """One of them, by its key."""
    return next((one for one in suggested(actor, product) if one.key == key), None)
