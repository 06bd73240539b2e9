"""What came in through the portal, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from clearspan.catalogue.models import Product
from clearspan.core import history, lists
from clearspan.core.web import actor_of
from clearspan.stages.portal import actions, words
from clearspan.stages.portal.forms.staff import (
    AnswerForm,
    DeclineForm,
    MergeForm,
    NotNowForm,
    PublishForm,
    StandingForm,
)
from clearspan.stages.portal.models import Idea
from clearspan.stages.portal.queries import moderation as reads
from clearspan.stages.portal.queries import tellings
from clearspan.stages.portal.queries.public import says
from clearspan.stages.portal.queries.similar import similar
from clearspan.stages.portal.queries.standing import line_of, plans_for, with_standing
from clearspan.stages.portal.views.staff.common import staff_page


def queue(request: HttpRequest, product: Product) -> HttpResponse:
    """What waits to be read?"""
    actor, which = actor_of(request), request.GET.get("which", "")
    which = which if which in reads.WHICH else ""
    waits = reads.waits(actor, product)
    cut = reads.ideas(actor, product, which, request.GET.get("after", ""))
    context = {
        "answer": words.of_queue(waits), "which": which, "cut": cut, "waits": waits,
        "comments": reads.comments(actor, product, which),
        "switch": [(name, f"?which={key}" if key else "?", key == which) for key, (name, _) in reads.WHICH.items()],
        "to_tell": tellings.to_tell(actor, product)[:8], "may": _may(request, product),
        "may_set_up": actions.set_up_portal.rule(actor, {"product": product}),
        "next": f"?which={which}&after={cut.next}" if cut.next else "",
    }  # fmt: skip
    return staff_page(request, product, "portal/staff/queue.html", context)


def idea(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What is it, who wants it, and what do we say?"""
    actor = actor_of(request)
    found = reads.idea(actor, product, pk)
    if found is None:
        raise Http404("no such idea")
    forms = _forms(request, product, found)
    for name, action in _ACTIONS.items():
        if request.POST.get("do") == name and forms[name].do(request, action, idea=found):
            return redirect("staff_idea", product.key, pk)
    line = line_of(product)
    stands = with_standing(Idea.objects.filter(pk=pk).defer("search"), line).get()
    said = reads.said_to(actor, found, reads.MOST_SAID if request.GET.get("said") == "all" else lists.PAGE)
    is_read = found.state not in (Idea.State.SENT, Idea.State.WAITING, Idea.State.HELD)
    context: dict[str, Any] = {
        "idea": found, "forms": forms, "votes": reads.votes_of(found), "said": said,
        "needs": reads.needs_of(actor, found), "answer": found.title,
        "stands": says(stands, plans_for([stands], line).get(pk)),
        "alike": [] if is_read else [one.idea for one in similar(product, f"{found.title} {found.text}")],
        "may": _may(request, product), "events": history.of(actor, found, limit=8),
        "told": tellings.told_of_feedback(actor, [found.feedback_id] if found.feedback_id else []),
        "is_public": found.state == Idea.State.PUBLIC,
        "may_decline": stands.stands not in (Idea.Standing.HERE, Idea.Standing.NOT_NOW),
        "is_shown": found.state in Idea.SHOWN,
    }  # fmt: skip
    status = 422 if any(form.is_bound and form.errors for form in forms.values()) else 200
    about = found.feedback
    return staff_page(
        request, product, "portal/staff/idea.html", context, (found.title, ""), about=about, status=status
    )


_ACTIONS = {
    "publish": actions.publish_idea, "merge": actions.merge_idea, "decline": actions.decline_idea,
    "stand": actions.say_standing, "answer": actions.answer_idea,
}  # fmt: skip


def _forms(request: HttpRequest, product: Product, idea: Idea) -> dict[str, Any]:
    """The forms of an idea's page; the one that was sent has what was written in it."""
    sent = request.POST.get("do", "")
    standing = {"standing": idea.standing, "words": idea.words}

    def made(name: str, kind: Any, *about: Any, **given: Any) -> Any:  # ids of their own: they stand on one page
        return kind(*about, request.POST if sent == name else None, auto_id=f"{name}_%s", **given)

    return {
        "publish": made("publish", PublishForm, initial={"title": idea.title, "with_name": bool(idea.author)}),
        "merge": made("merge", MergeForm, actor_of(request), product),
        "decline": made("decline", NotNowForm if idea.state == Idea.State.PUBLIC else DeclineForm),
        "stand": made("stand", StandingForm, initial=standing),
        "answer": made("answer", AnswerForm),
    }


def _may(request: HttpRequest, product: Product) -> bool:
    return bool(actions.publish_idea.rule(actor_of(request), {"product": product}))
