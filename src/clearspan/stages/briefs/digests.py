"""What has changed since a person was last told, in words: only what they may see when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actions import NotThere
from clearspan.core.actor import Actor
from clearspan.stages.briefs.models import Digest
from clearspan.stages.briefs.queries import brief
from clearspan.stages.decisions.audiences import open_to
from clearspan.ui.markdown import markdown
from clearspan.ui.numbers import plural

SALT = "briefs.digest"
MONDAY = 0
Telling = dict[str, str]  # paragraph's key to its text


@dataclass(frozen=True)
class Changes:
    """What differs from what was told: new paragraphs, (before, now), and what is gone."""

    new: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    is_first: bool = False

    @property
    def count(self) -> int:
        return len(self.new) + len(self.other) + len(self.gone)


def due(today: date) -> QuerySet[Digest]:
    """Those that are to be looked at today: daily ones once a day, weekly ones on Mondays, or when one was missed."""
    daily = Q(every=Digest.Every.DAY) & (Q(looked_on=None) | Q(looked_on__lt=today))
    monday = today.toordinal() - (today.weekday() - MONDAY)
    weekly = Q(every=Digest.Every.WEEK) & (Q(looked_on=None) | Q(looked_on__lt=date.fromordinal(monday)))
    return Digest.objects.filter(daily | weekly).filter(person__is_active=True).order_by("pk")


def telling(digest: Digest, today: date) -> Telling | None:
    """What the person would be told now, by their own audience's brief; None when they may not see the product."""
    actor = Actor(digest.person, interface="job")
    if not actor.is_employee or not Product.objects.visible_to(actor).filter(pk=digest.product_id).exists():
        return None
    try:
        found = brief(actor, digest.product, open_to(actor)[0], today)
    except NotThere:
        return None
    return {part.key: part.text for part in found.parts if part.text and not part.is_left_out}


def changes(told: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What is to be said. The first time, all there is."""
    if not told:
        return Changes(new=tuple(now.values()), is_first=True)
    return Changes(
        tuple(text for key, text in now.items() if key not in told),
        tuple((told[key], text) for key, text in now.items() if key in told and told[key] != text),
        tuple(text for key, text in told.items() if key not in now),
    )


def subject(product: Product, found: Changes) -> str:
    if found.is_first:
        return f"{product}: how it stands"
    return f"{product}: {plural(found.count, 'change')}".replace("\xa0", " ")


def letter(digest: Digest, found: Changes) -> tuple[str, str]:
    """The letter as plain text and as simple HTML."""
    parts = [f"# {subject(digest.product, found)}"]
    if found.new:
        parts += ["" if found.is_first else "## New", *found.new]
    if found.other:
        parts += ["## Changed", *(f"{now}\n\n*It was:* {before}" for before, now in found.other)]
    if found.gone:
        parts += ["## No longer", *found.gone]
    body = "\n\n".join(part for part in parts if part)
    where = settings.BASE_URL + reverse("briefs", args=[digest.product.key])
    off = address_to_stop(digest)
    text = f"{body}\n\n--\nMore: {where}\nYou asked for this {digest.get_every_display()}. To end it: {off}\n"  # type: ignore[attr-defined]
    html = (
        f'<!doctype html><html lang="en"><body>{markdown(body)}<hr><p><a href="{where}">More</a>. You asked for this '
        f'{digest.get_every_display()}. <a href="{off}">End it</a>.</p></body></html>'  # type: ignore[attr-defined]
    )
    return text, html


def address_to_stop(digest: Digest) -> str:
    """Where the digest is ended without signing in: the link names it and cannot be made up."""
    return settings.BASE_URL + reverse("stop_digest", args=[signing.dumps(digest.pk, salt=SALT)])


def named(token: str) -> Digest | None:
    """The digest that a link names; None for a link that was not made here."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Digest.objects.select_related("person", "product").filter(pk=key).first()
