"""A demand study: every input, its result, and how far one under way has come."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from clearspan.catalogue.models import Account, Product
from clearspan.core.actor import Actor
from clearspan.core.studies import unpacked
from clearspan.core.web import actor_of
from clearspan.core.web import page as screen
from clearspan.stages.opportunities import queries
from clearspan.stages.opportunities.models import DemandStudy, Opportunity, ThemeStudy, Verdict
from clearspan.stages.opportunities.studies.arrays import Heard
from clearspan.stages.opportunities.views.rows import crumbs, row_or_404

KINDS = {"demand": DemandStudy, "themes": ThemeStudy}
TABLES = ("evidence", "accounts", "market")
SHOWN = 20


def index(request: HttpRequest, product: Product) -> HttpResponse:
    """The product's studies, the newest first."""
    rows = DemandStudy.objects.visible_to(actor_of(request)).filter(product=product).defer("result")
    context = {"product": product, "studies": rows.select_related("asked_by")[:50]}
    where = crumbs(product, ("Studies", ""))
    return screen(request, "opportunities/studies.html", context, place="opportunities", crumbs=where)


def page(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    study = row_or_404(request, DemandStudy, product, pk, "asked_by")
    where = crumbs(product, ("Studies", reverse("demand_studies", args=[product.key])), (study.ref, ""))
    context = {"product": product, "study": study, "tables": TABLES} | _result(actor_of(request), study)
    return screen(request, "opportunities/study.html", context, place="opportunities", crumbs=where)


def inputs(request: HttpRequest, product: Product, pk: int, table: str) -> HttpResponse:
    """One of the files that `clearspan study demand` reads: the study can be run again anywhere."""
    study = row_or_404(request, DemandStudy, product, pk, "inputs")
    if table not in TABLES or study.inputs is None:
        raise Http404("no such file")
    out = io.StringIO()
    csv.writer(out).writerows(
        {"evidence": _evidence, "accounts": _accounts, "market": _market}[table](
            actor_of(request), Heard.from_arrays(unpacked(study.inputs))
        )
    )
    name = f"{study.ref.lower()}-{table}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def result(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    study = row_or_404(request, DemandStudy, product, pk)
    headers = {"Content-Disposition": f'attachment; filename="{study.ref.lower()}.json"'}
    return JsonResponse(study.result or {}, json_dumps_params={"indent": 1}, headers=headers)


def progress(request: HttpRequest, product: Product, kind: str) -> HttpResponse:
    """How far the study under way has come; when it has ended, the page around it is read anew."""
    if kind not in KINDS:
        raise Http404("no such study")
    study = queries.under_way(actor_of(request), KINDS[kind], product)
    if study is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "opportunities/_progress.html", {"study": study, "product": product, "kind": kind})


def _result(actor: Actor, study: DemandStudy) -> dict[str, Any]:
    found = study.result or {}
    entries = found.get("opportunities", [])[:SHOWN]
    keys = [Opportunity.key_of(entry["opportunity"]) for entry in entries]
    titles = dict(Opportunity.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "title"))
    rows = [
        {"pk": key, "title": titles.get(key, entry["opportunity"]), "entry": entry}
        for key, entry in zip(keys, entries, strict=True)
    ]
    kinds = dict(Verdict.Kind.choices)
    return {"rows": rows, "found": found, "kinds": kinds, "more": len(found.get("opportunities", [])) - len(rows)}


def _evidence(actor: Actor, heard: Heard) -> list[list[Any]]:
    e = heard.evidence
    rows: list[list[Any]] = [["occasion", "account", "date", "channel", "prompted", "opportunity", "answer"]]
    for account, occasion, day, prompted, need, answer in zip(
        e.account.tolist(), e.occasion.tolist(), e.date.tolist(), e.prompted.tolist(), e.opportunity.tolist(),
        e.answer.tolist(), strict=True,
    ):  # fmt: skip
        name = e.opportunities[need] if need >= 0 else ""
        spoken = [f"FB-{heard.occasions[occasion]}", heard.accounts.names[account], date.fromordinal(day).isoformat()]
        rows.append([*spoken, "", prompted, name, answer])
    return rows


def _accounts(actor: Actor, heard: Heard) -> list[list[Any]]:
    keys = [Account.key_of(name) for name in heard.accounts.names]
    values = dict(Account.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "value"))
    segments = heard.market.segments
    return [
        ["account", "segment", "value"],
        *(
            [name, segments[segment], values.get(key, 0)]
            for name, key, segment in zip(heard.accounts.names, keys, heard.accounts.segment.tolist(), strict=True)
        ),
    ]


def _market(actor: Actor, heard: Heard) -> list[list[Any]]:
    market = heard.market
    rows = zip(market.segments, market.accounts.tolist(), market.value_per_account.tolist(), strict=True)
    return [["segment", "accounts", "value_per_account"], *(list(row) for row in rows)]
