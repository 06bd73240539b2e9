"""Notes that bring work back on track."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import manages
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.mail import post
from clearspan.core.models import User
from clearspan.stages.development.models import DriftNote, NoteReader

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    Field(description="Markdown: what was seen, and what is asked"),
]


def is_written_to(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Whom the note was sent to."""
    return actor.person is not None and given["note"].readers.filter(person=actor.person).exists()


@action(rule=manages, says="sent the note “{title}”", irreversible=True)
def send_drift_note(
    actor: Actor,
    *,
    product: Product,
    title: Title,
    text: Text,
    to: Annotated[list[User], Field(min_length=1, description="Whom it concerns; each reads it here and by mail")],
) -> DriftNote:
    """Sends a note that brings work back on track. What was sent by mail cannot be taken back."""
    for person in to:
        reader = Actor(person)
        if not reader.is_employee or not Product.objects.visible_to(reader).filter(pk=product.pk).exists():
            raise Invalid({"to": f"{person} may not see {product}; the note was not sent to anybody"})
    note = DriftNote.objects.create(
        product=product, title=title, text=text, written_by=actor.person, sent_at=timezone.now()
    )
    NoteReader.objects.bulk_create(NoteReader(note=note, person=person) for person in to)
    where = settings.BASE_URL + reverse("drift_note", args=[product.key, note.pk])
    post(to, f"{product}: {title}", f"{text}\n\n{actor}\n{where}\n")
    return note


@action(rule=is_written_to, says="read the note “{note}”")
def read_drift_note(actor: Actor, *, note: DriftNote) -> DriftNote:
    """Says that one has read a note, so that it waits no longer."""
    note.readers.filter(person=actor.person, read_at=None).update(read_at=timezone.now())
    return note
