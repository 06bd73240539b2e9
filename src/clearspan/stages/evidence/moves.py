"""What competitors did lately, for those who look at several products: news of them, and prices that changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.competing import exact
from clearspan.catalogue.models import Offer, Price, Product
from clearspan.catalogue.slots import Standing
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence
from clearspan.ui.numbers import day

LATELY = timedelta(days=90)
OF_A_PRODUCT = 3
LOOKED_AT = 40  # prices of a product, the newest


def moves(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """The newest of each product's competitors, each with its day and who says so: three queries, whatever there is.

    Nothing confidential: what leadership reads here goes into briefs, and those are handed out.
    """
    today = timezone.localdate()
    found: dict[int, list[tuple[date, Standing]]] = {}
    for piece in _news(actor, products, today):
        words = piece.title if str(piece.competitor) in piece.title else f"{piece.competitor}: {piece.title}"
        url = reverse("intelligence_piece", args=[piece.product.key, piece.pk])
        told = Standing(words, f"{day(piece.seen_on, today)}, {piece.source}", url)
        found.setdefault(piece.product_id, []).append((piece.seen_on, told))
    for price in _changed(actor, products, today):
        offer = price.offer
        before = Price(amount=price.before, currency=price.currency, per=price.per)  # type: ignore[attr-defined]  # annotated
        words = f"{_called(offer)} costs {exact(price)}, before {exact(before)}"
        url = reverse("offer", args=[offer.product.key, offer.pk])
        told = Standing(words, f"{day(price.seen_on, today)}, {price.source}", url)
        found.setdefault(offer.product_id, []).append((price.seen_on, told))
    return {
        product: [one for _, one in sorted(some, key=lambda pair: pair[0], reverse=True)[:OF_A_PRODUCT]]
        for product, some in found.items()
    }


def _called(offer: Offer) -> str:
    """Whose it is and which plan of it, the name said once."""
    name = offer.name if str(offer.competitor) in offer.name else f"{offer.competitor}’s {offer.name}"
    return f"{name} ({offer.plan[:1].lower()}{offer.plan[1:]})" if offer.plan else name


def _news(actor: Actor, products: Sequence[Product], today: date) -> Sequence[Intelligence]:
    rows = Intelligence.objects.visible_to(actor).filter(
        product__in=products, competitor__isnull=False, is_confidential=False, seen_on__range=(today - LATELY, today)
    )
    newest = Window(RowNumber(), partition_by=F("product"), order_by=[F("seen_on").desc(), F("pk").desc()])
    return list(rows.annotate(nth=newest).filter(nth__lte=OF_A_PRODUCT).select_related("competitor", "product"))


def _changed(actor: Actor, products: Sequence[Product], today: date) -> Sequence[Price]:
    """Prices seen lately that are not what the same offer cost before, told in the same money for the same thing; of
    the newest `LOOKED_AT` of each product. Newest first: two queries."""
    known = Price.objects.visible_to(actor).filter(amount__isnull=False, is_confidential=False)
    newest = Window(RowNumber(), partition_by=F("offer__product"), order_by=[F("seen_on").desc(), F("pk").desc()])
    lately = known.filter(
        offer__product__in=products, offer__competitor__isnull=False, seen_on__range=(today - LATELY, today)
    )
    looked_at = lately.annotate(nth=newest).filter(nth__lte=LOOKED_AT).values_list("pk", flat=True)
    earlier = known.filter(
        offer=OuterRef("offer"), currency=OuterRef("currency"), per=OuterRef("per"), seen_on__lt=OuterRef("seen_on")
    )
    rows = Price.objects.filter(pk__in=list(looked_at.order_by())).annotate(
        before=Subquery(earlier.order_by("-seen_on").values("amount")[:1])
    )
    changed = rows.exclude(before=None).exclude(before=F("amount")).order_by("-seen_on", "-pk")
    return list(changed.select_related("offer__competitor", "offer__product"))
