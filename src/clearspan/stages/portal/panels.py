"""What the portal says on earlier pages: what waits in the menu, where a piece of feedback stands in public."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.portal.actions import draft_entry
from clearspan.stages.portal.actions.people import echo
from clearspan.stages.portal.models import Idea, IdeaVote
from clearspan.stages.portal.queries import moderation, tellings


def provide() -> None:
    """Registers the portal's answers."""
    panels.provide("counts", counts)
    panels.provide("evidence.linked", linked)
    panels.provide("feedback.links", on_feedback)
    panels.provide("opportunity.options", on_need)
    panels.provide("launch", on_launch)


def counts(actor: Actor, product: Product) -> dict[str, QuerySet[Any]]:
    """What waits to be read, for the menu."""
    return {"portal": moderation.waiting(actor, product)}


def linked(actor: Actor, about: tuple[Opportunity, list[Feedback]]) -> None:
    """What an idea is linked to, its votes speak of too; what it is taken off, they do not any more."""
    need, pieces = about
    ideas = list(Idea.objects.filter(feedback__in=pieces).values_list("pk", "feedback"))
    if not ideas:
        return
    still = set(Mention.objects.filter(opportunity=need, feedback__in=pieces).values_list("feedback", flat=True))
    away = [idea for idea, feedback in ideas if feedback not in still]
    votes = IdeaVote.objects.filter(idea__in=away, feedback__isnull=False).values("feedback")
    Mention.objects.filter(opportunity=need, feedback__in=votes).delete()
    echo([idea for idea, feedback in ideas if feedback in still])


def on_feedback(actor: Actor, piece: Feedback) -> Fragment | None:
    """On a piece of feedback: the idea that it is, and who was told what became of it."""
    idea = Idea.objects.visible_to(actor).filter(feedback=piece).select_related("product").first()
    told = tellings.told_of_feedback(actor, [piece.pk])
    if idea is None and not told:
        return None
    return Fragment("portal/staff/_on_feedback.html", {"idea": idea, "told": told})


def on_need(actor: Actor, need: Opportunity) -> Fragment | None:
    """On a need: who asked for it in public, and the way to tell them."""
    speak = Mention.objects.filter(opportunity=need, answer=True).values("feedback")
    ideas = list(Idea.objects.visible_to(actor).filter(feedback__in=speak, state=Idea.State.PUBLIC).defer("search")
                 .select_related("product").order_by("-votes")[:5])  # fmt: skip
    said = tellings.told_of_need(actor, need)
    if not ideas and said is None:
        return None
    return Fragment("portal/staff/_on_need.html", {"ideas": ideas, "said": said, "need": need, "product": need.product})


def on_launch(actor: Actor, launch: Launch) -> Fragment:
    """On a launch: its entry in what is new, or the way to draft it."""
    entry = launch.changelog.order_by("-pk").first()
    may = draft_entry.rule(actor, {"product": launch.product})
    said = {"launch": launch, "product": launch.product, "entry": entry, "may": may}
    return Fragment("portal/staff/_on_launch.html", said)
