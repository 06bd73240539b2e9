"""What was heard: filtered, searched, cut by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.dateparse import parse_date

from clearspan.catalogue.models import Account, Product
from clearspan.catalogue.queries import accounts
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import BEGINNING, Feedback, beginning_of

ALL = "all"  # the state in an address that wants every state: an empty one would be the page's own
NAMES = ("state", "channel", "segment", "account", "since", "until", "q")
START = 300  # characters of a text that a list shows
_MANY = 1_000  # times an account was heard: beyond this nobody needs the exact number
_YEAR = dt.timedelta(days=365)
_LIKE_LEAST = 20  # characters: what is shorter is alike by chance


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. `account` is a reference or words of a name; "" and None narrow nothing."""

    state: str = ""
    channel: str = ""
    segment: int | None = None
    account: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], state: str = "") -> Filters:
        """The filters of an address. What cannot be read narrows nothing; `state` is for an address without one."""
        wished = given.get("state", state)
        return cls(
            state=wished if wished in Feedback.State.values else "",
            channel=given["channel"] if given.get("channel") in Feedback.Channel.values else "",
            segment=int(given["segment"]) if given.get("segment", "").isdecimal() else None,
            account=given.get("account", "").strip()[:200],
            since=_day(given.get("since", "")),
            until=_day(given.get("until", "")),
            q=given.get("q", "").strip()[:200],
        )

    @property
    def query(self) -> str:
        """The filters as an address has them."""
        chosen = {name: value for name in NAMES if (value := getattr(self, name))}
        return urlencode({"state": ALL, **chosen})

    @property
    def narrows(self) -> bool:
        """Whether more than the state is chosen."""
        return any(getattr(self, name) for name in NAMES if name != "state")


def heard(actor: Actor, product: Product, filters: Filters) -> QuerySet[Feedback]:
    """The feedback about a product that the filters let through, in no order yet."""
    rows = Feedback.objects.visible_to(actor).filter(product=product)
    exact = {"state": filters.state, "channel": filters.channel, "account__segment": filters.segment}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.account:
        rows = rows.filter(account__in=accounts.like(actor, filters.account))
    if filters.since:
        rows = rows.filter(said_at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(said_at__lt=_midnight(filters.until + dt.timedelta(days=1)))
    if filters.q:
        words = lists.by_words(filters.q, of_very_many=True)
        rows = rows.filter(search=words) if words else rows.none()
    return rows


def for_a_list(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """With what a line of a list shows, and no more of the text than that (as `start`)."""
    shown = rows.select_related("account__segment", "contact").annotate(start=Left("text", START))
    return shown.defer("text", "search", "account__search", "account__note")


def piece(actor: Actor, product: Product, number: int) -> Feedback | None:
    """One piece of feedback with all that its page shows of it."""
    rows = Feedback.objects.visible_to(actor).filter(product=product, pk=number).defer("search")
    ways = (
        "product",
        "account__segment",
        "contact",
        "recorded_by",
        "interview__held_by",
        "ask__deal",
        "copy_of",
        "brought_by__asked_by",
    )
    return rows.select_related(*ways).first()


def copies(actor: Actor, original: Feedback) -> list[Feedback]:
    """What says the same again as `original`, newest first, at most 50."""
    rows = Feedback.objects.visible_to(actor).filter(copy_of=original)
    return list(for_a_list(rows).order_by("-said_at", "-pk")[: lists.PAGE])


def alike(actor: Actor, feedback: Feedback, limit: int = 5) -> list[Feedback]:
    """Other pieces that begin with the same words, letter for letter: likely the same thing, relayed. Newest first."""
    if len(feedback.text) < _LIKE_LEAST:
        return []
    rows = heard(actor, feedback.product, Filters()).alias(begins=BEGINNING).filter(begins=beginning_of(feedback.text))
    rows = rows.exclude(pk=feedback.pk)
    return list(for_a_list(rows.exclude(state=Feedback.State.COPY)).order_by("-said_at", "-pk")[:limit])


@dataclass(frozen=True)
class AccountHeard:
    """How often an account was heard about a product, and what it is buying."""

    times: lists.Count
    recently: lists.Count
    deals: int


def account_heard(actor: Actor, product: Product, account: Account) -> AccountHeard:
    """An account beside what it said: two counts of feedback, the last twelve months apart, and its open deals."""
    rows = Feedback.objects.visible_to(actor).filter(product=product, account=account)
    counted = rows.exclude(state=Feedback.State.COPY)  # as studies count: a copy is one occasion with its original
    return AccountHeard(
        lists.count(counted, _MANY),
        lists.count(counted.filter(said_at__gte=timezone.now() - _YEAR), _MANY),
        account.deals.filter(product=product, state="open").count(),
    )


def waiting(actor: Actor, product: Product) -> lists.Count:
    """How many pieces of feedback are unsorted."""
    return lists.count(heard(actor, product, Filters(state=Feedback.State.NEW)))


def fresh(actor: Actor, product: Product, days: int = 7) -> lists.Count:
    """How many of the unsorted were said within the last days."""
    rows = heard(actor, product, Filters(state=Feedback.State.NEW))
    return lists.count(rows.filter(said_at__gte=timezone.now() - dt.timedelta(days=days)))


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def counted_and_cut(
    rows: QuerySet[Feedback], filters: Filters, order: str, after: str, size: int = lists.PAGE
) -> tuple[lists.Count, lists.Cut]:
    """How many pieces the filters let through, and a page of them. With words, no more than a few thousand are
    counted: each is read for them."""
    listed = for_a_list(rows)
    if filters.q:
        return lists.searched(listed, order, after=after, size=size, cap=lists.FEW)
    return lists.count(rows), lists.cut(listed, order, after=after, size=size)
