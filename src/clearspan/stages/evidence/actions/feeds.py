"""Feeds of sites that are followed: their news becomes intelligence by itself."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Competitor, Product, Segment
from clearspan.catalogue.rules import either, sells, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence import jobs
from clearspan.stages.evidence.models import Feed

follows = either(works_on, sells)
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    Field(description="What its entries name as their source"),
]  # fmt: skip
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    Field(description="Of the feed itself", examples=["https://news.example.com/feed.xml"]),
]  # fmt: skip
Only = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200),
    Field(description="Words with commas between: only entries with one of them; empty: all"),
]  # fmt: skip
Every = Annotated[int, Field(ge=0, le=10_080, description="Minutes between readings; 0: only when asked")]


@action(rule=follows, says="follows {result}")
def follow_feed(
    actor: Actor,
    *,
    product: Product,
    name: Name,
    address: Address,
    competitor: Annotated[Competitor | None, Field(description="Whom it is about")] = None,
    segment: Annotated[Segment | None, Field(description="Which segment it is about")] = None,
    only: Only = "",
    every: Every = 360,
) -> Feed:
    """Reads a feed (RSS or Atom) from now on: each new entry becomes intelligence. The first reading begins at once."""
    address = _address(address)
    _of(product.pk, competitor)
    here = Feed.objects.filter(product=product, address=address).first()
    if here is not None:
        raise Invalid({"address": f"it is followed already ({here.ref} {here})"})
    feed: Feed = Feed.objects.create(
        product=product, name=name, address=address, competitor=competitor, segment=segment, only=only, every=every,
        asked_by=actor.person,
    )  # fmt: skip
    jobs.queue(feed, actor.person)
    return feed


@action(rule=follows, says="changed how {feed} is followed")
def change_feed(
    actor: Actor,
    *,
    feed: Feed,
    name: Name | None = None,
    address: Address | None = None,
    competitor: Annotated[
        Competitor | None, Field(description="Whom it is about; left out: nobody in particular")
    ] = None,
    segment: Annotated[Segment | None, Field(description="Which segment; left out: none in particular")] = None,
    only: Only | None = None,
    every: Every | None = None,
) -> Feed:
    """Changes how a feed is followed. At a new address it is read at once; nothing doubles."""
    _of(feed.product_id, competitor)
    moved = address is not None and _address(address) != feed.address
    if address is not None and moved:
        feed.address, feed.etag, feed.modified = _address(address), "", ""
        if Feed.objects.filter(product=feed.product, address=feed.address).exclude(pk=feed.pk).exists():
            raise Invalid({"address": "another feed is followed there already"})
    for field, value in {"name": name, "only": only, "every": every}.items():
        if value is not None:
            setattr(feed, field, value)
    feed.competitor, feed.segment = competitor, segment
    if not feed.every:
        feed.next_at = None
    feed.save()
    if feed.every and not feed.is_under_way and (moved or feed.next_at is None):
        jobs.queue(feed, actor.person)
    return feed


@action(rule=follows, says="follows {feed} no more")
def unfollow_feed(actor: Actor, *, feed: Feed) -> None:
    """Reads a feed no more. What it brought stays."""
    feed.delete()


@action(rule=follows, says="asked for a reading of {feed}", irreversible=True)
def read_feed_now(actor: Actor, *, feed: Feed) -> Feed:
    """Reads a feed now. The worker does it; the feed says how it went."""
    if feed.is_under_way:
        raise Invalid({"feed": "it is being read"})
    jobs.queue(feed, actor.person)
    return feed


def _address(given: str) -> str:
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise Invalid({"address": "this is no address"}) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise Invalid({"address": "it begins with https://, such as https://news.example.com/feed.xml"})
    if parts.username or parts.password:
        raise Invalid({"address": "leave the name and password out: they would stand here for everybody to read"})
    return given.partition("#")[0]


def _of(product: int, competitor: Competitor | None) -> None:
    if competitor is not None and competitor.product_id != product:
        raise Invalid({"competitor": f"{competitor} is a competitor of another product"})
