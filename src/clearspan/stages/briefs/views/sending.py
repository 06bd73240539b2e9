"""Sending a brief by mail, and what was sent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.models import User
from clearspan.core.web import actor_of, page
from clearspan.stages.briefs import answers
from clearspan.stages.briefs.actions import send_brief
from clearspan.stages.briefs.actions.writing import may_read, readers_of
from clearspan.stages.briefs.forms import SendForm
from clearspan.stages.briefs.models import BriefSending
from clearspan.stages.briefs.queries import Read
from clearspan.stages.briefs.views.briefs import read
from clearspan.stages.decisions.audiences import CUSTOMERS

NAMED = 60  # people that a form offers by name


def send(request: HttpRequest, product: Product, audience: str) -> HttpResponse:
    """To whom?"""
    found = read(request, product, audience)
    if not send_brief.rule(actor_of(request), {"product": product}):
        raise PermissionDenied("who manages the product sends its briefs")
    form = _form(request, product, found, readers_of(product, found.audience))
    back = reverse("brief", args=[product.key, audience])
    if request.method == "POST" and form.is_valid():
        given = {"product": product, "audience": audience, **form.cleaned_data}
        if form.perform(request, send_brief, **given) is not None:
            return redirect(back)
    crumbs = [("Briefs", reverse("briefs", args=[product.key])), (found.audience.name, back), ("Send", "")]
    context = {"product": product, "found": found, "form": form, "back": back}
    status = 422 if form.errors else 200
    return page(request, "briefs/send.html", context, place="briefs", crumbs=crumbs, status=status)


def sending(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A version as it was sent, and to whom."""
    rows = BriefSending.objects.visible_to(actor_of(request)).filter(brief__product=product, pk=pk)
    found = rows.select_related("brief", "sent_by").first()
    if found is None:
        raise Http404("nothing like that was sent")
    back = reverse("brief", args=[product.key, found.brief.audience])
    crumbs = [
        ("Briefs", reverse("briefs", args=[product.key])),
        (found.brief.get_audience_display(), back),
        ("Sent", ""),
    ]
    context = {"product": product, "sent": found, "text": found.text.partition("\n")[2], "back": back}
    return page(request, "briefs/sending.html", context, place="briefs", crumbs=crumbs)


def _form(request: HttpRequest, product: Product, found: Read, readers: list[User]) -> SendForm:
    """Everyone of the audience in one tick; who else may read it by name."""
    form = SendForm(request.POST if request.method == "POST" else None)
    known = {person.pk for person in readers}
    everyone = form.fields["everyone"]
    everyone.label = f"{found.audience.name}: {answers.people(len(readers))}"
    if found.audience == CUSTOMERS:
        everyone.initial = False
    others = may_read(product, found.audience).exclude(function=None).exclude(pk__in=known)
    names = [(one.ref, one.name) for one in others[:NAMED]]
    form.fields["people"].choices = names  # type: ignore[attr-defined]
    return form
