"""What was heard is written down, and put right."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from clearspan.catalogue.models import Account, Contact, Product
from clearspan.catalogue.rules import anybody_here
from clearspan.core import panels
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.actions.parameters import Author, Link, Moment, Said, Title, account_of, heard_at
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.rules import edits


@action(rule=anybody_here, says="recorded “{result}”")
def record_feedback(
    actor: Actor,
    *,
    product: Product,
    text: Said,
    account: Account | None = None,
    contact: Contact | None = None,
    author: Author = "",
    channel: Annotated[Feedback.Channel, Field(description="Where it was heard.")] = Feedback.Channel.NOTE,
    said_at: Moment | None = None,
    title: Title = "",
    url: Link = "",
    external_id: Annotated[
        str, Field(max_length=200, description="Its identity where it comes from: sent again, it is not added again.")
    ] = "",
) -> Feedback:
    """Writes down one thing that was heard about a product, in the words of who said it. It waits in the inbox."""
    if external_id and (known := product.feedback.filter(external_id=external_id).first()):
        return known
    feedback: Feedback = Feedback.objects.create(
        product=product,
        text=text,
        account=account_of(account, contact),
        contact=contact,
        author=author,
        channel=channel,
        said_at=heard_at(said_at),
        title=title,
        url=url,
        external_id=external_id,
        recorded_by=actor.person,
    )
    panels.ask("evidence.changed", actor, product)
    return feedback


@action(rule=edits, says="changed “{result}”")
def change_feedback(
    actor: Actor,
    *,
    feedback: Feedback,
    text: Said | None = None,
    account: Account | None = None,
    contact: Contact | None = None,
    without_account: Annotated[bool, Field(description="Whose it is is not known after all.")] = False,
    author: Author | None = None,
    channel: Feedback.Channel | None = None,
    said_at: Moment | None = None,
    title: Title | None = None,
    url: Link | None = None,
) -> Feedback:
    """Puts right what was written down about one thing that was heard. What is not given stays as it is."""
    if channel not in (None, feedback.channel) and hasattr(feedback, "interview"):
        raise Invalid({"channel": "an interview stays one; nothing was changed"})
    given: dict[str, Any] = {"text": text, "author": author, "channel": channel, "title": title, "url": url}
    given["said_at"] = heard_at(said_at) if said_at else None
    changes = {name: value for name, value in given.items() if value is not None}
    if without_account:
        changes |= {"account": None, "contact": None}
    elif contact is not None or (account is not None and account.pk != feedback.account_id):
        changes |= {"account": account_of(account, contact), "contact": contact}
    for name, value in changes.items():
        setattr(feedback, name, value)
    feedback.save(update_fields=list(changes))
    panels.ask("evidence.changed", actor, feedback.product)
    return feedback
