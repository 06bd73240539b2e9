"""The whole line through a row."""

from __future__ import annotations

import contextlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, NotThere
from clearspan.core.comments import kind_of
from clearspan.core.web import actor_of, page
from clearspan.stages.trace.picture import picture
from clearspan.stages.trace.queries import is_on_line, line_of
from clearspan.stages.trace.sentences import became, why
from clearspan.ui.figure import taken

FORWARD = 2  # stations from which one asks what became of it; from later ones, why it is built


def line(request: HttpRequest, product: Product, reference: str) -> HttpResponse:
    """Why, and what came of it?"""
    actor, row = actor_of(request), None
    with contextlib.suppress(Invalid, NotThere):
        kind: Any = kind_of(reference)
        row = kind.objects.visible_to(actor).referred(reference).first()
    found = line_of(actor, row) if is_on_line(row) else None
    if found is None or getattr(found.about, "product", product) != product:
        raise Http404("it is not on this product's line")
    figure, stations = picture(actor, found)
    copy = taken(request, [figure])
    if copy is not None:
        return copy
    asks_why = found.here >= FORWARD
    context = {
        "product": product, "row": row, "line": found, "figure": figure, "stations": stations, "asks_why": asks_why,
        "sentence": (why if asks_why else became)(actor, found),
    }  # fmt: skip
    return page(request, "trace/line.html", context, place="trace", crumbs=[("Trace", ""), (str(row), "")], about=row)
