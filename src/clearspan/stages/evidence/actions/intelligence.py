"""What is known of the market that no customer said."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Competitor, Product, Segment
from clearspan.catalogue.rules import anybody_here
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.actions.parameters import Link
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.evidence.rules import edits

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Field(description="What is known, in one line."),
]
Source = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Field(description="Who says so.")
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100_000), Field(description="All that is known.")
]
Confidential = Annotated[bool, Field(description="True: stays off battlecards and what is handed out")]
SeenOn = Annotated[dt.date, Field(description="The day it was seen or published.")]


@action(rule=anybody_here, says="noted of the market: {result}")
def record_intelligence(
    actor: Actor,
    *,
    product: Product,
    title: Line,
    source: Source,
    text: Text = "",
    url: Link = "",
    seen_on: SeenOn | None = None,
    competitor: Competitor | None = None,
    segment: Segment | None = None,
    is_confidential: Confidential = False,
) -> Intelligence:
    """Writes down something known of the market that no customer said: a figure, a competitor's move, a law."""
    made: Intelligence = Intelligence.objects.create(
        product=product,
        title=title,
        source=source,
        text=text,
        url=url,
        seen_on=_not_ahead(seen_on) or timezone.localdate(),
        competitor=_of(product.pk, competitor),
        segment=segment,
        is_confidential=is_confidential,
        recorded_by=actor.person,
    )
    return made


@action(rule=edits, says="changed what is known: {result}")
def change_intelligence(
    actor: Actor,
    *,
    intelligence: Intelligence,
    title: Line | None = None,
    source: Source | None = None,
    text: Text | None = None,
    url: Link | None = None,
    seen_on: SeenOn | None = None,
    competitor: Competitor | None = None,
    without_competitor: bool = False,
    segment: Segment | None = None,
    without_segment: bool = False,
    is_confidential: Confidential | None = None,
) -> Intelligence:
    """Puts right what is known of the market. What is not given stays as it is."""
    given: dict[str, Any] = {"title": title, "source": source, "text": text, "url": url, "segment": segment}
    given["is_confidential"] = is_confidential
    given |= {"seen_on": _not_ahead(seen_on), "competitor": _of(intelligence.product_id, competitor)}
    changes = {name: value for name, value in given.items() if value is not None}
    if without_competitor:
        changes["competitor"] = None
    if without_segment:
        changes["segment"] = None
    for name, value in changes.items():
        setattr(intelligence, name, value)
    intelligence.save(update_fields=list(changes))
    return intelligence


@action(rule=edits, says="removed what was known: {result}")
def remove_intelligence(actor: Actor, *, intelligence: Intelligence) -> str:
    """Removes something that turned out not to be so."""
    title = str(intelligence)
    intelligence.delete()
    return title


def _not_ahead(day: dt.date | None) -> dt.date | None:
    if day is not None and day > timezone.localdate():
        raise Invalid({"seen_on": "this lies in the future"})
    return day


def _of(product: int, competitor: Competitor | None) -> Competitor | None:
    if competitor is not None and competitor.product_id != product:
        raise Invalid({"competitor": f"{competitor} is a competitor of another product"})
    return competitor
