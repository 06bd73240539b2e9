"""What is sold instead, and by us: each offer with its prices, and the forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue import competing
from clearspan.catalogue.actions import change_offer, record_offer, record_price
from clearspan.catalogue.actions import change_price as put_right
from clearspan.catalogue.market_forms import NewOfferForm, OfferForm, PriceForm
from clearspan.catalogue.models import Competitor, Offer, Product
from clearspan.catalogue.queries import competition as reads
from clearspan.catalogue.queries.competition import Offered
from clearspan.catalogue.views.common import crumbs, form_page, frame, kept_with
from clearspan.core.web import actor_of, must, page
from clearspan.ui.numbers import plural


def shown_offers(offers: Iterable[Offered]) -> list[dict[str, Any]]:
    """Rows of the table of offers: those that are sold first."""
    rows = sorted(offers, key=lambda one: one.offer.ended_on is not None)
    return [
        {
            "one": one, "costs": competing.amount(one.now), "moved": competing.moved(one),
            "seen": competing.ago(one.now.seen_on, one.today) if one.now else "",
            "trend": _trend(one),
        }
        for one in rows
    ]  # fmt: skip


def ours(request: HttpRequest, product: Product) -> HttpResponse:
    """What do we sell, at what price?"""
    actor = actor_of(request)
    offers = reads.offers(actor, product)
    answer = (
        f"{product} is sold as {plural(len(offers), 'offer')}." if offers else f"What {product} costs is not noted."
    )
    context = frame(actor, product, "") | {"offers": shown_offers(offers), "answer": answer}
    where = crumbs(product, ("Our own prices", ""))
    return page(request, "catalogue/our_offers.html", context, place="market", crumbs=where)


def offer(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What does it cost, what did it cost, and who says so?"""
    actor, found = actor_of(request), _offered(request, product, pk)
    form = PriceForm(
        request.POST or None, initial={"per": found.now.per, "currency": found.now.currency} if found.now else {}
    )
    if request.method == "POST":
        must(actor, record_price, offer=found.offer)
    if form.do(request, record_price, offer=found.offer):
        return redirect("offer", product.key, pk)
    context = frame(actor, product, "") | kept_with(actor, found.offer) | {
        "found": found, "offer": found.offer, "answer": competing.of_offer(found), "form": form,
        "prices": [(one, competing.amount(one), competing.ago(one.seen_on, found.today)) for one in found.prices],
        "trend": _trend(found),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(
        request, "catalogue/offer.html", context, place="market", crumbs=_where(product, found.offer), status=status
    )


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """`?competitor=CP-3` names whose it is already; without, it may be ours."""
    actor = actor_of(request)
    must(actor, record_offer, product=product)
    whose = Competitor.objects.visible_to(actor).filter(product=product).referred(request.GET.get("competitor", ""))
    competitor = whose.first()
    form = NewOfferForm(actor, product, request.POST or None, initial={"competitor": competitor})
    if done := form.do(request, record_offer, product=product):
        return redirect("offer", product.key, done.result.pk)
    back = _back(product, competitor)
    words = {
        "answer": f"What does {competitor} sell?" if competitor else "What is sold, by whom, and what does it cost?",
        "lede": "A price has a day and a source, and stays when it changes: how it moved says more than what it is.",
        "save": "Add the offer", "back": back, "draft": f"offer:{product.key}",
    }  # fmt: skip
    return form_page(request, product, form, words, ("New offer", ""))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    found = _offered(request, product, pk).offer
    must(actor_of(request), change_offer, offer=found)
    form = OfferForm(request.POST or None, initial=OfferForm.initial_of(found))
    if form.change(request, change_offer, offer=found):
        return redirect("offer", product.key, pk)
    words = {
        "answer": str(found), "save": "Keep", "back": reverse("offer", args=[product.key, pk]), "draft": found.ref,
        "removes": {"action": "remove_offer", "parameter": "offer", "row": found,
                    "to": _back(product, found.competitor)},
    }  # fmt: skip
    return form_page(request, product, form, words, *_where(product, found, ("Change", ""))[1:])


def change_price(request: HttpRequest, product: Product, pk: int, price: int) -> HttpResponse:
    """What was noted wrongly is put right; a price that changed is a new one."""
    found = _offered(request, product, pk)
    row = next((one for one in found.prices if one.pk == price), None)
    if row is None:
        raise Http404("no such price")
    must(actor_of(request), put_right, price=row)
    form = PriceForm(request.POST or None, initial=PriceForm.initial_of(row))
    back = reverse("offer", args=[product.key, pk])
    if form.change(request, put_right, price=row):
        return redirect(back)
    words = {
        "answer": f"What did {found.offer} cost on {row.seen_on:%-d %B %Y}?",
        "lede": "Put right what was noted wrongly. A price that has changed since is a new one: it stands beside this.",
        "save": "Keep", "back": back, "draft": row.ref,
        "removes": {"action": "remove_price", "parameter": "price", "row": row, "to": back},
    }  # fmt: skip
    return form_page(request, product, form, words, *_where(product, found.offer, ("Price", ""))[1:])


def _trend(found: Offered) -> list[float]:
    """The prices that can be held against the newest, oldest first; nothing when there are too few for a line."""
    like = [one for one in reversed(found.prices) if found.now and reads.is_like(one, found.now)]
    return [float(one.amount or 0) for one in like] if len(like) > 1 else []


def _offered(request: HttpRequest, product: Product, pk: int) -> Offered:
    found = reads.one_offer(actor_of(request), product, pk)
    if found is None:
        raise Http404("no such offer")
    return found


def _back(product: Product, competitor: Competitor | None) -> str:
    return reverse("competitor", args=[product.key, competitor.pk]) if competitor else reverse(
        "our_offers", args=[product.key]
    )  # fmt: skip


def _where(product: Product, offer: Offer, *more: tuple[str, str]) -> list[tuple[str, str]]:
    whose = offer.competitor.name if offer.competitor else "Our own prices"
    here = reverse("offer", args=[product.key, offer.pk]) if more else ""
    return crumbs(product, (whose, _back(product, offer.competitor)), (str(offer), here), *more)
