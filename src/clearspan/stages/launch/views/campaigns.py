"""Promotion: the list, the page of one campaign, and its forms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.catalogue.views.common import kept_with
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page
from clearspan.stages.launch import campaign_figures, campaign_words
from clearspan.stages.launch.actions.campaigns import (
    change_campaign,
    plan_campaign,
    record_campaign_result,
    stop_campaign,
)
from clearspan.stages.launch.campaign_start import option_of, start_of
from clearspan.stages.launch.forms.campaigns import CampaignForm, ChangeCampaignForm, ResultForm, StopForm
from clearspan.stages.launch.models import Campaign, Launch
from clearspan.stages.launch.queries import campaigns as reads
from clearspan.stages.launch.rules import works_on
from clearspan.stages.launch.views.common import form_page
from clearspan.stages.options.models import Option
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale

STATES = [("", "any state"), *Campaign.State.choices]


def campaigns(request: HttpRequest, product: Product) -> HttpResponse:
    """What do we promote, and what does a customer cost us there?"""
    actor, state = actor_of(request), request.GET.get("state", "")
    every, currency = reads.campaigns(actor, product, state=state), Company.ours().currency
    shown = reads.cut(every, request.GET.get("page", 1))
    rows = list(shown)
    context = {
        "product": product, "page": shown, "rows": rows, "currency": currency, "states": STATES, "state": state,
        "answer": campaign_words.of_list(every, currency), "scale": campaign_figures.scale_of_cost(rows),
        "may_work": works_on(actor, {"product": product}),
    }  # fmt: skip
    return page(request, "launch/campaigns.html", context, place="launches", crumbs=_crumbs(product))


def campaign(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What has a customer cost so far, and what can the case bear?"""
    return _shown(request, product, _campaign(request, product, pk), ResultForm(initial={"day": timezone.localdate()}))


@require_POST
def result(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Notes what came, or why it stops."""
    row = _campaign(request, product, pk)
    if "stop" in request.POST:
        stop = StopForm(request.POST)
        done = stop.do(request, stop_campaign, campaign=row)
        return redirect("campaign", product.key, pk) if done else _shown(request, product, row, ResultForm(), stop)
    form = ResultForm(request.POST)
    if form.do(request, record_campaign_result, campaign=row):
        return redirect("campaign", product.key, pk)
    return _shown(request, product, row, form)


def plan(request: HttpRequest, product: Product) -> HttpResponse:
    """A new campaign, with what the definition and the case say filled in."""
    actor = actor_of(request)
    must(actor, plan_campaign, product=product)
    launch = Launch.objects.visible_to(actor).filter(product=product).referred(request.GET.get("launch", "")).first()
    option = Option.objects.visible_to(actor).filter(product=product).referred(request.GET.get("option", "")).first()
    option = option or option_of(launch)
    initial: dict[str, Any] = {"launch": launch, "option": option, "starts": launch.planned_on if launch else None}
    if request.method == "GET":
        initial |= vars(start_of(actor, product, option))
    form = CampaignForm(actor, product, request.POST or None, initial=initial)
    if done := form.do(request, plan_campaign, product=product):
        return redirect("campaign", product.key, done.result.pk)
    words = {
        "answer": "Whom does it win, with what, at what cost?", "save": "Plan it", "draft": f"campaign:{product.key}",
        "lede": "What an option’s definition and business case know is filled in. The customers are those of the whole "
        "case: say how many of them this campaign brings.",
        "back": reverse("campaigns", args=[product.key]),
    }  # fmt: skip
    return form_page(request, product, form, words, _crumbs(product, ("A new campaign", "")))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Changes what was planned."""
    actor, row = actor_of(request), _campaign(request, product, pk)
    must(actor, change_campaign, campaign=row)
    form = ChangeCampaignForm(actor, product, request.POST or None, initial=ChangeCampaignForm.initial_of(row))
    if form.change(request, change_campaign, campaign=row):
        return redirect("campaign", product.key, pk)
    here = reverse("campaign", args=[product.key, pk])
    words = {"answer": row.name, "save": "Keep", "draft": row.ref, "back": here}
    return form_page(request, product, form, words, _crumbs(product, (row.name, here), ("Change", "")))


def _shown(
    request: HttpRequest, product: Product, row: Campaign, form: ResultForm, stop: StopForm | None = None
) -> HttpResponse:
    actor, currency = actor_of(request), Company.ours().currency
    (one,) = reads.stands([row])
    picture = campaign_figures.over_time(one, currency)
    if copy := taken(request, [picture] if picture else []):
        return copy
    expected = [row.low, row.likely, row.high]
    context = kept_with(actor, row) | {
        "product": product, "campaign": row, "one": one, "currency": currency, "form": form, "stop": stop or StopForm(),
        "answer": campaign_words.of_campaign(one, currency), "under": campaign_words.under(one),
        "spent": campaign_figures.spent_words(one, currency), "figure": picture,
        "came": "" if row.is_open else campaign_words.came(one),
        "scale": campaign_figures.scale_of_cost([one]), "share_scale": _shares(one), "expected": expected,
        "may_work": works_on(actor, {"campaign": row}),
    }  # fmt: skip
    status = 422 if form.errors or (stop and stop.errors) else 200
    where = _crumbs(product, (row.name, ""))
    return page(request, "launch/campaign.html", context, place="launches", crumbs=where, status=status)


def _shares(one: reads.Stand) -> Scale | None:
    return Scale.shares(value for *_, five in one.funnel for value in five) if one.funnel else None


def _campaign(request: HttpRequest, product: Product, pk: int) -> Campaign:
    rows = Campaign.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    row: Campaign | None = rows.select_related("product", "launch", "option__product", "segment", "keeper").first()
    if row is None:
        raise Http404("no such campaign")
    return row


def _crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    start = ("Launches", reverse("launches", args=[product.key]))
    return [start, ("Campaigns", reverse("campaigns", args=[product.key]) if more else ""), *more]
