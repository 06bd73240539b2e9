"""Versions of the books: which budget, which forecast counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must, page
from clearspan.stages.inlife import words
from clearspan.stages.inlife.actions import change_ledger_version
from clearspan.stages.inlife.forms.ledger import VersionForm
from clearspan.stages.inlife.models import LedgerVersion
from clearspan.stages.inlife.queries import versions as reads
from clearspan.stages.inlife.views.common import PLACE, crumbs, form_page, frame, part_of


@require_safe
def versions(request: HttpRequest, product: Product) -> HttpResponse:
    """Which actual, budget and forecast count, and what is kept beside."""
    found = reads.versions(actor_of(request), product)
    context = frame(request, product, "ledger_versions") | {"rows": found, "answer": words.of_versions(found)}
    return page(request, "inlife/versions.html", context, place=PLACE, crumbs=crumbs(product, ("Versions", "")))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row: LedgerVersion = part_of(actor, product, LedgerVersion, pk)
    must(actor, change_ledger_version, version=row)
    form = VersionForm(request.POST or None, initial={"name": row.name, "note": row.note})
    back = reverse("ledger_versions", args=[product.key])
    if form.do(request, change_ledger_version, version=row):
        return redirect(back)
    text = {
        "answer": f"What is “{row.name}” called, and why was it made?", "save": "Keep", "draft": row.ref, "back": back,
        "removes": {"action": "remove_ledger_version", "parameter": "version", "row": row, "to": back},
    }  # fmt: skip
    return form_page(request, product, form, text, crumbs(product, ("Versions", back), (row.name, "")))
