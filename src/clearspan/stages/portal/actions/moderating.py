"""A person reads what came in, and says what becomes of it."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.actions import merge_feedback, put_away
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal import letters
from clearspan.stages.portal.actions import people
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Subscription, Visitor
from clearspan.stages.portal.rules import moderates

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
_SHORT = 400  # characters that the public reads beside an idea
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=_SHORT), Field(description="Read by everybody")
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Tells = Annotated[bool, Field(description="Whether those who follow the idea get it by mail")]


@action(rule=moderates, says="published the idea “{idea}”")
def publish_idea(
    actor: Actor,
    *,
    idea: Idea,
    title: Annotated[Title | None, Field(description="Put shorter or clearer; the text stays the sender's own")] = None,
    with_name: Annotated[bool, Field(description="Whether the sender's name stands beside it")] = True,
) -> Idea:
    """Puts an idea on the public list. It is feedback too, as every idea is: sort it in the inbox."""
    if idea.state in Idea.SHOWN:
        raise Invalid({"idea": f"it is {idea.get_state_display()} already"})
    idea.title, idea.state, idea.why_held = title or idea.title, Idea.State.PUBLIC, ""
    idea.published_at = timezone.now()
    if not with_name:
        idea.author = ""
    idea.save(update_fields=["title", "state", "why_held", "published_at", "author"])
    people.becomes_feedback(idea)
    letters.moved(idea, "Your idea is on the list now. Others can vote for it and add to it.", _followers(idea))
    return idea


@action(rule=moderates, says="merged the idea “{idea}” into “{into}”")
def merge_idea(actor: Actor, *, idea: Idea, into: Idea) -> Idea:
    """Makes two ideas one: votes move and none is doubled, comments and those who follow it move, and so the feedback
    is one occasion each of the same. The address of the first leads to the second."""
    if idea.pk == into.pk or idea.product_id != into.product_id:
        raise Invalid({"into": "an idea is merged into another one of the same product"})
    if into.state != Idea.State.PUBLIC:
        raise Invalid({"into": "what it is merged into must be public"})
    if idea.state == Idea.State.MERGED:
        raise Invalid({"idea": "it is merged already"})
    people.becomes_feedback(idea)
    people.becomes_feedback(into)
    there = IdeaVote.objects.filter(idea=into).values("visitor")
    doubles = IdeaVote.objects.filter(idea=idea, visitor__in=there)
    confirmed = list(doubles.filter(confirmed_at__isnull=False).values_list("visitor", "confirmed_at"))
    people.unheard(list(doubles))
    for visitor, at in confirmed:  # few: who voted for both, and confirmed only the one that goes
        IdeaVote.objects.filter(idea=into, visitor=visitor, confirmed_at=None).update(confirmed_at=at)
    IdeaVote.objects.filter(idea=idea).update(idea=into)
    IdeaComment.objects.filter(idea=idea).update(idea=into)
    follows = Subscription.objects.filter(idea=into).values("visitor")
    Subscription.objects.filter(idea=idea).exclude(visitor__in=follows).update(idea=into)
    into.votes_brought += idea.votes_brought
    into.save(update_fields=["votes_brought"])
    idea.state, idea.merged_into, idea.votes_brought, idea.published_at = Idea.State.MERGED, into, 0, timezone.now()
    idea.save(update_fields=["state", "merged_into", "votes_brought", "published_at"])
    people.count_votes([idea.pk, into.pk])
    people.becomes_evidence(list(IdeaVote.objects.filter(idea=into, feedback=None, confirmed_at__isnull=False)
                                 .exclude(visitor=into.visitor_id).exclude(visitor=idea.visitor_id)
                                 .select_related("idea__product", "visitor__account")))  # fmt: skip
    if idea.feedback is not None and into.feedback is not None and idea.feedback.copy_of_id is None:
        merge_feedback(actor, feedback=[idea.feedback], original=into.feedback)
    people.echo([into.pk])
    return into


@action(rule=moderates, says="declined the idea “{idea}”")
def decline_idea(
    actor: Actor,
    *,
    idea: Idea,
    words: Annotated[Text, Field(description="Why not; beside a public idea everybody reads it")],
    tells: Tells = True,
) -> Idea:
    """Says no to an idea, and why. One that nobody has read yet does not go onto the list, and its sender is told; a
    public one stays there as not now. It stays evidence all the same. Undone, it is as it was; letters are not."""
    if idea.state == Idea.State.MERGED:
        raise Invalid({"idea": "it was merged: decline what it was merged into"})
    if idea.state == Idea.State.PUBLIC:
        return _say_standing(idea, Idea.Standing.NOT_NOW, words, tells)
    idea.state, idea.words, idea.why_held = Idea.State.DECLINED, words[:_SHORT], ""
    idea.save(update_fields=["state", "words", "why_held"])
    people.becomes_feedback(idea)
    letters.declined(idea, words)
    return idea


@action(rule=moderates, says="marked the idea “{idea}” as spam")
def mark_idea_spam(actor: Actor, *, idea: Idea) -> Idea:
    """Puts an idea away as spam: nobody is told, and its feedback is put away too."""
    if idea.feedback is not None and idea.feedback.state != Feedback.State.AWAY:
        put_away(actor, feedback=[idea.feedback])
    idea.state = Idea.State.SPAM
    idea.save(update_fields=["state"])
    return idea


@action(rule=moderates, says="said of the idea “{idea}” where it stands")
def say_standing(
    actor: Actor,
    *,
    idea: Idea,
    standing: Annotated[Idea.Standing | None, Field(description="None: as the line of its need stands")] = None,
    words: Words = "",
    tells: Tells = False,
) -> Idea:
    """Says by hand where an idea stands, or lets it follow the line again; and what the public reads beside it."""
    if idea.state != Idea.State.PUBLIC:
        raise Invalid({"idea": "it is not public"})
    if standing == Idea.Standing.NOT_NOW and not words:
        raise Invalid({"words": "those who asked will want to know why not"})
    return _say_standing(idea, standing or "", words, tells)


@action(rule=moderates, says="answered the idea “{idea}”")
def answer_idea(actor: Actor, *, idea: Idea, text: Text, tells: Tells = True) -> IdeaComment:
    """Says something to an idea in public, in the company's name."""
    if idea.state != Idea.State.PUBLIC:
        raise Invalid({"idea": "it is not public"})
    name = actor.person.name if actor.person else ""
    made: IdeaComment = IdeaComment.objects.create(
        idea=idea, person=actor.person, author=name, text=text, is_ours=True, said_at=timezone.now(),
        confirmed_at=timezone.now(), state=IdeaComment.State.PUBLIC,
    )  # fmt: skip
    if tells:
        letters.moved(idea, text, _followers(idea))
    return made


