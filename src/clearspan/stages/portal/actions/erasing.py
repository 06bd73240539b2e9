"""What a visitor may ask for at any time: that nothing is kept of them."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob
from pydantic import Field

from clearspan.core.actions import action, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.models import Change
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal.actions import people
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaMeaning, IdeaVote, Subscription, Told, Visitor
from clearspan.stages.portal.rules import visitors

GONE = "Taken back by who sent it."


@action(rule=visitors, says="a visitor was erased", irreversible=True)
def erase_visitor(
    actor: Actor,
    *,
    visitor: Visitor,
    with_texts: Annotated[bool, Field(description="Their ideas and comments go too, not only their name")] = False,
) -> None:
    """Forgets a visitor: address, name, votes, subscriptions, letters, and what the history has of them. Ideas and
    comments stay without a name, or go with them. What they said stays counted as said by their account."""
    without_keeping()
    ideas = list(Idea.objects.filter(visitor=visitor).values_list("pk", "feedback"))
    comments = list(IdeaComment.objects.filter(visitor=visitor).values_list("pk", flat=True))
    votes = list(IdeaVote.objects.filter(visitor=visitor))
    heard = [feedback for _, feedback in ideas if feedback]
    _forget_history(visitor, [pk for pk, _ in ideas], comments, votes, heard)
    people.unheard(votes)
    people.count_votes([vote.idea_id for vote in votes])
    Feedback.objects.filter(pk__in=heard).update(author="", contact=None)
    Idea.objects.filter(visitor=visitor).update(author="", nonce="")
    IdeaComment.objects.filter(visitor=visitor).update(author="", nonce="")
    if with_texts:
        IdeaMeaning.objects.filter(idea__visitor=visitor).delete()
        Idea.objects.filter(visitor=visitor).update(state=Idea.State.WITHDRAWN, title=GONE, text="")
        IdeaComment.objects.filter(visitor=visitor).update(state=IdeaComment.State.WITHDRAWN, text="")
        Feedback.objects.filter(pk__in=heard).update(title="", text=GONE)
    Told.objects.filter(Q(visitor=visitor) | Q(key=visitor.key)).update(key="", name="", contact=None)
    ProcrastinateJob.objects.filter(task_name="core.mail", args__to=visitor.address).exclude(status="doing").delete()
    visitor.delete()


def _forget_history(
    visitor: Visitor, ideas: list[int], comments: list[int], votes: list[IdeaVote], heard: list[int]
) -> None:
    """What the history has of their rows, from when somebody of the company moderated them."""
    subscriptions = list(Subscription.objects.filter(visitor=visitor).values_list("pk", flat=True))
    told = list(Told.objects.filter(visitor=visitor).values_list("pk", flat=True))
    pieces = [*heard, *(vote.feedback_id for vote in votes if vote.feedback_id)]
    for model, keys in (
        (Visitor, [visitor.pk]), (Idea, ideas), (IdeaComment, comments), (IdeaVote, [vote.pk for vote in votes]),
        (Subscription, subscriptions), (Told, told), (Feedback, pieces),
    ):  # fmt: skip
        Change.objects.filter(table=model._meta.db_table, row__in=keys).delete()
