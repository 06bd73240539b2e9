"""The market of a product: whom it serves, against whom, and how that goes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue import answers, competing
from clearspan.catalogue.actions import create_segment, set_market_size
from clearspan.catalogue.forms import NewSegmentForm, SizeForm
from clearspan.catalogue.models import MarketSize, Product, Segment
from clearspan.catalogue.queries import competition
from clearspan.catalogue.queries import market as reads
from clearspan.catalogue.queries.market import WinLoss
from clearspan.catalogue.reason_bars import reason_bars
from clearspan.catalogue.rules import admins, either, product_people
from clearspan.catalogue.views.common import form_page, frame
from clearspan.core import panels
from clearspan.core.web import actor_of, must, page
from clearspan.ui.figure import Figure, taken
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import money, plural


def market(request: HttpRequest, product: Product) -> HttpResponse:
    """Whom do we serve, against whom?"""
    return _page(request, product)


def heard(request: HttpRequest, product: Product) -> HttpResponse:
    """How many accounts of each segment were heard: into the cells of the table, once it is there. The row `but` that
    is open to be changed has no such cell."""
    segments, whole = reads.heard(actor_of(request), product)
    shown = {pk: number for pk, number in segments.items() if str(pk) != request.GET.get("but")}
    return render(request, "catalogue/_heard.html", {"segments": shown, "whole": whole})


def size(request: HttpRequest, product: Product, segment: int) -> HttpResponse:
    """The same page with one segment's size open in its row."""
    actor = actor_of(request)
    row = Segment.objects.visible_to(actor).filter(pk=segment).first()
    if row is None:
        raise Http404("no such segment")
    must(actor, set_market_size, product=product)
    now = MarketSize.objects.visible_to(actor).filter(product=product, segment=row).first()
    form = SizeForm(request.POST or None, initial=SizeForm.initial_of(now))
    if form.do(request, set_market_size, product=product, segment=row):
        return redirect(f"{reverse('market', args=[product.key])}#segment-{row.pk}")
    return _page(request, product, {"open": row.pk, "form": form, "now": now}, 422 if form.errors else 200)


def new_segment(request: HttpRequest, product: Product) -> HttpResponse:
    """Adds a segment of the market and says how large it is."""
    must(actor_of(request), create_segment)
    must(actor_of(request), set_market_size, product=product)
    form = NewSegmentForm(request.POST or None)
    if form.do(request, create_segment, product=product):
        return redirect("new_segment" if "another" in request.POST else "market", product.key)
    words = {
        "answer": f"Whom does {product} serve?",
        "lede": "A segment is a part of the market whose accounts are alike in what they need. Its size turns what was "
        "heard into a share of the market instead of a count of voices.",
        "save": "Add the segment", "another": "Add, and another", "back": reverse("market", args=[product.key]),
        "draft": f"segment:{product.key}",
    }  # fmt: skip
    return form_page(request, product, form, words, ("New segment", ""))


def _page(
    request: HttpRequest, product: Product, opened: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found, won = reads.market(actor, product), reads.win_loss(actor, product)
    rivals = competition.rivals(actor, product, request.GET.get("page"))
    shown = frame(actor, product, "market")
    losses = _losses(won, shown["currency"])
    file = taken(request, [losses]) if losses else None
    context = shown | {
        "market": found,
        "answer": answers.of_market(product, found, shown["currency"], competing.names(rivals.names)),
        "lede": answers.under_market(found),
        "scale": Scale.amounts([part.worth for part in found.parts], about=3) if found.parts else None,
        "won": won,
        "won_finding": answers.of_win_loss(won),
        "losses": losses,
        "rivals": [_rival(one) for one in rivals.shown],
        "page": rivals.page,
        "panels": panels.ask("market", actor, product),
        "may_segment": either(product_people, admins)(actor, {}),
        **(opened or {}),
    }
    return file or page(
        request, "catalogue/market.html", context, place="market", crumbs=[("Market", "")], status=status
    )


def _rival(one: competition.Rival) -> dict[str, Any]:
    """A competitor in its row: how deals ended, what its offers cost, how old that is."""
    today = timezone.localdate()
    sold = [offered for offered in one.offers if not offered.offer.ended_on]
    sold.sort(key=lambda offered: (offered.change is None, offered.now is None))  # what moved is news
    return {
        "one": one,
        "offers": [(offered, competing.amount(offered.now), competing.moved(offered)) for offered in sold[:1]],
        "more": len(sold) - 1,
        "seen": competing.ago(one.newest, today) if one.newest else "",
    }


def _losses(found: WinLoss, currency: str) -> Figure | None:
    """Why deals were lost; None when nobody has given a reason."""
    if not any(why for why, _ in found.reasons):
        return None
    rows = [(why or "No reason given", tally) for why, tally in found.reasons]
    drawing, phone = reason_bars(
        [(why, tally.deals, f"{tally.deals}, {money(tally.amount, currency)}") for why, tally in rows],
        "; ".join(f"{why}: {plural(tally.deals, 'deal')}" for why, tally in rows),
    )
    cells = tuple((why, tally.deals, tally.amount) for why, tally in rows)
    unit = "Deals lost in twelve months, by the reason given, and what they were worth a year"
    return Figure(
        "losses",
        answers.of_losses(found, currency),
        unit,
        drawing,
        ("Reason", "Deals", f"Worth a year, {currency}"),
        cells,
        narrow=phone,
    )
