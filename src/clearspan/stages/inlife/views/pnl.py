"""Is it earning what it should? The P&L of a product, its forecast, and the page over all products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.web import actor_of, page
from clearspan.stages.inlife import figures, table, words
from clearspan.stages.inlife.queries import amounts, bridges, outlook
from clearspan.stages.inlife.queries import pnl as reads
from clearspan.stages.inlife.queries.portfolio import portfolio as read_portfolio
from clearspan.stages.inlife.views.common import PLACE, crumbs, frame, with_values
from clearspan.stages.inlife.years import Year, this_year
from clearspan.stages.inlife.years import asked as asked_year
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale


@require_safe
def inlife(request: HttpRequest, product: Product) -> HttpResponse:
    """Is it earning what it should?"""
    actor, currency, asked = actor_of(request), Company.ours().currency, request.GET
    years = amounts.years(product)
    if not years:
        said = frame(request, product, "inlife")
        return page(request, "inlife/empty.html", said, place=PLACE, crumbs=crumbs(product))
    year, regions = _year(asked.get("year", ""), years), amounts.regions(product)
    region = asked.get("region", "") if asked.get("region", "") in regions else ""
    found = reads.pnl(
        actor, product, year, region=region, by_month=asked.get("by") == "month", source=asked.get("rest", ""),
        against=asked.get("against", "").replace("-", " "),
    )  # fmt: skip
    ways = bridges.ways(found)
    chosen = asked.get("bridge", "")
    way = bridges.way(actor, product, found, chosen if chosen in ways else ways[0], region) if ways else None
    pictures = _pictures(request, found, way, currency)
    if copy := taken(request, [*pictures.values(), table.figure(found, currency)]):
        return copy
    context = frame(request, product, "inlife") | pictures | {
        "pnl": found, "table": table.table(found, currency), "copies": table.figure(found, currency),
        "answer": words.of_page(found, currency),
        "under": words.instead(asked.get("year", ""), year) + words.under_page(found, currency),
        "finding": words.of_table(found, currency), "way_words": words.under_bridge(way) if way else "",
        "ways": [(words.WAYS[one], f"?{with_values(asked, bridge=one)}", way is not None and one == way.way)
                 for one in ways],
        "scale": _head_scale(found), "years": _choices(years), "region": region,
        "regions": [("", "all regions"), *((one, one) for one in regions)],
        "bys": [("", "by quarter"), ("month", "by month")], "by": asked.get("by", ""),
        "held": [(key, f"against {words.HELD[key]}") for key in words.HELD if key.replace("-", " ") in found.has],
        "against": found.held_against.replace(" ", "-"), "under_way": outlook.under_way(actor, product),
        "stale": found.outlook is not None and found.booked is not None and found.outlook.booked != found.booked,
    }  # fmt: skip
    return page(request, "inlife/pnl.html", context, place=PLACE, crumbs=crumbs(product))


@require_safe
def progress(request: HttpRequest, product: Product) -> HttpResponse:
    """How far the forecast is; when it is over, the page is loaded anew."""
    under_way = outlook.under_way(actor_of(request), product)
    response = render(request, "inlife/_progress.html", {"under_way": under_way, "product": product})
    if under_way is None:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """What does each product earn, against its budget?"""
    actor, currency = actor_of(request), Company.ours().currency
    if not actor.is_employee:
        raise Http404("nothing to see")
    found = read_portfolio(actor, asked_year(request.GET.get("year", "")) or this_year())
    unit = figures.Unit.over([one.revenue for one in found.rows])
    bars = figures.portfolio_bars(found, currency)
    context = {
        "found": found, "currency": currency, "answer": words.of_portfolio(found, currency),
        "under": words.under_portfolio(found, currency),
        "rows": [(one, unit.write(one.revenue), bar) for one, bar in zip(found.rows, bars, strict=True)],
        "unit_words": words.unit(currency, unit.name), "scale": figures.portfolio_scale(found),
        "years": _choices(found.years),
    }  # fmt: skip
    return page(request, "inlife/portfolio.html", context, place="earnings", crumbs=[("Earnings", "")])


def _pictures(request: HttpRequest, found: reads.Pnl, way: bridges.Way | None, currency: str) -> dict[str, Any]:
    """The bridge and the fan, as far as there is something to draw."""
    drawn: dict[str, Any] = {}
    if way is not None:
        drawn["bridge"] = figures.bridge(way, currency)
    if found.outlook is not None and not found.region:
        past, plan = reads.by_month(actor_of(request), found.product, found.outlook, "revenue")
        fan = figures.fan(found.outlook, past, plan, "revenue", "Revenue", currency)
        drawn |= {"fan": fan} if fan is not None else {}
    return drawn


def _head_scale(found: reads.Pnl) -> Scale | None:
    if found.five is None:
        return None
    ends = [*found.five, *([found.reference] if found.reference is not None else [])]
    return Scale.amounts(ends, zero=min(ends) <= 0.5 * max(ends))


def _year(asked: str, years: list[Year]) -> Year:
    """The year that is asked for, else this one, else the last one with entries up to now."""
    wanted, now = asked_year(asked), this_year()
    return wanted if wanted in years else next((one for one in years if one <= now), years[-1])


def _choices(years: Sequence[Year]) -> list[tuple[str, str]]:
    """As an address names each, and as it is called."""
    return [(str(one.number), str(one)) for one in years]
