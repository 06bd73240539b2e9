"""What is known of the market that no customer said."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feed, Intelligence


def known(
    actor: Actor,
    product: Product,
    *,
    competitor: int | None = None,
    segment: int | None = None,
    feed: int | None = None,
    q: str = "",
) -> QuerySet[Intelligence]:
    """What is known about a product's market, with what a line shows. `q` is any part of title, text or source."""
    rows = Intelligence.objects.visible_to(actor).filter(product=product)
    if competitor:
        rows = rows.filter(competitor=competitor)
    if segment:
        rows = rows.filter(segment=segment)
    if feed:
        rows = rows.filter(feed=feed)
    for word in q.split():
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(source__icontains=word))
    return rows.select_related("competitor", "segment", "recorded_by")


def feeds(actor: Actor, product: Product) -> QuerySet[Feed]:
    """What is followed, with how many entries of each are here."""
    rows = Feed.objects.visible_to(actor).filter(product=product).select_related("competitor", "segment")
    return rows.annotate(brought=Count("intelligence"))