@action(rule=moderates, says="published a comment on {comment.idea}")
def publish_idea_comment(actor: Actor, *, comment: IdeaComment) -> IdeaComment:
    """Publishes a comment. From then on, what the same person says appears at once."""
    if comment.state == IdeaComment.State.WITHDRAWN:
        raise Invalid({"comment": "who wrote it has taken it back"})
    comment.state, comment.why_held = IdeaComment.State.PUBLIC, ""
    comment.save(update_fields=["state", "why_held"])
    if comment.visitor is not None and comment.visitor.confirmed_at and not comment.visitor.trusted_at:
        comment.visitor.trusted_at = timezone.now()
        comment.visitor.save(update_fields=["trusted_at"])
    return comment


@action(rule=moderates, says="removed a comment on {comment.idea}")
def remove_idea_comment(actor: Actor, *, comment: IdeaComment) -> IdeaComment:
    """Takes a comment off the public page."""
    comment.state = IdeaComment.State.REMOVED
    comment.save(update_fields=["state"])
    return comment


@action(rule=moderates, says="blocked a visitor of the portal")
def block_visitor(
    actor: Actor, *, idea: Idea | None = None, comment: IdeaComment | None = None, blocked: bool = True
) -> Visitor:
    """What the sender of this idea or comment sends from now on is put aside, and gets no letters. It can be lifted."""
    row = idea or comment
    visitor = row.visitor if row is not None else None
    if visitor is None:
        raise Invalid("nobody is known to have sent it")
    visitor.is_blocked = blocked
    visitor.trusted_at = None if blocked else visitor.trusted_at
    visitor.save(update_fields=["is_blocked", "trusted_at"])
    return visitor


def _say_standing(idea: Idea, standing: str, words: str, tells: bool) -> Idea:
    if len(words) > _SHORT:
        raise Invalid({"words": f"it stands in a list: {_SHORT} characters at most, and these are {len(words)}"})
    idea.standing, idea.words = standing, words
    idea.save(update_fields=["standing", "words"])
    if tells:
        letters.moved(idea, f"{idea.get_standing_display()}: {words}" if standing else words, _followers(idea))
    return idea


def _followers(idea: Idea) -> list[Subscription]:
    follows = Subscription.objects.filter(idea=idea, confirmed_at__isnull=False, visitor__is_blocked=False)
    return list(follows.select_related("visitor"))
