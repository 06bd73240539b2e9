"""Rows like what is being written into a form's field, as options for it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clearspan.catalogue.choosing import finders, named
from clearspan.catalogue.models import Account, Deal, Product
from clearspan.catalogue.queries import accounts
from clearspan.core.actor import Actor
from clearspan.core.web import actor_of

MOST = 12


def like(request: HttpRequest, product: Product, kind: str) -> HttpResponse:
    """The accounts, the product's open deals or what stages offer, whose names have the words of the field `kind`."""
    find = finders.get(kind)
    if find is None:
        raise Http404("nothing of that kind is looked for here")
    rows = find(actor_of(request), product, request.GET.get(kind, "").strip()[:200])[:MOST]
    return render(request, "catalogue/widgets/options.html", {"names": [named(row) for row in rows]})


def _accounts(actor: Actor, product: Product, words: str) -> QuerySet[Account]:
    return accounts.like(actor, words).order_by("name")


def _deals(actor: Actor, product: Product, words: str) -> QuerySet[Deal]:
    rows = Deal.objects.visible_to(actor).filter(product=product, state=Deal.State.OPEN)
    return rows.filter(name__icontains=words) | rows.filter(account__in=accounts.like(actor, words))


finders |= {"account": _accounts, "deal": _deals}
