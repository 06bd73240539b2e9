"""What is new: drafted from launches and what was defined, published by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change
from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.launch.drafts import gaps_of
from clearspan.stages.launch.models import Launch
from clearspan.stages.portal import letters
from clearspan.stages.portal.drafts import release_notes
from clearspan.stages.portal.models import ChangelogEntry, Subscription
from clearspan.stages.portal.rules import moderates

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Text = Annotated[str, StringConstraints(max_length=20_000), Field(description="Markdown")]


@action(rule=moderates, says="drafted “{result}” for what is new")
def draft_entry(
    actor: Actor,
    *,
    product: Product,
    launch: Annotated[Launch | None, Field(description="Drafted from what it brings, where words are missing")] = None,
    title: Title | None = None,
    text: Text | None = None,
) -> ChangelogEntry:
    """Drafts an entry of the changelog. Nobody outside reads it before it is published."""
    if launch is not None and launch.product_id != product.pk:
        raise Invalid({"launch": "it is a launch of another product"})
    drafted = release_notes(actor, launch) if launch is not None else None
    if title is None and drafted is None:
        raise Invalid({"title": "say in a few words what is new, or name the launch that brings it"})
    made: ChangelogEntry = ChangelogEntry.objects.create(
        product=product, launch=launch, written_by=actor.person,
        title=title or (drafted.title if drafted else ""),
        text=text if text is not None else (drafted.text if drafted else ""),
    )  # fmt: skip
    return made


@action(rule=moderates, says="changed “{entry}” in what is new")
def change_entry(
    actor: Actor, *, entry: ChangelogEntry, title: Title | None = None, text: Text | None = None
) -> ChangelogEntry:
    """Changes the words of an entry. What is published already is corrected; nobody gets it by mail again."""
    entry.changed_at = timezone.now()
    return change(entry, title=title, text=text, changed_at=timezone.now())


@action(rule=moderates, says="published “{entry}”")
def publish_entry(
    actor: Actor,
    *,
    entry: ChangelogEntry,
    at: Annotated[datetime | None, Field(description="The day it carries; empty: now")] = None,
    tells: Annotated[bool, Field(description="Whether those who want news get it by mail; each entry once")] = True,
) -> ChangelogEntry:
    """Puts an entry on the public page and into the feed, and sends it to those who asked for news."""
    if entry.published_at is not None:
        raise Invalid({"entry": "it is published already"})
    if entry.product.is_confidential:
        raise Invalid({"entry": f"{entry.product} is confidential: nobody outside is told what is new in it"})
    if gaps := gaps_of(entry.text):
        raise Invalid({"entry": f"it says of itself that something is missing: {gaps[0]}"})
    entry.published_at = at or timezone.now()
    fields = ["published_at", "changed_at"]
    if tells and entry.mailed_at is None:
        entry.mailed_at = timezone.now()
        fields.append("mailed_at")
        wanted = Subscription.objects.filter(product=entry.product, idea=None, confirmed_at__isnull=False)
        letters.news(entry, wanted.filter(visitor__is_blocked=False).select_related("visitor"))
    entry.save(update_fields=fields)
    return entry


@action(rule=moderates, says="took “{entry}” back from what is new")
def withdraw_entry(actor: Actor, *, entry: ChangelogEntry) -> ChangelogEntry:
    """Takes an entry off the public page. It is a draft again."""
    if entry.published_at is None:
        raise Invalid({"entry": "it is a draft"})
    entry.published_at = None
    entry.save(update_fields=["published_at", "changed_at"])
    return entry


@action(rule=moderates, says="removed “{entry}” from what is new")
def remove_entry(actor: Actor, *, entry: ChangelogEntry) -> None:
    """Removes an entry."""
    entry.delete()
