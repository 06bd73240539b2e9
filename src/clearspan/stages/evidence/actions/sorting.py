"""What becomes of feedback in the inbox. One or many: it is the same action."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q
from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.rules import sorts

_STATE = Feedback.State
Many = Annotated[list[Feedback], Field(description="One or more pieces of feedback, by reference.")]


class Pieces(list[Feedback]):
    """Pieces of feedback, and how an event names them: one by its words, several by how many there are."""

    def __str__(self) -> str:
        return f"“{str(self[0])[:120]}”" if len(self) == 1 else f"{len(self):,} pieces of feedback"


@action(rule=sorts, says="put away {result}")
def put_away(actor: Actor, *, feedback: Many) -> Pieces:
    """Takes feedback of no use out of the inbox: thanks, tests, chatter. Its account was heard all the same."""
    return _turn(actor, feedback, _STATE.AWAY)


@action(rule=sorts, says="brought back {result}")
def bring_back(actor: Actor, *, feedback: Many) -> Pieces:
    """Puts feedback back into the inbox, unsorted. What was a copy stands for itself again."""
    return _turn(actor, feedback, _STATE.NEW)


@action(rule=sorts, says="read {result} and found no need in it")
def mark_sorted(actor: Actor, *, feedback: Many) -> Pieces:
    """Says that feedback was read and speaks of no need. Its account was heard: silence is evidence too."""
    return _turn(actor, feedback, _STATE.SORTED)


@action(rule=sorts, says="merged {result} into “{result.original}”")
def merge_feedback(
    actor: Actor,
    *,
    feedback: Many,
    original: Annotated[
        Feedback | None, Field(description="What the others say again; without it, the earliest of them.")
    ] = None,
) -> Merged:
    """Makes several pieces that say the same thing count once. The copies stay readable under their original."""
    first = original or min(feedback, key=lambda one: (one.state == _STATE.AWAY, one.said_at, one.pk), default=None)
    if first is None:
        raise Invalid({"feedback": "there is nothing to merge"})
    root = Feedback.objects.select_for_update(no_key=True, of=("self",)).get(pk=first.copy_of_id or first.pk)
    copies = Merged((one for one in feedback if one.pk != root.pk), root)
    if not copies:
        raise Invalid({"feedback": "a piece of feedback cannot be a copy of itself; choose one more"})
    if any(one.product_id != root.product_id for one in copies):
        raise Invalid({"feedback": "these were said about different products"})
    keys = [one.pk for one in copies]
    said_again = Feedback.objects.filter(Q(pk__in=keys) | Q(copy_of__in=keys)).exclude(pk=root.pk)
    said_again.update(state=_STATE.COPY, copy_of=root)
    panels.ask("evidence.changed", actor, root.product)
    return copies


class Merged(Pieces):
    """Copies, and the original they were merged into."""

    def __init__(self, copies: object, original: Feedback) -> None:
        super().__init__(copies)  # type: ignore[arg-type]  # any iterable of feedback
        self.original = original


def _turn(actor: Actor, feedback: list[Feedback], state: str) -> Pieces:
    if not feedback:
        raise Invalid({"feedback": "choose at least one piece of feedback"})
    moved = Pieces(one for one in feedback if one.state != state)
    if not moved:
        raise Invalid({"feedback": f"this is {_STATE(state).label} already"})
    Feedback.objects.filter(pk__in=[one.pk for one in moved]).update(state=state, copy_of=None)
    for product in Product.objects.filter(pk__in={one.product_id for one in moved}):
        panels.ask("evidence.changed", actor, product)
    return moved
