"""When will it be done?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, page
from clearspan.stages.development import forecast_figures, forecast_words
from clearspan.stages.development.forms.forecast import WhatIfForm
from clearspan.stages.development.queries import forecast as read
from clearspan.ui.figure import taken


def forecast(request: HttpRequest, product: Product) -> HttpResponse:
    """When will it be done, and how sure is that?"""
    today = timezone.localdate()
    found = read.forecast(actor_of(request), product, today, request.GET.get("of", ""))
    figures = {
        "burn_up": forecast_figures.burn_up(found, today),
        "by_option": forecast_figures.options(found.parts, today),
    }
    copy = taken(request, [figure for figure in figures.values() if figure is not None])
    if copy is not None:
        return copy
    form, answer = _what_if(request, found)
    context: dict[str, Any] = {
        "product": product, "found": found, "answer": forecast_words.of_page(found, today),
        "under": forecast_words.under_page(found), "form": form, "what_if": answer, "switch": _switch(found),
        "parts": [(part, forecast_words.of_part(part, today)) for part in found.parts],
        "cycle": forecast_words.of_cycle_times(found.result.get("cycle_time")) if found.study else "",
        "growth": forecast_words.growth_rows(found, today), **figures,
    }  # fmt: skip
    crumbs = [("Development", reverse("development", args=[product.key])), ("Forecast", "")]
    return page(request, "development/forecast.html", context, place="development", crumbs=crumbs, about=found.option)


def forecast_progress(request: HttpRequest, product: Product) -> HttpResponse:
    """The progress of a forecast; when it is over, the page is loaded anew."""
    found = read.forecast(actor_of(request), product, timezone.localdate(), request.GET.get("of", ""))
    response = render(request, "development/_forecast_progress.html", {"found": found, "product": product})
    if found.under_way is None:
        response["HX-Refresh"] = "true"
    return response


def _what_if(request: HttpRequest, found: read.Forecast) -> tuple[WhatIfForm | None, str]:
    """The form, and the answer when it was asked."""
    if found.study is None:
        return None, ""
    today = timezone.localdate()
    if "remaining" not in request.GET:
        return WhatIfForm(initial={"remaining": found.result["remaining"], "start": today}), ""
    form = WhatIfForm(request.GET)
    if not form.is_valid():
        return form, ""
    remaining, start = form.cleaned_data["remaining"], form.cleaned_data["start"]
    return form, forecast_words.of_what_if(read.what_if(found.study, remaining, start), remaining, start, today)


def _switch(found: read.Forecast) -> list[tuple[str, str, bool]]:
    """All of the product, or one team. An option that is looked at stands there too."""
    choices = [("Everything", "?", found.about is None)]
    choices += [(str(team), f"?of={team.ref}", team == found.team) for team in found.teams]
    if found.option is not None:
        choices.append((str(found.option), f"?of={found.option.ref}", True))
    return choices if len(choices) > 1 else []
