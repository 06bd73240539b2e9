"""Who stays, by when they came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from clearspan.catalogue.models import Product
from clearspan.core.web import page
from clearspan.stages.inlife import cohort_words
from clearspan.stages.inlife.queries.cohorts import cohort_table
from clearspan.stages.inlife.views.improving import PLACE, crumbs, frame
from clearspan.ui.figure import taken

SHOWN = 13  # months after the first that the table has columns for


def cohorts(request: HttpRequest, product: Product) -> HttpResponse:
    """Who stays, by when they came?"""
    found = cohort_table(product)
    picture = cohort_words.curve(found) if found else None
    if copy := taken(request, [picture] if picture else []):
        return copy
    rows = []
    if found:
        for first, size, kept in zip(found.firsts, found.found.sizes, found.found.kept, strict=True):
            cells = ["" if n < 0 else str(int(n)) for n in kept[:SHOWN]]
            rows.append((f"{first:%b %Y}", size, cells + [""] * (SHOWN - len(cells))))
    context = frame(request, product, "cohorts") | {
        "found": found, "rows": rows, "figure": picture, "ages": range(SHOWN),
        "answer": cohort_words.of_cohorts(found), "under": cohort_words.under(found),
    }  # fmt: skip
    return page(request, "inlife/cohorts.html", context, place=PLACE, crumbs=crumbs(product, ("Cohorts", "")))
