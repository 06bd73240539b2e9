"""Interviews: the list, and the form with its guide. An interview's page is its feedback's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.web import actor_of, must, page
from clearspan.stages.evidence import words
from clearspan.stages.evidence.actions import change_interview, record_interview
from clearspan.stages.evidence.forms import InterviewForm
from clearspan.stages.evidence.models import Interview
from clearspan.stages.evidence.queries import interviews as queries
from clearspan.stages.evidence.views.common import segment_choices


def interviews(request: HttpRequest, product: Product) -> HttpResponse:
    """Who was asked, newest first."""
    actor = actor_of(request)
    segment, q = request.GET.get("segment", ""), request.GET.get("q", "").strip()
    rows = queries.interviews(actor, product, segment=int(segment) if segment.isdecimal() else None, q=q)
    asked = queries.asked(actor, product)
    few = asked.times <= lists.CAP
    context = {
        "product": product,
        "rows": lists.cut(rows, "-feedback__said_at", after=request.GET.get("after", ""), known_few=few),
        "answer": words.of_interviews(product.name, asked),
        "segments": [("", "all segments"), *segment_choices(actor)],
        "segment": segment,
        "q": q,
    }
    return page(request, "evidence/interviews.html", context, place="inbox", crumbs=[("Interviews", "")])


def record(request: HttpRequest, product: Product) -> HttpResponse:
    """A form for an interview: the guide beside the notes."""
    actor = actor_of(request)
    form = InterviewForm(actor, product, request.POST or None, initial={"held_by": actor.person})
    if (
        request.POST
        and form.is_valid()
        and (done := form.perform(request, record_interview, product=product, **form.given()))
    ):
        return redirect("feedback", product.key, done.result.feedback_id)
    return _form(request, product, form, None)


def change(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """The same form, for what was written down wrongly."""
    actor = actor_of(request)
    rows = Interview.objects.visible_to(actor).filter(feedback__product=product)
    interview = rows.select_related("feedback__account", "feedback__contact").filter(pk=number).first()
    if interview is None:
        raise Http404("no such interview")
    must(actor, change_interview, interview=interview)
    form = InterviewForm(actor, product, request.POST or None, initial=InterviewForm.initial_of(interview))
    if (
        request.POST
        and form.is_valid()
        and form.perform(request, change_interview, interview=interview, **form.changes())
    ):
        return redirect("feedback", product.key, interview.feedback_id)
    return _form(request, product, form, interview)


def _form(request: HttpRequest, product: Product, form: InterviewForm, interview: Interview | None) -> HttpResponse:
    crumbs = [("Interviews", reverse("interviews", args=[product.key])), ("Change" if interview else "Record", "")]
    context = {"product": product, "form": form, "interview": interview}
    return page(request, "evidence/record_interview.html", context, place="inbox", crumbs=crumbs)
