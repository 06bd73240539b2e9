"""What the catalogue's pages share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import Product, Segment
from clearspan.catalogue.queries.competition import competitors
from clearspan.catalogue.rules import either, product_people, sells, works_on
from clearspan.core import comments, history, panels
from clearspan.core.actions import registry
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.core.models import Company
from clearspan.core.records import Record
from clearspan.core.web import actor_of, page

PLACES = (("market", "Market"), ("accounts", "Accounts"), ("deals", "Deals"), ("won_and_lost", "Won and lost"))


def frame(actor: Actor, product: Product, here: str) -> dict[str, Any]:
    """The product, the currency, the switch between the market's pages, and what the actor may change on them."""
    places = [*PLACES, *panels.ask("market.places", actor, product)]
    return {
        "product": product,
        "currency": Company.ours().currency,
        "places": [(label, reverse(name, args=[product.key]), name == here) for name, label in places],
        "may_size": works_on(actor, {"product": product}),
        "may_sell": either(sells, works_on)(actor, {"product": product}),
        "may_keep": either(sells, product_people)(actor, {}),
    }


def rival_choices(actor: Actor, product: Product) -> list[tuple[int, str]]:
    return list(competitors(actor, product).values_list("pk", "name"))


def _may_remove(actor: Actor, removes: dict[str, Any]) -> bool:
    return registry[removes["action"]].may(actor, **{removes["parameter"]: removes["row"]})


def segment_choices(actor: Actor) -> list[tuple[int, str]]:
    return list(Segment.objects.visible_to(actor).values_list("pk", "name"))


def kept_with(actor: Actor, row: Record) -> dict[str, Any]:
    """What stands under every row's page: comments, and what was done to it."""
    return {"row": row, "comments": comments.about(actor, row), "events": history.of(actor, row, limit=12)}


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Market", reverse("market", args=[product.key])), *more]


def form_page(
    request: HttpRequest,
    product: Product,
    form: ActionForm,
    words: dict[str, Any],
    *more: tuple[str, str],
) -> HttpResponse:
    """The one template that every form of the catalogue is shown in.

    `words`: `answer`, `lede`, `save`, `another` (a second button), `back` (where one leaves to), `draft` (the key it is
    kept under until it is sent), and `removes`, {"action", "parameter", "row", "to"}, when the row can
    be removed here.
    """
    context = {"product": product, "form": form, **words}
    if (removes := words.get("removes")) and not _may_remove(actor_of(request), removes):
        del context["removes"]
    where = crumbs(product, *more)
    status = 422 if form.errors else 200
    return page(request, "catalogue/form.html", context, place="market", crumbs=where, status=status)
