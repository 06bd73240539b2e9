"""What visitors do. The pages have judged the form (guard.py) before; here it is written, once.

Nothing that a visitor gives is kept in the history: texts, names and addresses are secrets to it, and rows are written
without copies, so that they can be erased.
"""

from __future__ import annotations

from typing import Annotated

from django.db.models import Value
from django.db.models.functions import MD5, Left, Lower
from django.utils import timezone
from pydantic import Field, SecretStr

from clearspan.core.actions import Invalid, action, without_keeping
from clearspan.core.actor import Actor
from clearspan.stages.portal import guard, letters
from clearspan.stages.portal.actions import people
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Portal, Subscription, Visitor
from clearspan.stages.portal.models.ideas import SAME
from clearspan.stages.portal.rules import visitors
from clearspan.ui.numbers import shorten

LONGEST = 4_000
Secret = Annotated[SecretStr, Field(description="Kept out of the history")]
Nonce = Annotated[str, Field(max_length=22, description="Of the form; the letter that confirms it repeats it")]
NOTHING = SecretStr("")
Held = Annotated[str, Field(max_length=120, description="Why it is put aside; empty: it is not")]
Confirmed = Annotated[bool, Field(description="It comes from a browser that is known to be the visitor's")]


@action(rule=visitors, says="a visitor sent an idea for {portal.product}", irreversible=True)
def send_idea(
    actor: Actor,
    *,
    portal: Portal,
    text: Secret,
    address: Secret,
    title: SecretStr = NOTHING,
    name: SecretStr = NOTHING,
    nonce: Nonce = "",
    held: Held = "",
    confirmed: Confirmed = False,
) -> Idea:
    """Takes an idea. It is read by a person before it is public; before that, its address has to be confirmed."""
    without_keeping()
    said, called = text.get_secret_value().strip()[:LONGEST], title.get_secret_value().strip()
    if not said and not called:
        raise Invalid({"text": "say in a few words what gets in your way"})
    visitor = people.visitor_named(address.get_secret_value(), name.get_secret_value()[:80])
    before = Idea.objects.annotate(same=SAME).filter(product=portal.product, same=_same(said)).count() if said else 0
    held = held or ("they are blocked" if visitor.is_blocked else guard.suspicion(f"{called} {said}", before))
    idea = Idea.objects.create(
        product=portal.product, title=called[:160] or shorten(said, 120), text=said, visitor=visitor,
        author=name.get_secret_value()[:80], said_at=timezone.now(), nonce=nonce, why_held=held,
        state=Idea.State.HELD if held else Idea.State.SENT,
    )  # fmt: skip
    people.follow(visitor, idea, nonce)
    if confirmed:
        _ideas_confirmed(visitor, [idea])
    elif not held:
        letters.ask_to_confirm(visitor, nonce, f"with an idea for {portal.product}")
    return idea


@action(rule=visitors, says="a visitor voted for {idea}", irreversible=True)
def vote_for_idea(
    actor: Actor, *, idea: Idea, address: Secret, name: SecretStr = NOTHING, nonce: Nonce = "", held: Held = "",
    confirmed: Confirmed = False,
) -> IdeaVote:  # fmt: skip
    """Takes a vote, once a person. It counts when the address is confirmed. The idea is locked: two at once are one."""
    without_keeping()
    visitor = people.visitor_named(address.get_secret_value(), name.get_secret_value()[:80])
    vote, _ = IdeaVote.objects.get_or_create(idea=idea, visitor=visitor, defaults={"nonce": nonce})
    people.follow(visitor, idea, nonce)
    if confirmed:
        _votes_confirmed([vote])
    elif vote.confirmed_at is None and not held:
        # Whoever asks again, the letter repeats the first form: a stranger cannot make an earlier letter worthless.
        letters.ask_to_confirm(visitor, vote.nonce, f"with a vote for “{idea}”")
    return vote


