"""Interviews, and whom nobody has asked yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product, Segment
from clearspan.catalogue.queries import accounts
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feedback, Interview


def interviews(actor: Actor, product: Product, *, segment: int | None = None, q: str = "") -> QuerySet[Interview]:
    """The interviews about a product, with what a line shows. `q` is words of the notes or of the account's name."""
    rows = Interview.objects.visible_to(actor).filter(feedback__product=product)
    if segment:
        rows = rows.filter(feedback__account__segment=segment)
    if q:
        words = lists.by_words(q, of_very_many=True)
        told = Feedback.objects.filter(product=product, channel=Feedback.Channel.INTERVIEW)
        said = told.filter(search=words) if words else told.none()  # an index of interviews alone has their words
        keys = rows.order_by().values("pk")
        called = keys.filter(feedback__account__in=accounts.like(actor, q))
        rows = rows.filter(pk__in=keys.filter(feedback__in=said).union(called))  # each way has an index, “or” has none
    shown = rows.select_related("feedback__account__segment", "feedback__contact", "held_by")
    return shown.defer("feedback__search", "feedback__account__search")


@dataclass(frozen=True)
class Asked:
    """How many interviews there are, how many in the last thirty days, and the market's segments without one."""

    times: int
    lately: int
    never: list[str]


def asked(actor: Actor, product: Product) -> Asked:
    """Who was asked, and which segments of the product's market never were: two queries."""
    rows = Interview.objects.visible_to(actor).filter(feedback__product=product).order_by()
    lately = Q(feedback__said_at__gte=timezone.now() - dt.timedelta(days=30))
    told = rows.aggregate(times=Count("pk"), lately=Count("pk", filter=lately))
    heard = Feedback.objects.filter(product=product, channel=Feedback.Channel.INTERVIEW, account__segment__isnull=False)
    never = Segment.objects.visible_to(actor).filter(market__product=product)
    never = never.exclude(pk__in=heard.values("account__segment"))
    return Asked(told["times"], told["lately"], list(never.values_list("name", flat=True)))
