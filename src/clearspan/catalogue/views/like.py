"""Rows like what is being written into a form's field, by name."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse

from clearspan.catalogue.choosing import MOST, all_named, finders
from clearspan.catalogue.models import Account, Deal, Product
from clearspan.catalogue.queries import accounts
from clearspan.core.actor import Actor
from clearspan.core.web import actor_of


def like(request: HttpRequest, product: Product, kind: str) -> JsonResponse:
    """The accounts, the product's open deals or what stages offer, whose names have the words `q`; a list of names."""
    find = finders.get(kind)
    if find is None:
        raise Http404("nothing of that kind is looked for here")
    rows = find(actor_of(request), product, request.GET.get("q", "").strip()[:200])[:MOST]
    return JsonResponse(all_named(rows), safe=False)


def _accounts(actor: Actor, product: Product, words: str) -> QuerySet[Account]:
    rows = accounts.like(actor, words) if words else Account.objects.visible_to(actor)
    return rows.order_by("name")


def _deals(actor: Actor, product: Product, words: str) -> QuerySet[Deal]:
    rows = Deal.objects.visible_to(actor).filter(product=product, state=Deal.State.OPEN)
    return rows.filter(name__icontains=words) | rows.filter(account__in=accounts.like(actor, words))


finders |= {"account": _accounts, "deal": _deals}
