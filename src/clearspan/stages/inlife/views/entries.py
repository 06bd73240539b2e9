"""The entries behind every figure: the list, the page of one, and its forms."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from clearspan.catalogue.models import Product
from clearspan.catalogue.views.common import kept_with
from clearspan.core.web import actor_of, must, page
from clearspan.stages.inlife import words
from clearspan.stages.inlife.actions import change_ledger_entry, record_ledger_entry
from clearspan.stages.inlife.forms.ledger import ChangeEntryForm, NewEntryForm
from clearspan.stages.inlife.models import LedgerEntry, LedgerVersion
from clearspan.stages.inlife.months import this_month
from clearspan.stages.inlife.queries import amounts
from clearspan.stages.inlife.queries import entries as reads
from clearspan.stages.inlife.queries.pnl import SUMS
from clearspan.stages.inlife.views.common import PLACE, crumbs, form_page, frame, part_of

KINDS = [("", "actual, budget and forecast"), *LedgerVersion.Kind.choices]


@require_safe
def entries(request: HttpRequest, product: Product) -> HttpResponse:
    """What a figure is made of."""
    actor = actor_of(request)
    filters = reads.Filters.read(_actual_unless_asked(request.GET.dict()))
    found = reads.entries(actor, product, filters, request.GET.get("after", ""))
    context = frame(request, product, "ledger_entries") | {
        "found": found, "filters": filters, "kinds": KINDS, "rows": found.page.rows,
        "parts": [("", "every line"), *((key, name) for _, key, name, _ in SUMS),
                  *((line.ref, line.name) for line in amounts.lines())],
        "regions": [("", "all regions"), *((one, one) for one in amounts.regions(product))],
        "next": _next(request, found.page.next),
    }  # fmt: skip
    context["answer"] = words.of_entries(found, filters, context["currency"])
    return page(request, "inlife/entries.html", context, place=PLACE, crumbs=crumbs(product, ("Entries", "")))


@require_safe
def entry(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Where one amount comes from, and who booked it."""
    actor = actor_of(request)
    row = _entry(request, product, pk)
    context = frame(request, product, "ledger_entries") | kept_with(actor, row) | {"entry": row}
    context["answer"] = words.of_entry(row, context["currency"])
    where = crumbs(product, ("Entries", reverse("ledger_entries", args=[product.key])), (row.ref, ""))
    return page(request, "inlife/entry.html", context, place=PLACE, crumbs=where, about=row)


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """Books one amount by hand: an accrual, a correction."""
    actor = actor_of(request)
    must(actor, record_ledger_entry, product=product)
    form = NewEntryForm(actor, product, request.POST or None, initial={"kind": "actual", "month": this_month()})
    if done := form.do(request, record_ledger_entry, product=product):
        return redirect("ledger_entry", product.key, done.result.pk)
    back = reverse("ledger_entries", args=[product.key])
    text = {
        "answer": "What is to be booked?", "save": "Book it", "draft": f"entry:{product.key}", "back": back,
        "lede": "For an accrual or a correction. What the books have comes in as a file, held against its totals.",
    }  # fmt: skip
    return form_page(request, product, form, text, crumbs(product, ("Entries", back), ("A new entry", "")))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    actor, row = actor_of(request), _entry(request, product, pk)
    must(actor, change_ledger_entry, entry=row)
    form = ChangeEntryForm(actor, product, request.POST or None, initial=ChangeEntryForm.initial_of(row))
    here, back = reverse("ledger_entry", args=[product.key, pk]), reverse("ledger_entries", args=[product.key])
    if form.change(request, change_ledger_entry, entry=row):
        return redirect(here)
    text = {
        "answer": f"{row}", "save": "Keep", "draft": row.ref, "back": here,
        "removes": {"action": "remove_ledger_entry", "parameter": "entry", "row": row, "to": back},
    }  # fmt: skip
    return form_page(request, product, form, text, crumbs(product, ("Entries", back), (row.ref, here), ("Change", "")))


def _entry(request: HttpRequest, product: Product, pk: int) -> LedgerEntry:
    found: LedgerEntry = part_of(actor_of(request), product, LedgerEntry, pk, "version__product")
    return found


def _actual_unless_asked(asked: Mapping[str, str]) -> dict[str, str]:
    """What is booked, where nothing else is asked for: of actual and budget together nobody wants the sum."""
    start = {} if "version" in asked else {"kind": LedgerVersion.Kind.ACTUAL.value}
    return {**start, **{name: asked[name] for name in asked}}


def _next(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}" if after else ""
