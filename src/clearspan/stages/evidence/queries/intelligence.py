"""What is known of the market that no customer said."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence


def known(
    actor: Actor, product: Product, *, competitor: int | None = None, segment: int | None = None, q: str = ""
) -> QuerySet[Intelligence]:
    """What is known about a product's market, with what a line shows. `q` is any part of title, text or source."""
    rows = Intelligence.objects.visible_to(actor).filter(product=product)
    if competitor:
        rows = rows.filter(competitor=competitor)
    if segment:
        rows = rows.filter(segment=segment)
    for word in q.split():
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(source__icontains=word))
    return rows.select_related("competitor", "segment", "recorded_by")
