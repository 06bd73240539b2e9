"""Against whom: what competitors and we offer, what it costs and cost, and how old that knowledge is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Competitor, Deal, Offer, Price, Product, is_stale
from clearspan.core.actor import Actor

SHOWN = 40  # deals against one competitor on its page; the rest is in the list
RIVALS = 20  # on a page of the list of all
MOST_OFFERS = 300  # of one product's market
TOLD = ("offer", "amount", "currency", "per", "seen_on")  # of a price, where many offers are in one list


@dataclass(frozen=True)
class Offered:
    """An offer with its prices, newest first. `today` tells what is known from what is announced."""

    offer: Offer
    prices: tuple[Price, ...]
    today: date

    @cached_property
    def now(self) -> Price | None:
        """What it costs, as far as it is known: the newest price that has begun."""
        return next((price for price in self.prices if price.seen_on <= self.today), None)

    @property
    def announced(self) -> Price | None:
        """What it will cost, when that was said already."""
        return next((price for price in reversed(self.prices) if price.seen_on > self.today), None)

    @cached_property
    def before(self) -> Price | None:
        """The last price that was another one, told in the same money for the same thing."""
        now = self.now
        if now is None or now.amount is None:
            return None
        known = [one for one in self.prices if one.seen_on < now.seen_on and is_like(one, now)]
        return next((one for one in known if one.amount != now.amount), None)

    @property
    def change(self) -> float | None:
        """How much dearer it has become, as a share of what it was: -0.2 is a fifth cheaper."""
        before, now = self.before, self.now
        if before is None or now is None or not before.amount or now.amount is None:
            return None
        return float(now.amount / before.amount) - 1

    @property
    def is_stale(self) -> bool:
        return self.now is not None and not self.offer.ended_on and is_stale(self.now.seen_on, self.today)

    def without_confidential(self) -> Offered:
        """As it may be handed out."""
        return Offered(self.offer, tuple(one for one in self.prices if not one.is_confidential), self.today)


def is_like(one: Price, other: Price) -> bool:
    """Whether two prices can be held against each other: known, in one currency, for the same thing."""
    return (
        one.amount is not None
        and other.amount is not None
        and one.currency == other.currency
        and " ".join(one.per.lower().split()) == " ".join(other.per.lower().split())
    )


@dataclass(frozen=True)
class Rival:
    """A competitor in the list of all: what it sells, how deals with it ended, and the day of the newest fact."""

    competitor: Competitor
    offers: tuple[Offered, ...]
    won: int = 0
    lost: int = 0
    open: int = 0
    newest: date | None = None

    @property
    def is_stale(self) -> bool:
        return self.newest is not None and is_stale(self.newest, timezone.localdate())


@dataclass(frozen=True)
class Rivals:
    """A page of them, and the names of all: who was met in most deals comes first."""

    page: Page[Competitor]
    shown: list[Rival]
    names: list[str]


def today() -> date:
    """The company's day."""
    return timezone.localdate()


def competitors(actor: Actor, product: Product) -> QuerySet[Competitor]:
    """Whom the market can choose instead."""
    return Competitor.objects.visible_to(actor).filter(product=product)


def offers(actor: Actor, product: Product, competitor: Competitor | None = None) -> list[Offered]:
    """What a competitor sells (None: what we sell), with every price: two queries."""
    sold = Offer.objects.visible_to(actor).filter(product=product, competitor=competitor)
    return _with_prices(sold.select_related("competitor"))


def rivals(actor: Actor, product: Product, page: str | int | None = 1) -> Rivals:
    """The competitors with their offers and deals, by pages: four queries, however many there are."""
    deals = Deal.objects.visible_to(actor).filter(product=product, competitor__isnull=False).order_by()
    ended: dict[int, dict[str, int]] = defaultdict(dict)
    for competitor, state, number in deals.values_list("competitor", "state").annotate(n=Count("pk")):
        ended[competitor][state] = number
    rows = competitors(actor, product).only("name", "strengths", "looked_on")
    met = sorted(rows, key=lambda one: -sum(ended[one.pk].values()))  # who was met as often: by name, as they come
    cut = Paginator(met, RIVALS).get_page(page)
    by: dict[int, list[Offered]] = defaultdict(list)
    theirs = Offer.objects.visible_to(actor).filter(competitor__in=cut.object_list)
    for one in _with_prices(theirs.only("competitor", "name", "plan", "ended_on"), *TOLD, most=None):
        by[one.offer.competitor_id].append(one)
    shown = [
        Rival(
            one, tuple(by[one.pk]), ended[one.pk].get("won", 0), ended[one.pk].get("lost", 0),
            ended[one.pk].get("open", 0), newest_of(one, by[one.pk]),
        )
        for one in cut.object_list
    ]  # fmt: skip
    return Rivals(cut, shown, [one.name for one in met])


def newest_of(competitor: Competitor, found: Sequence[Offered]) -> date | None:
    """The day on which something about a competitor was last seen or gone over; None: nobody ever looked."""
    days = [one.now.seen_on for one in found if one.now] + ([competitor.looked_on] if competitor.looked_on else [])
    return max(days, default=None)


def one_competitor(actor: Actor, product: Product, pk: int) -> Competitor | None:
    return competitors(actor, product).select_related("product", "looked_by").filter(pk=pk).first()


def one_offer(actor: Actor, product: Product, pk: int) -> Offered | None:
    found = _with_prices(Offer.objects.visible_to(actor).filter(product=product, pk=pk).select_related("competitor"))
    return found[0] if found else None


def deals_against(actor: Actor, competitor: Competitor) -> list[Deal]:
    """The newest deals that were won against it, lost to it, or are open with it in the race."""
    rows = Deal.objects.visible_to(actor).filter(competitor=competitor).select_related("account__segment")
    return list(rows.defer("account__search", "account__note").order_by("-closes_on", "-pk")[:SHOWN])


def record_against(actor: Actor, competitor: Competitor) -> dict[str, int]:
    """How many deals were won against it, lost to it, are open: {"won": 3, "lost": 5, "open": 1}."""
    rows = Deal.objects.visible_to(actor).filter(competitor=competitor)
    return rows.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in Deal.State.values})


def last_lost(actor: Actor, competitor: Competitor) -> date | None:
    rows = Deal.objects.visible_to(actor).filter(competitor=competitor, state=Deal.State.LOST)
    found: date | None = rows.aggregate(day=Max("closes_on"))["day"]
    return found


def _with_prices(rows: QuerySet[Offer], *fields: str, most: int | None = MOST_OFFERS) -> list[Offered]:
    """`fields` of the prices where not all are told of; of at most so many offers."""
    found, today = list(rows[:most]), timezone.localdate()
    prices: dict[int, list[Price]] = defaultdict(list)
    for price in Price.objects.filter(offer__in=found).only(*fields):
        prices[price.offer_id].append(price)
    return [Offered(one, tuple(prices[one.pk]), today) for one in found]
