"""A product's market: its segments, how large each is, and how much of it is ours; what was won and lost there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from clearspan.catalogue.models import Account, Deal, MarketSize, Product, Segment
from clearspan.catalogue.slots import said
from clearspan.core.actor import Actor

YEAR = timedelta(days=365)
REASONS = 6  # shown by name; the rest is summed up
DIFFERENT = 200  # reasons looked at: they are people's own words, and may be as many as the deals


@dataclass(frozen=True)
class Part:
    """A segment in a product's market. `size` is None while nobody has said how large it is."""

    segment: Segment
    size: MarketSize | None
    customers: int = 0
    prospects: int = 0

    @property
    def worth(self) -> float:
        """What all its accounts together are worth a year."""
        return float(self.size.accounts * self.size.value_per_account) if self.size else 0.0

    @property
    def has_source(self) -> bool:
        """Whether somebody stands behind the size: a guess is no source."""
        return self.size is not None and "guess" not in (self.size.source.lower() or "guess")


@dataclass(frozen=True)
class Market:
    """The parts that make a product's market, and the segments that are no part of it (yet)."""

    parts: list[Part]
    others: list[Part]

    @property
    def accounts(self) -> int:
        return sum(part.size.accounts for part in self.parts if part.size)

    @property
    def worth(self) -> float:
        return sum(part.worth for part in self.parts)

    @property
    def customers(self) -> int:
        return sum(part.customers for part in self.parts)

    @property
    def prospects(self) -> int:
        return sum(part.prospects for part in self.parts)

    @property
    def unfounded(self) -> list[Part]:
        """The sizes that nobody stands behind."""
        return [part for part in self.parts if not part.has_source]


def market(actor: Actor, product: Product) -> Market:
    """Every segment with its size for the product: three queries."""
    sizes = {size.segment_id: size for size in MarketSize.objects.visible_to(actor).filter(product=product)}
    ours: dict[int, dict[bool, int]] = defaultdict(dict)
    accounts = Account.objects.visible_to(actor).filter(segment__isnull=False).order_by()
    for segment, is_customer, n in accounts.values_list("segment", "is_customer").annotate(n=Count("pk")):
        ours[segment][is_customer] = n
    every = [
        Part(one, sizes.get(one.pk), ours[one.pk].get(True, 0), ours[one.pk].get(False, 0))
        for one in Segment.objects.visible_to(actor)
    ]
    return Market([part for part in every if part.size], [part for part in every if not part.size])


def heard(actor: Actor, product: Product) -> tuple[dict[int, int], int | None]:
    """Segment's number -> how many of its accounts were heard about the product; and of its whole market together, None
    where it has none. Asked for by itself, as each account is looked for in everything that was heard."""
    known = said("market.heard", actor, product)
    every = {pk: known.get(pk, 0) for pk in Segment.objects.visible_to(actor).values_list("pk", flat=True)}
    parts = list(MarketSize.objects.visible_to(actor).filter(product=product).values_list("segment", flat=True))
    return every, sum(every.get(pk, 0) for pk in parts) if parts else None


@dataclass(frozen=True)
class Tally:
    """How many deals, and what they are worth a year together."""

    deals: int = 0
    amount: float = 0.0


@dataclass(frozen=True)
class WinLoss:
    """What was won and lost in twelve months, what is open now, and why deals were lost: (reason, tally), most first.

    An empty reason stands for those that nobody gave.
    """

    won: Tally
    lost: Tally
    open: Tally
    reasons: list[tuple[str, Tally]]

    @property
    def decided(self) -> int:
        return self.won.deals + self.lost.deals


def win_loss(actor: Actor, product: Product) -> WinLoss:
    """Two queries, however many deals there are."""
    since = timezone.localdate() - YEAR
    deals = Deal.objects.visible_to(actor).filter(product=product).order_by()
    counted = {"deals": Count("pk"), "worth": Sum("amount", default=0)}
    lately = deals.filter(Q(state=Deal.State.OPEN) | Q(closes_on__gte=since))
    tallies = {row["state"]: _tally(row) for row in lately.values("state").annotate(**counted)}
    lost = deals.filter(state=Deal.State.LOST, closes_on__gte=since).annotate(key=Lower(Trim("reason")))
    why = lost.values("key").annotate(why=Max("reason"), **counted).order_by("-deals", "-worth", "key")
    found = [(row["why"].strip(), _tally(row)) for row in why[:DIFFERENT]]
    told, rest = found[:REASONS], found[REASONS:]
    if rest:
        told.append(("Other reasons", Tally(sum(t.deals for _, t in rest), sum(t.amount for _, t in rest))))
    return WinLoss(*(tallies.get(state, Tally()) for state in ("won", "lost", "open")), told)


def _tally(row: dict[str, Any]) -> Tally:
    return Tally(row["deals"], float(row["worth"]))
