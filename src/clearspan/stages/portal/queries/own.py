"""What is kept about one visitor, and what became of what they asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Subscription, Told, Visitor


@dataclass(frozen=True)
class Kept:
    """Everything that is kept under a visitor's address."""

    visitor: Visitor
    ideas: list[Idea]
    votes: list[IdeaVote]
    comments: list[IdeaComment]
    subscriptions: list[Subscription]
    told: list[Told]


def kept(visitor: Visitor) -> Kept:
    """Five queries."""
    return Kept(
        visitor,
        list(Idea.objects.filter(visitor=visitor).select_related("product", "merged_into").defer("search")),
        list(IdeaVote.objects.filter(visitor=visitor).select_related("idea__product").order_by("-pk")),
        list(IdeaComment.objects.filter(visitor=visitor).select_related("idea__product").order_by("-pk")),
        list(Subscription.objects.filter(visitor=visitor).select_related("product", "idea").order_by("-pk")),
        list(Told.objects.filter(visitor=visitor).select_related("telling", "idea__product").order_by("-pk")),
    )


def as_values(found: Kept) -> dict[str, Any]:
    """The same, to take along."""
    visitor = found.visitor
    return {
        "address": visitor.address, "name": visitor.name, "known since": visitor.created_at.isoformat(),
        "confirmed": visitor.confirmed_at.isoformat() if visitor.confirmed_at else None,
        "counted with where you work": visitor.account_id is not None,  # by its domain: its name is not told
        "ideas": [{"title": one.title, "text": one.text, "state": one.get_state_display(),
                   "at": one.said_at.isoformat()} for one in found.ideas],
        "votes": [{"idea": one.idea.title, "at": one.created_at.isoformat(), "counts": one.confirmed_at is not None}
                  for one in found.votes],
        "comments": [{"idea": one.idea.title, "text": one.text, "state": one.get_state_display(),
                      "at": one.said_at.isoformat()} for one in found.comments],
        "subscriptions": [str(one) for one in found.subscriptions],
        "letters": [{"subject": one.telling.subject, "at": one.sent_at.isoformat()} for one in found.told],
    }  # fmt: skip
