"""What competitors did lately, for those who look at several products: news of them, and prices that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.competing import exact
from clearspan.catalogue.models import Price, Product
from clearspan.catalogue.slots import Standing
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence
from clearspan.ui.numbers import day

LATELY = timedelta(days=90)
OF_A_PRODUCT = 3
LOOKED_AT = 40  # prices of a product, the newest


@dataclass(frozen=True)
class Seen:
    """A price of a competitor's, and what the same offer cost before, in the same money for the same thing."""

    pk: int
    seen_on: date
    source: str
    amount: Decimal
    currency: str
    per: str
    offer: int
    name: str
    plan: str
    product: int
    competitor: str
    before: Decimal | None

    @property
    def called(self) -> str:
        """Whose offer it is and which plan of it, the name said once."""
        name = self.name if self.competitor in self.name else f"{self.competitor}’s {self.name}"
        return f"{name} ({self.plan[:1].lower()}{self.plan[1:]})" if self.plan else name


def moves(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """The newest of each product's competitors, each with its day and who says so: two queries, whatever there is.

    Nothing confidential: what leadership reads here goes into briefs, and those are handed out.
    """
    today, keys = timezone.localdate(), {product.pk: product.key for product in products}
    found: dict[int, list[tuple[date, Intelligence | Seen]]] = {}
    for piece in _news(actor, products, today):
        found.setdefault(piece.product_id, []).append((piece.seen_on, piece))
    for price in _changed(actor, products, today):
        found.setdefault(price.product, []).append((price.seen_on, price))
    return {
        product: [
            _of_piece(one, keys[product], today)
            if isinstance(one, Intelligence)
            else _of_price(one, keys[product], today)
            for _, one in sorted(some, key=lambda pair: pair[0], reverse=True)[:OF_A_PRODUCT]
        ]
        for product, some in found.items()
    }


def _of_piece(piece: Intelligence, product: str, today: date) -> Standing:
    words = piece.title if str(piece.competitor) in piece.title else f"{piece.competitor}: {piece.title}"
    url = reverse("intelligence_piece", args=[product, piece.pk])
    return Standing(words, f"{day(piece.seen_on, today)}, {piece.source}", url)


def _of_price(price: Seen, product: str, today: date) -> Standing:
    now, before = (Price(amount=of, currency=price.currency) for of in (price.amount, price.before))
    words = f"{price.called} costs {exact(now)}, before {exact(before)}"
    url = reverse("offer", args=[product, price.offer])
    return Standing(words, f"{day(price.seen_on, today)}, {price.source}", url)


def _news(actor: Actor, products: Sequence[Product], today: date) -> Sequence[Intelligence]:
    rows = Intelligence.objects.visible_to(actor).filter(
        product__in=products, competitor__isnull=False, is_confidential=False, seen_on__range=(today - LATELY, today)
    )
    newest = Window(RowNumber(), partition_by=F("product"), order_by=[F("seen_on").desc(), F("pk").desc()])
    shown = ("title", "seen_on", "source", "product", "competitor__name")
    return list(rows.annotate(nth=newest).filter(nth__lte=OF_A_PRODUCT).select_related("competitor").only(*shown))


def _changed(actor: Actor, products: Sequence[Product], today: date) -> Sequence[Seen]:
    """Prices seen lately that are not what the same offer cost before; of the newest `LOOKED_AT` of each product.
    Newest first."""
    known = Price.objects.visible_to(actor).filter(amount__isnull=False, is_confidential=False)
    newest = Window(RowNumber(), partition_by=F("offer__product"), order_by=[F("seen_on").desc(), F("pk").desc()])
    lately = known.filter(
        offer__product__in=products, offer__competitor__isnull=False, seen_on__range=(today - LATELY, today)
    )
    looked_at = lately.annotate(nth=newest).filter(nth__lte=LOOKED_AT).values_list("pk", flat=True)
    earlier = Price.objects.filter(
        offer=OuterRef("offer"), currency=OuterRef("currency"), per=OuterRef("per"), seen_on__lt=OuterRef("seen_on"),
        amount__isnull=False, is_confidential=False,
    )  # fmt: skip
    before = Subquery(earlier.order_by("-seen_on").values("amount")[:1])
    columns = (
        "pk", "seen_on", "source", "amount", "currency", "per",
        "offer", "offer__name", "offer__plan", "offer__product", "offer__competitor__name", before,
    )  # fmt: skip
    rows = Price.objects.filter(pk__in=looked_at.order_by()).order_by("-seen_on", "-pk").values_list(*columns)
    seen = [Seen(*row) for row in rows]
    return [one for one in seen if one.before is not None and one.before != one.amount]
