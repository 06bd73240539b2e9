"""What will it earn? The forecast of each line and sum, and how it was made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.web import actor_of, page
from clearspan.stages.inlife import figures, words
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.queries import amounts, outlook
from clearspan.stages.inlife.queries import pnl as reads
from clearspan.stages.inlife.views.common import PLACE, crumbs, frame
from clearspan.ui.figure import taken

SUMS = {"revenue": "Revenue", "gross": "Gross margin", "contribution": "Contribution"}


@require_safe
def forecast(request: HttpRequest, product: Product) -> HttpResponse:
    """What is likely to come, line by line."""
    actor, currency, asked = actor_of(request), Company.ours().currency, request.GET.get("of", "contribution")
    ours, chart = outlook.outlook(actor, product), amounts.lines()
    line = next((one for one in chart if one.ref == asked), None)
    key, name = (
        (str(line.pk), line.name)
        if line
        else (asked, SUMS[asked])
        if asked in SUMS
        else ("contribution", "Contribution")
    )
    fan = None
    if ours is not None:
        past, plan = reads.by_month(actor, product, ours, line.ref if line else key)
        fan = figures.fan(ours, past, plan, key, name, currency, width=792)
    if copy := taken(request, [fan] if fan else []):
        return copy
    context = frame(request, product, "inlife") | {
        "outlook": ours, "fan": fan, "of": line.ref if line else key, "under_way": outlook.under_way(actor, product),
        "answer": words.of_forecast(product, ours, fan, name, currency),
        "choices": [*SUMS.items(), *_forecast_lines(ours, chart)], "methods": _methods(ours, chart),
    }  # fmt: skip
    return page(request, "inlife/forecast.html", context, place=PLACE, crumbs=crumbs(product, ("Forecast", "")))


def _forecast_lines(ours: outlook.Outlook | None, chart: list[LedgerLine]) -> list[tuple[str, str]]:
    known = ours.study.result["lines"] if ours is not None else {}
    return [(line.ref, line.name) for line in chart if str(line.pk) in known]


def _methods(ours: outlook.Outlook | None, chart: list[LedgerLine]) -> list[tuple[str, str]]:
    """How each line was forecast."""
    known = ours.study.result["lines"] if ours is not None else {}
    return [(line.name, known[str(line.pk)]["method"]) for line in chart if str(line.pk) in known]
