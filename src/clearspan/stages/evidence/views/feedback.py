"""Everything that was heard: the list with its boxes, the page of one piece, the forms."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.web import actor_of, page
from clearspan.stages.evidence import words
from clearspan.stages.evidence.actions import change_feedback, record_feedback
from clearspan.stages.evidence.forms import FeedbackForm
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.queries import heard
from clearspan.stages.evidence.queries.heard import Filters
from clearspan.stages.evidence.rules import edits
from clearspan.stages.evidence.views.common import account_beside, filter_choices, kept_with, may_sort


def feedback_list(request: HttpRequest, product: Product) -> HttpResponse:
    """Everything that was heard, with filters, and boxes to sort many at once."""
    actor = actor_of(request)
    filters = Filters.read(request.GET)
    rows = heard.heard(actor, product, filters)
    order = "said_at" if request.GET.get("sort") == "said_at" else "-said_at"
    found, shown = heard.counted_and_cut(rows, filters, order, request.GET.get("after", ""))
    context = {
        "product": product,
        "rows": shown,
        "order": order,
        "found": found,
        "answer": words.of_list(product.name, filters, found),
        "may_sort": may_sort(actor, product),
        "bulk": panels.ask("inbox.bulk", actor, product),
        **filter_choices(request, filters),
    }
    return page(request, "evidence/feedback_list.html", context, place="inbox", crumbs=[("Everything heard", "")])


def feedback(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """One thing that was heard: its words, whose they are, and what became of it."""
    actor = actor_of(request)
    piece = _piece(request, product, number)
    interview, ask = getattr(piece, "interview", None), getattr(piece, "ask", None)
    context = {
        "product": product,
        "piece": piece,
        "interview": interview,
        "ask": ask,
        "answer": words.of_feedback(piece),
        "copies": heard.copies(actor, piece),
        "may_sort": may_sort(actor, product),
        "may_edit": edits(actor, {"feedback": piece}),
        **account_beside(actor, piece),
        "links": panels.ask("feedback.links", actor, piece),
        **kept_with(actor, piece, *(row for row in (interview, ask) if row)),
    }
    crumbs = [("Everything heard", reverse("feedback_list", args=[product.key])), (piece.ref, "")]
    return page(request, "evidence/feedback.html", context, place="inbox", crumbs=crumbs, about=piece)


def record(request: HttpRequest, product: Product) -> HttpResponse:
    """A form for one thing that was heard."""
    form = FeedbackForm(actor_of(request), product, request.POST or None, initial={"channel": Feedback.Channel.CALL})
    if (
        request.POST
        and form.is_valid()
        and (done := form.perform(request, record_feedback, product=product, **form.given()))
    ):
        return redirect("feedback", product.key, done.result.pk)
    context = {"product": product, "form": form}
    crumbs = [("Everything heard", reverse("feedback_list", args=[product.key])), ("Record", "")]
    return page(request, "evidence/record_feedback.html", context, place="inbox", crumbs=crumbs)


def change(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """The same form, for what was written down wrongly."""
    piece = _piece(request, product, number)
    if getattr(piece, "interview", None):
        return redirect("change_interview", product.key, piece.interview.pk)
    form = FeedbackForm(actor_of(request), product, request.POST or None, initial=FeedbackForm.initial_of(piece))
    if request.POST and form.is_valid() and form.perform(request, change_feedback, feedback=piece, **form.changes()):
        return redirect("feedback", product.key, piece.pk)
    context = {"product": product, "form": form, "piece": piece}
    crumbs = [(piece.ref, reverse("feedback", args=[product.key, piece.pk])), ("Change", "")]
    return page(request, "evidence/record_feedback.html", context, place="inbox", crumbs=crumbs)


def _piece(request: HttpRequest, product: Product, number: int) -> Feedback:
    piece = heard.piece(actor_of(request), product, number)
    if piece is None:
        raise Http404("no such feedback")
    return piece
