"""What is asked for in deals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.catalogue.queries import accounts
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Ask

WAYS = ("deal__account__segment", "deal__product", "feedback__copy_of", "asked_by", "answered_by")


def asks(actor: Actor, product: Product, *, state: str = "", q: str = "", mine: bool = False) -> QuerySet[Ask]:
    """The asks about a product: those needed first stand first, then the newest. `q` is words of the request, the deal
    or the account; `mine` are those the actor asked."""
    rows = of_product(actor, product)
    if state:
        rows = rows.filter(state=state)
    if mine:
        rows = rows.filter(asked_by=actor.person)
    if q:
        rows = rows.filter(
            Q(wants__icontains=q) | Q(deal__name__icontains=q) | Q(deal__account__in=accounts.like(actor, q))
        )
    return for_a_list(rows).order_by(F("needed_by").asc(nulls_last=True), "-pk")


def for_a_list(rows: QuerySet[Ask] | None = None) -> QuerySet[Ask]:
    """Asks (`rows`, or any) with what a list shows of each."""
    shown = (Ask.objects.all() if rows is None else rows).select_related(*WAYS)
    return shown.defer("feedback__search", "feedback__copy_of__search", "deal__account__search")


def of_product(actor: Actor, product: Product) -> QuerySet[Ask]:
    """Every ask about a product."""
    return Ask.objects.visible_to(actor).filter(deal__product=product)


def one(actor: Actor, product: Product, number: int) -> Ask | None:
    """One ask with its deal and what was said."""
    return (
        asks(actor, product).filter(pk=number).select_related(*WAYS, "feedback__contact", "feedback__account").first()
    )


@dataclass(frozen=True)
class Waiting:
    """Open asks: how many, how many needed today or before, how many within the week."""

    open: int
    late: int
    soon: int


def waiting(actor: Actor, product: Product) -> Waiting:
    """How many asks wait, in one query."""
    today = timezone.localdate()
    rows = of_product(actor, product).filter(state=Ask.State.OPEN).order_by()
    told = rows.aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(needed_by__lte=today)),
        soon=Count("pk", filter=Q(needed_by__lte=today + dt.timedelta(days=7))),
    )
    return Waiting(**told)
