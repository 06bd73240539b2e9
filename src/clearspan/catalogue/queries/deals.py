"""Deals of a product: the list, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from clearspan.catalogue.models import Deal, Product
from clearspan.catalogue.queries import accounts
from clearspan.catalogue.queries.slices import Slice
from clearspan.catalogue.slots import Asks, said
from clearspan.core import lists
from clearspan.core.actor import Actor

SORTS = {"closes": "closes_on", "amount": "amount", "name": "name", "new": "pk"}
SOON = timedelta(days=30)
ALL = "all"  # in an address; an empty state would be the page's own


@dataclass(frozen=True)
class Filters:
    """What a person asked to see; what cannot be read narrows nothing."""

    q: str = ""
    state: str = Deal.State.OPEN
    sort: str = "closes"
    slice: Slice = field(default_factory=Slice)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """From a query string. What is open stands first to close, what is over last closed first."""
        state = given.get("state", "") if given.get("state") in (*Deal.State.values, ALL) else Deal.State.OPEN
        sort, usual = given.get("sort", ""), "closes" if state == Deal.State.OPEN else "-closes"
        return cls(
            given.get("q", "").strip()[:200],
            state,
            sort if sort.removeprefix("-") in SORTS else usual,
            Slice.read(given),
        )


@dataclass(frozen=True)
class Row:
    """A deal in the list, and what is asked in it."""

    deal: Deal
    asks: Asks


@dataclass(frozen=True)
class Totals:
    """What the deals that fit add up to: how many, worth a year, and how many of the open ones close soon."""

    deals: int
    amount: float
    soon: int


def fitting(actor: Actor, product: Product, filters: Filters) -> QuerySet[Deal]:
    """The deals that the filters leave, in their order; what has no date or amount comes last."""
    rows = Deal.objects.visible_to(actor).filter(product=product)
    if filters.state != ALL:
        rows = rows.filter(state=filters.state)
    rows = filters.slice.of(rows)
    if filters.q:
        rows = rows.filter(Q(name__icontains=filters.q) | Q(account__in=accounts.like(actor, filters.q)))
    name, down = SORTS[filters.sort.removeprefix("-")], filters.sort.startswith("-")
    return rows.order_by(F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True), "-pk")


def listing(
    actor: Actor, product: Product, filters: Filters, page: str | int = 1
) -> tuple[Page[Deal], list[Row], Totals]:
    """One page of the list: three queries and what later stages ask, however many deals there are."""
    rows = fitting(actor, product, filters)
    shown = rows.select_related("account__segment", "competitor").defer("account__search", "account__note")
    cut = Paginator(shown, lists.PAGE).get_page(page)
    deals = list(cut.object_list)
    asks = said("deals.asks", actor, deals) if deals else {}
    return cut, [Row(deal, asks.get(deal.pk, Asks())) for deal in deals], _totals(rows)


def one(actor: Actor, product: Product, number: int) -> Deal | None:
    """A deal of the product that the actor may see."""
    rows = Deal.objects.visible_to(actor).filter(product=product, pk=number)
    return (
        rows.select_related("product", "account__segment", "brought_by", "competitor").defer("account__search").first()
    )


def _totals(rows: QuerySet[Deal]) -> Totals:
    soon = Q(state=Deal.State.OPEN, closes_on__lte=timezone.localdate() + SOON)
    told = rows.order_by().aggregate(n=Count("pk"), worth=Sum("amount", default=0), soon=Count("pk", filter=soon))
    return Totals(told["n"], float(told["worth"]), told["soon"])