@action(rule=visitors, says="a visitor took back a vote for {idea}", irreversible=True)
def take_back_vote(actor: Actor, *, idea: Idea, visitor: Visitor) -> None:
    """Takes one's vote back: it is no evidence any more either."""
    without_keeping()
    people.unheard(list(IdeaVote.objects.filter(idea=idea, visitor=visitor)))
    people.count_votes([idea.pk])


@action(rule=visitors, says="a visitor commented on {idea}", irreversible=True)
def comment_on_idea(
    actor: Actor, *, idea: Idea, text: Secret, address: Secret, name: SecretStr = NOTHING, nonce: Nonce = "",
    held: Held = "", confirmed: Confirmed = False,
) -> IdeaComment:  # fmt: skip
    """Takes a comment. The first of a person waits to be read; of those who are trusted it appears."""
    without_keeping()
    said = text.get_secret_value().strip()[:LONGEST]
    if not said:
        raise Invalid({"text": "there is nothing in it yet"})
    visitor = people.visitor_named(address.get_secret_value(), name.get_secret_value()[:80])
    before = IdeaComment.objects.filter(visitor=visitor, text=said).count() + (
        IdeaComment.objects.filter(idea=idea, text=said).count()
    )
    held = held or ("they are blocked" if visitor.is_blocked else guard.suspicion(said, 2 * before))
    comment = IdeaComment.objects.create(
        idea=idea, visitor=visitor, author=name.get_secret_value()[:80] or visitor.name, text=said, nonce=nonce,
        said_at=timezone.now(), why_held=held, state=IdeaComment.State.HELD if held else IdeaComment.State.SENT,
    )  # fmt: skip
    people.follow(visitor, idea, nonce)
    if confirmed:
        _comments_confirmed(visitor, [comment])
    elif not held:
        letters.ask_to_confirm(visitor, nonce, f"with a comment on “{idea}”")
    return comment


@action(rule=visitors, says="a visitor changed a comment on {comment.idea}", irreversible=True)
def change_idea_comment(actor: Actor, *, comment: IdeaComment, text: Secret) -> IdeaComment:
    """Puts one's own comment into other words. Those of a person not trusted yet are read again."""
    without_keeping()
    said = text.get_secret_value().strip()[:LONGEST]
    if not said:
        raise Invalid({"text": "there is nothing in it; take it back instead"})
    comment.text, comment.edited_at, comment.why_held = said, timezone.now(), guard.suspicion(said, 0)
    trusted = comment.visitor is not None and comment.visitor.trusted_at is not None
    state = IdeaComment.State
    comment.state = state.HELD if comment.why_held else state.PUBLIC if trusted else state.WAITING
    comment.save(update_fields=["text", "edited_at", "why_held", "state"])
    return comment


@action(rule=visitors, says="a visitor took back a comment on {comment.idea}", irreversible=True)
def take_back_idea_comment(actor: Actor, *, comment: IdeaComment) -> None:
    """Takes one's own comment back; its words are gone."""
    without_keeping()
    IdeaComment.objects.filter(pk=comment.pk).update(state=IdeaComment.State.WITHDRAWN, text="", author="")


@action(rule=visitors, says="a visitor asked for news of {portal.product}", irreversible=True)
def subscribe(
    actor: Actor, *, portal: Portal, address: Secret, idea: Idea | None = None, nonce: Nonce = "",
    confirmed: Confirmed = False, held: Held = "",
) -> Subscription:  # fmt: skip
    """By mail: what is new in a product, or what becomes of one idea."""
    without_keeping()
    visitor = people.visitor_named(address.get_secret_value(), "")
    now = timezone.now() if confirmed else None
    made, _ = Subscription.objects.get_or_create(
        visitor=visitor, product=portal.product, idea=idea, defaults={"nonce": nonce, "confirmed_at": now}
    )
    if made.confirmed_at is None and confirmed:
        made.confirmed_at = now
        made.save(update_fields=["confirmed_at"])
    if made.confirmed_at is None and not held:
        letters.ask_to_confirm(visitor, made.nonce, f"to hear what is new in {idea or portal.product}")
    return made


