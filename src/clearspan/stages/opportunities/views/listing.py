"""The list of needs: ranked, as a tree, and by value and sureness."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clearspan.catalogue.models import MarketSize, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.web import actor_of, page
from clearspan.stages.opportunities import queries, words
from clearspan.stages.opportunities.drawings import Point, value_by_sureness
from clearspan.stages.opportunities.models import DemandStudy, Opportunity, Theme, Verdict
from clearspan.stages.opportunities.queries import listing
from clearspan.stages.opportunities.queries.listing import Filters
from clearspan.stages.opportunities.queries.tree import MOST
from clearspan.stages.opportunities.views.rows import crumbs
from clearspan.ui.figure import Figure, taken
from clearspan.ui.marks import Interval, Scale
from clearspan.ui.numbers import plural

VIEWS = (("ranked", "Ranked"), ("tree", "Tree"), ("map", "Value × sureness"))
ROWS = 30  # of the ranked list on a page: each has four drawings
DRAWN = 300  # needs on the map, the most valuable


def index(request: HttpRequest, product: Product) -> HttpResponse:
    """`?view=` chooses how the needs are shown; filters hold for the ranked list and the map."""
    actor, view = actor_of(request), request.GET.get("view", "ranked")
    filters = Filters.read(request.GET)
    shown = {"tree": _tree, "map": _map}.get(view, _ranked)(request, actor, product, filters)
    file = taken(request, [shown["map"]]) if "map" in shown else None
    context = _head(actor, product) | _filters(actor, product, filters, view) | shown
    return file or page(request, "opportunities/list.html", context, place="opportunities", crumbs=crumbs(product))


def _head(actor: Actor, product: Product) -> dict[str, Any]:
    """The answer, how fresh it is, and what waits."""
    kinds = listing.kinds(actor, product)
    first = Verdict.objects.visible_to(actor).filter(
        opportunity__product=product, opportunity__state=Opportunity.State.OPEN
    )
    best = first.select_related("opportunity").order_by("-value").first()
    study = queries.newest(actor, product)
    loudest = listing.loudest(actor, product) if kinds else []
    proposed = Theme.objects.filter(study__product=product, state=Theme.State.PROPOSED).count()
    return {
        "product": product,
        "answer": words.list_answer(kinds, best.opportunity if best else None, loudest),
        "total": sum(kinds.values()),
        "study": study,
        "unseen": queries.unseen(actor, product, study),
        "under_way": queries.under_way(actor, DemandStudy, product),
        "proposed": proposed,
        "currency": Company.ours().currency,
    }


def _filters(actor: Actor, product: Product, filters: Filters, view: str) -> dict[str, Any]:
    sizes = MarketSize.objects.visible_to(actor).filter(product=product).select_related("segment")
    address = reverse("opportunities", args=[product.key])
    return {
        "filters": filters,
        "view": view,
        "views": [(label, f"{address}?view={name}", name == view) for name, label in VIEWS],
        "segments": [("", "all segments"), *((size.segment_id, size.segment.name) for size in sizes)],
        "verdicts": [("", "any verdict"), *Verdict.Kind.choices, ("none", "Not studied yet")],
        "heard": [
            ("", "heard at any time"),
            *((str(n), f"heard in {n} months") for n in listing.HEARD_WITHIN),
        ],
        "states": [(state.value, state.label) for state in Opportunity.State],
    }


def _ranked(request: HttpRequest, actor: Actor, product: Product, filters: Filters) -> dict[str, Any]:
    table = queries.table(actor, product, filters, request.GET.get("page", 1), ROWS)
    threshold = float(Company.ours().need_threshold)
    rows = [
        {
            "row": row,
            "need": row.need,
            "verdict": row.verdict,
            "under": words.under_name(row.verdict, threshold),
            "share": five(row.verdict, "share"),
            "value": five(row.verdict, "value"),
            "trend": f"{plural(sum(row.months), 'mention')} in twelve months, {row.months[-1]} this month",
        }
        for row in table.rows
    ]
    return {
        "page": table.page,
        "rows": rows,
        "threshold": threshold,
        "shares": Scale.shares(v for row in rows if row["share"] for v in row["share"]),  # type: ignore[union-attr]
        "values": Scale.amounts([v for row in rows if row["value"] for v in row["value"]], about=3),  # type: ignore[union-attr]
    }


def _tree(request: HttpRequest, actor: Actor, product: Product, filters: Filters) -> dict[str, Any]:
    return {"outcomes": queries.tree(actor, product), "most": MOST}


def _map(request: HttpRequest, actor: Actor, product: Product, filters: Filters) -> dict[str, Any]:
    found = listing.needs(actor, product, filters).filter(verdict__isnull=False).select_related("verdict")
    drawn = [f"verdict__{name}" for name in ("kind", "value", "value_p05", "value_p95")]
    verdicts = [(need, need.verdict) for need in found.only("title", *drawn)[:DRAWN]]
    points = [Point(need.title, v.value, _known(v), v.kind != Verdict.Kind.LITTLE) for need, v in verdicts]
    unsure = [p for p in points if not p.given]
    drawing = value_by_sureness(points, alt=f"{plural(len(points), 'need')} by value at stake and sureness")
    finding = (
        f"{words.number(len(unsure)).capitalize()} of {words.number(len(points))} needs "
        f"{'wants' if len(unsure) == 1 else 'want'} more evidence"
        if unsure
        else "Of every need shown it is known whose it is"
    )
    rows = tuple(
        (need.title, v.get_kind_display(), v.value, v.value_p05, v.value_p95, _known(v)) for need, v in verdicts
    )
    unit = (
        "To the right: value at stake a year. Up: how narrow its interval is, 100 % being a point; hollow where no "
        "verdict is given. Low and far to the right is where asking pays most."
    )
    header = ("Need", "Verdict", "Value at stake, a year", "5 %", "95 %", "Known")
    return {"map": Figure("value-and-sureness", finding, unit, drawing, header, rows), "drawn": len(points)}


def _known(verdict: Verdict) -> float:
    """1 less the width of the interval over twice its middle: 1 when the value is a point, 0 when it may be nothing."""
    low, high = verdict.value_p05, verdict.value_p95
    return 1 - (high - low) / (high + low) if high > 0 else 0.0


def five(verdict: Verdict | None, name: str) -> Interval | None:
    """A verdict's five numbers for a mark; `likely` is the mean."""
    if verdict is None:
        return None
    ends = [getattr(verdict, f"{name}_{level}") for level in ("p05", "p25", "p75", "p95")]
    return Interval(ends[0], ends[1], getattr(verdict, name), ends[2], ends[3])
