"""Work items in a list: filtered, searched, cut by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.stages.development.models import WorkItem
from clearspan.stages.options.models import Option

ALL, OPEN = "all", "open"  # states in an address beside those an item can have
REASONS = {
    "none": "no reason",
    "upkeep": "upkeep",
    "decided": "what was decided",
    "undecided": "what was not decided",
    "any": "any option",
}
SORTS = {"-pk": "newest first", "added_on": "waiting longest"}
NAMES = ("state", "team", "option", "reason", "kind", "q", "sort")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; "" and None narrow nothing."""

    state: str = OPEN
    team: int | None = None
    option: int | None = None
    reason: str = ""
    kind: str = ""
    q: str = ""
    sort: str = "-pk"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """The filters of an address. What cannot be read narrows nothing."""
        return cls(
            state=given["state"] if given.get("state") in (ALL, OPEN, *WorkItem.State.values) else OPEN,
            team=int(given["team"]) if given.get("team", "").isdecimal() else None,
            option=Option.key_of(given.get("option", "")),
            reason=given["reason"] if given.get("reason") in REASONS else "",
            kind=given["kind"] if given.get("kind") in WorkItem.Kind.values else "",
            q=given.get("q", "").strip()[:200],
            sort=given["sort"] if given.get("sort") in SORTS else "-pk",
        )

    @property
    def query(self) -> str:
        """The filters as an address has them."""
        plain = Filters()
        return urlencode({n: value for n in NAMES if (value := getattr(self, n)) != getattr(plain, n)})

    @property
    def narrows(self) -> bool:
        """Whether anything but the state and the order was asked for."""
        return any((self.team, self.option, self.reason, self.kind, self.q))


def page(actor: Actor, product: Product, filters: Filters, *, after: str = "") -> tuple[lists.Count, lists.Cut]:
    """How many items the filters leave, and a page of them. Those with certain words are looked for once."""
    rows = for_a_list(items(actor, product, filters))
    if filters.q:
        return lists.searched(rows, filters.sort, after=after)
    return lists.count(rows), lists.cut(rows, filters.sort, after=after)


def items(actor: Actor, product: Product, filters: Filters) -> QuerySet[WorkItem]:
    """The items that the filters leave."""
    rows = WorkItem.objects.visible_to(actor).filter(product=product)
    if filters.state == OPEN:
        rows = rows.filter(state__in=(WorkItem.State.TODO, WorkItem.State.DOING))
    elif filters.state != ALL:
        rows = rows.filter(state=filters.state)
    if filters.team:
        rows = rows.filter(team=filters.team)
    if filters.option:
        rows = rows.filter(option=filters.option)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.reason:
        rows = rows.filter(for_reason(product, filters.reason))
    words = lists.by_words(filters.q)
    return rows.filter(search=words) if words is not None else rows


def for_reason(product: Product, reason: str) -> Q:
    """Items that are built for what was decided, for something else, for upkeep, or for no reason."""
    chosen = Option.objects.filter(product=product, state=Option.State.CHOSEN).values("pk")
    return {
        "none": Q(option=None, is_upkeep=False),
        "upkeep": Q(option=None, is_upkeep=True),
        "decided": Q(option__in=chosen),
        "undecided": Q(option__isnull=False) & ~Q(option__in=chosen),
        "any": Q(option__isnull=False),
    }[reason]


def for_a_list(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """With what a list shows of each, and without the long texts."""
    return rows.select_related("team", "option", "requirement").defer("search")


def after(actor: Actor, item: WorkItem) -> WorkItem | None:
    """The next open item without a reason, for who sorts them one after the other."""
    waiting = items(actor, item.product, Filters(reason="none")).exclude(pk=item.pk)
    return waiting.filter(pk__lt=item.pk).first() or waiting.first()
