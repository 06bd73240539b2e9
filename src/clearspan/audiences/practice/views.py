"""The page of a product manager's own craft, and the methods."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from clearspan.audiences.practice import learning, methods, record
from clearspan.core.web import actor_of, page
from clearspan.stages.inlife import calibration_words
from clearspan.ui.figure import taken
from clearspan.ui.markdown import markdown
from clearspan.ui.marks import Scale


def practice(request: HttpRequest) -> HttpResponse:
    """How good is my judgement, and what do I learn next?"""
    actor, today = actor_of(request), timezone.localdate()
    if not actor.is_employee or actor.person is None:
        raise Http404("this page is for the company's people")
    found = record.own(actor, today)
    told = calibration_words.record_of(found)
    picture = calibration_words.reliability(found, "What you said against what came, on a diagonal that is as said.")
    if copy := taken(request, [picture] if picture else []):
        return copy
    context = {
        "answer": calibration_words.answer(told, "Your"), "under": calibration_words.under(told), "record": told,
        "figure": picture, "lessons": learning.lessons(actor, found, today), "shares": Scale.shares([0, 1]),
        "looks": record.to_look_back_at(actor, today), "methods": methods.methods().values(),
    }  # fmt: skip
    return page(request, "practice/practice.html", context, place="practice", crumbs=[("Practice", "")])


def method(request: HttpRequest, key: str) -> HttpResponse:
    """One method, as it is documented."""
    found = methods.methods().get(key)
    if found is None or not actor_of(request).is_employee:
        raise Http404("no such method")
    context = {"method": found, "text": markdown(methods.shown(found), heading=1), "others": methods.methods().values()}
    crumbs = [("Practice", "/practice"), (found.name, "")]
    return page(request, "practice/method.html", context, place="practice", crumbs=crumbs)
