"""Briefs: what each audience is told, written into, taken along and sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from clearspan.catalogue.models import Product
from clearspan.core.actions import NotThere
from clearspan.core.web import actor_of, page
from clearspan.stages.briefs import answers, exports, queries
from clearspan.stages.briefs.actions import write_brief
from clearspan.stages.briefs.forms import PartForm
from clearspan.stages.briefs.models import BriefSending, Digest
from clearspan.stages.briefs.queries import Read
from clearspan.stages.decisions.audiences import audience as audience_called

LOG = 12


def briefs(request: HttpRequest, product: Product) -> HttpResponse:
    """What is each audience told?"""
    found = queries.briefs(actor_of(request), product, timezone.localdate())
    chosen = Digest.objects.visible_to(actor_of(request)).filter(product=product).first()
    context = {
        "product": product, "rows": found, "answer": answers.of_list(found), "every": chosen.every if chosen else "off",
        "choices": Digest.Every.choices,
    }  # fmt: skip
    return page(request, "briefs/list.html", context, place="briefs", crumbs=[("Briefs", "")])


def brief(request: HttpRequest, product: Product, audience: str) -> HttpResponse:
    """What is this audience told, and is it still so?"""
    actor, found = actor_of(request), read(request, product, audience)
    may_write = write_brief.rule(actor, {"product": product})
    sent = (
        BriefSending.objects.visible_to(actor).filter(brief=found.brief) if found.brief else BriefSending.objects.none()
    )
    context: dict[str, Any] = {
        "product": product, "found": found, "may_write": may_write,
        "left_out": [part for part in found.parts if part.is_left_out and part.key != "lead"],
        "under": answers.under(found),
        "sent": sent.select_related("sent_by").only("number", "created_at", "to", "sent_by__name")[:LOG],
    }  # fmt: skip
    crumbs = [("Briefs", reverse("briefs", args=[product.key])), (found.audience.name, "")]
    return page(request, "briefs/brief.html", context, place="briefs", crumbs=crumbs)


def write(request: HttpRequest, product: Product, audience: str) -> HttpResponse:
    """Writes one paragraph."""
    actor, found = actor_of(request), read(request, product, audience)
    if not write_brief.rule(actor, {"product": product}):
        raise PermissionDenied("who manages the product writes its briefs")
    key = request.GET.get("part", "")
    part = found.part(key)
    if part is None:
        raise Http404("no such paragraph")
    form = PartForm(request.POST or None, initial={"text": part.text})
    given = {"product": product, "audience": audience, "part": key}
    back = reverse("brief", args=[product.key, audience])
    if (
        request.method == "POST"
        and form.is_valid()
        and form.perform(request, write_brief, **given, text=form.cleaned_data["text"])
    ):
        return redirect(back)
    crumbs = [("Briefs", reverse("briefs", args=[product.key])), (found.audience.name, back), ("Write", "")]
    context = {"product": product, "found": found, "part": part, "form": form, "back": back}
    status = 422 if form.errors else 200
    return page(request, "briefs/write.html", context, place="briefs", crumbs=crumbs, status=status)


def brief_to_print(request: HttpRequest, product: Product, audience: str) -> HttpResponse:
    """The brief alone, as a document."""
    return render(request, "briefs/print.html", {"product": product, "found": read(request, product, audience)})


def brief_as(request: HttpRequest, product: Product, audience: str, kind: str) -> HttpResponse:
    """The brief as a file: Markdown or PDF."""
    found = read(request, product, audience)
    if kind == "pdf":
        response = HttpResponse(exports.as_pdf(found), content_type="application/pdf")
    elif kind == "md":
        response = HttpResponse(queries.markdown(found), content_type="text/markdown; charset=utf-8")
    else:
        raise Http404("no such form")
    name = slugify(f"{product} for {found.audience.name}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def read(request: HttpRequest, product: Product, audience: str) -> Read:
    to = audience_called(audience)
    try:
        if to is not None:
            return queries.brief(actor_of(request), product, to, timezone.localdate())
    except NotThere as error:
        raise Http404(str(error)) from None
    raise Http404("no such audience")
