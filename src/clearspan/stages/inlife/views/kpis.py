"""KPIs: all of a product's, the page of one, and its forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.catalogue.views.common import kept_with
from clearspan.core.web import actor_of, must, page
from clearspan.stages.inlife import improving_figures, kpi_words
from clearspan.stages.inlife.actions import add_kpi, change_kpi, record_kpi_reading
from clearspan.stages.inlife.forms.kpis import KPIForm, ReadingForm
from clearspan.stages.inlife.models import KPI
from clearspan.stages.inlife.queries import kpis as reads
from clearspan.stages.inlife.views.improving import PLACE, crumbs, form_page, frame, one_of
from clearspan.ui.figure import taken


def kpis(request: HttpRequest, product: Product) -> HttpResponse:
    """Which numbers are on the way to where they should be, and which not?"""
    found = reads.kpis(actor_of(request), product, timezone.localdate(), archived="archived" in request.GET)
    context = frame(request, product, "kpis") | {
        "rows": [(one, kpi_words.short(one)) for one in found], "answer": kpi_words.of_list(found),
        "archived": "archived" in request.GET,
    }  # fmt: skip
    return page(request, "inlife/kpis.html", context, place=PLACE, crumbs=crumbs(product, ("KPIs", "")))


def kpi(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Where does it stand, and where should it be?"""
    return _shown(request, product, one_of(request, product, KPI, pk, "owner"), ReadingForm())


@require_POST
def reading(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Notes what it stood at."""
    row, form = one_of(request, product, KPI, pk, "owner"), ReadingForm(request.POST)
    if form.do(request, record_kpi_reading, kpi=row):
        return redirect("kpi", product.key, pk)
    return _shown(request, product, row, form)


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """A new KPI."""
    actor = actor_of(request)
    must(actor, add_kpi, product=product)
    form = KPIForm(actor, request.POST or None, initial={"owner": actor.person})
    if done := form.do(request, add_kpi, product=product):
        return redirect("kpi", product.key, done.result.pk)
    words = {"answer": "What is counted, and where should it be?", "save": "Keep an eye on it",
             "lede": "Few are better than many: what you would act on when it moves.",
             "back": reverse("kpis", args=[product.key]), "draft": f"kpi:{product.key}"}  # fmt: skip
    where = crumbs(product, ("KPIs", reverse("kpis", args=[product.key])), ("A new one", ""))
    return form_page(request, product, form, words, where)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Changes what is counted, and where it should be."""
    actor, row = actor_of(request), one_of(request, product, KPI, pk)
    must(actor, change_kpi, kpi=row)
    form = KPIForm(actor, request.POST or None, initial=KPIForm.initial_of(row))
    if form.change(request, change_kpi, kpi=row):
        return redirect("kpi", product.key, pk)
    here = reverse("kpi", args=[product.key, pk])
    words = {"answer": row.name, "save": "Keep", "back": here, "draft": row.ref,
             "lede": "A target that moves is a new one, from today: what it stood at then is its start."}  # fmt: skip
    where = crumbs(product, ("KPIs", reverse("kpis", args=[product.key])), (row.name, here), ("Change", ""))
    return form_page(request, product, form, words, where)


def _shown(request: HttpRequest, product: Product, row: KPI, form: ReadingForm) -> HttpResponse:
    (one,) = reads.standings([row], timezone.localdate())
    picture = improving_figures.over_time(one)
    if copy := taken(request, [picture] if picture else []):
        return copy
    context = frame(request, product, "kpis") | kept_with(actor_of(request), row) | {
        "kpi": row, "one": one, "form": form, "figure": picture, "answer": kpi_words.of_kpi(one),
        "under": kpi_words.under(one), "newest": one.readings[::-1][:24],
    }  # fmt: skip
    where = crumbs(product, ("KPIs", reverse("kpis", args=[product.key])), (row.name, ""))
    status = 422 if form.errors else 200
    return page(request, "inlife/kpi.html", context, place=PLACE, crumbs=where, status=status)