@action(rule=visitors, says="a visitor wants no more news", irreversible=True)
def unsubscribe(actor: Actor, *, subscription: Subscription) -> None:
    """Ends a subscription."""
    without_keeping()
    subscription.delete()


@action(rule=visitors, says="a visitor confirmed an address", irreversible=True)
def confirm_visitor(
    actor: Actor,
    *,
    visitor: Visitor,
    nonce: Annotated[str, Field(max_length=22, description="What was sent under it is theirs; empty: nothing is")] = "",
) -> Visitor:
    """The address is theirs, and so is what was sent with the form of this letter: nothing else is."""
    without_keeping()
    people.is_confirmed(visitor)
    if visitor.person is not None and visitor.person.function_id is not None:
        raise Invalid("this is the address of somebody of the company: answer ideas from within Clearspan")
    if nonce:
        _confirm_sent(visitor, nonce)
    return visitor


def _confirm_sent(visitor: Visitor, nonce: str) -> None:
    sent = {"visitor": visitor, "nonce": nonce, "confirmed_at__isnull": True}
    Subscription.objects.filter(**sent).update(confirmed_at=timezone.now())
    votes = list(IdeaVote.objects.filter(**sent).select_related("idea__product", "visitor__account"))
    # The ideas first, in their order, as every vote does: two confirmations wait for each other instead of for ever.
    list(Idea.objects.select_for_update(no_key=True).filter(pk__in=[one.idea_id for one in votes]).order_by("pk"))
    _votes_confirmed(votes)
    _ideas_confirmed(visitor, list(Idea.objects.filter(**sent).select_related("product", "visitor__account")))
    _comments_confirmed(visitor, list(IdeaComment.objects.filter(**sent)))


def _votes_confirmed(votes: list[IdeaVote]) -> None:
    new = [vote for vote in votes if vote.confirmed_at is None]
    IdeaVote.objects.filter(pk__in=[vote.pk for vote in new]).update(confirmed_at=timezone.now())
    _follows(new)
    people.becomes_evidence(new)
    people.count_votes([vote.idea_id for vote in new])


def _ideas_confirmed(visitor: Visitor, ideas: list[Idea]) -> None:
    for idea in ideas:
        idea.confirmed_at = timezone.now()
        if idea.state == Idea.State.SENT:
            idea.state = Idea.State.WAITING
            people.becomes_feedback(idea)
        idea.save(update_fields=["confirmed_at", "state"])
        vote, _ = IdeaVote.objects.get_or_create(idea=idea, visitor=visitor, defaults={"nonce": idea.nonce})
        # Who has an idea wants it. Their feedback says so already: the vote is no second occasion.
        IdeaVote.objects.filter(pk=vote.pk).update(confirmed_at=timezone.now())
    Subscription.objects.filter(visitor=visitor, idea__in=ideas).update(confirmed_at=timezone.now())
    people.count_votes([idea.pk for idea in ideas])


def _comments_confirmed(visitor: Visitor, comments: list[IdeaComment]) -> None:
    state = IdeaComment.State
    for comment in comments:
        if comment.state == state.SENT:
            comment.state = state.PUBLIC if visitor.trusted_at else state.WAITING
        comment.confirmed_at = timezone.now()
        comment.save(update_fields=["state", "confirmed_at"])
    _follows(comments)


def _follows(said: list[IdeaVote] | list[IdeaComment]) -> None:
    """What one visitor said of ideas brings news of them."""
    if said:
        theirs = Subscription.objects.filter(visitor=said[0].visitor_id, idea__in=[one.idea_id for one in said])
        theirs.update(confirmed_at=timezone.now())


def _same(text: str) -> object:
    """What SAME is for a row with this text."""
    return MD5(Lower(Left(Value(text), 200)))
