"""Each decision's promise held against what came, and the record of all that was forecast."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.lists import PAGE
from clearspan.core.models import User
from clearspan.core.web import actor_of, must, page
from clearspan.stages.decisions.models import Decision
from clearspan.stages.inlife import calibration_words, promise_words
from clearspan.stages.inlife.actions import attribute_line
from clearspan.stages.inlife.forms.proposals import AttributionForm
from clearspan.stages.inlife.queries import judged as records
from clearspan.stages.inlife.queries.held import held_promises
from clearspan.stages.inlife.views.common import with_values
from clearspan.stages.inlife.views.improving import PLACE, crumbs, form_page, frame, one_of
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale

GROUPS = 12  # of a kind, a person or a product: those of whom most is known


def promises(request: HttpRequest, product: Product) -> HttpResponse:
    """Did what we decided bring what it promised?"""
    found = held_promises(actor_of(request), product)
    cut = Paginator(found, PAGE).get_page(request.GET.get("page"))
    values = [value for one in cut for value in (*(one.five or ()), one.came or 0.0)]
    context = frame(request, product, "promises") | {
        "rows": cut.object_list, "page": cut, "answer": f"{promise_words.of_promises(found)}.",
        "scale": Scale.amounts(values) if values else None,
    }  # fmt: skip
    return page(request, "inlife/promises.html", context, place=PLACE, crumbs=crumbs(product, ("Promises", "")))


def calibration(request: HttpRequest, product: Product) -> HttpResponse:
    """Do our forecasts keep what they say?"""
    actor, today = actor_of(request), timezone.localdate()
    wanted = {name: request.GET.get(name, "") for name in ("of", "kind", "person")}
    about = None if wanted["of"] == "all" else [product]
    person = User.objects.visible_to(actor).referred(wanted["person"]).first() if wanted["person"] else None
    every = records.judged(actor, today, about)
    found = [one for one in every if (not person or one.person == person) and wanted["kind"] in ("", one.kind)]
    record = calibration_words.record_of(found)
    picture = calibration_words.reliability(found, "What was said against what came, on a diagonal that is as said.")
    if copy := taken(request, [picture] if picture else []):
        return copy
    cut = Paginator(found, PAGE).get_page(request.GET.get("page"))
    most = len(found) if request.GET.get("groups") == "all" else GROUPS
    context = frame(request, product, "calibration") | {
        "answer": calibration_words.answer(record), "under": calibration_words.under(record), "record": record,
        "figure": picture, "rows": cut.object_list, "page": cut, "wanted": wanted, "shares": Scale.shares([0, 1]),
        "kinds": [("", "any forecast"), *records.KINDS.items()],
        "people": [("", "anybody"), *((one.ref, one.name) for one in records.people(every))],
        "products": [("", str(product)), ("all", "every product")],
        "groups": [(title, *_groups(found, what, most)) for title, what in
                   (("By kind", "kind"), ("By person", "person"), ("By product", "product"))],
        "every_group": f"?{with_values(request.GET, groups='all')}",
    }  # fmt: skip
    return page(request, "inlife/calibration.html", context, place=PLACE, crumbs=crumbs(product, ("Calibration", "")))


def attribute(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Holds a line of the ledger against a decision."""
    row, actor = one_of(request, product, Decision, pk), actor_of(request)
    must(actor, attribute_line, decision=row)
    form = AttributionForm(actor, request.POST or None)
    here = reverse("decision", args=[product.key, pk])
    if form.do(request, attribute_line, decision=row):
        return redirect(here)
    words = {
        "answer": f"What of the ledger is the doing of “{row.option or row.title}”?",
        "save": "Hold it against it",
        "back": here,
        "lede": "What came is then read off the ledger: each month’s amount above what it would be without it.",
    }
    where = [("Decisions", reverse("decisions", args=[product.key])), (row.title, here), ("The ledger", "")]
    return form_page(request, product, form, words, where)


def _groups(
    found: list[records.Judged], what: str, most: int
) -> tuple[list[tuple[str, calibration_words.Record]], int]:
    """At most so many groups, those with the most forecasts, by name; and how many are left out."""
    apart = records.by(found, what)
    shown = set(sorted(apart, key=lambda name: -len(apart[name]))[:most])
    rows = [(name, calibration_words.record_of(some)) for name, some in apart.items() if name in shown]
    return rows, len(apart) - len(rows)
