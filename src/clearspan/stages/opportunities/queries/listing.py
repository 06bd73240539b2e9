"""The list of needs: filtered, sorted, cut into pages, with all that stands in a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.lists import PAGE, by_words
from clearspan.stages.opportunities.models import Mention, Opportunity, Verdict
from clearspan.stages.opportunities.queries.trends import mentions_by_month

SORTS = {
    "value": "verdict__value",
    "share": "verdict__share",
    "asking": "verdict__asking",
    "sure": "verdict__probability",
    "title": "title",
    "new": "created_at",
}
HEARD_WITHIN = (3, 6, 12)  # months


@dataclass(frozen=True)
class Filters:
    """What a person asked to see; what cannot be read is left out."""

    q: str = ""
    segment: str = ""  # its number
    verdict: str = ""
    heard: str = ""  # within so many months
    state: str = Opportunity.State.OPEN
    sort: str = "-value"

    @classmethod
    def read(cls, given: Any) -> Filters:
        """From a query string."""
        known = {
            "segment": given.get("segment", "") if given.get("segment", "").isdigit() else "",
            "verdict": given.get("verdict", "") if given.get("verdict") in [*Verdict.Kind.values, "none"] else "",
            "heard": given.get("heard", "") if given.get("heard") in map(str, HEARD_WITHIN) else "",
            "state": given.get("state") if given.get("state") in Opportunity.State.values else Opportunity.State.OPEN,
            "sort": given.get("sort") if given.get("sort", "").removeprefix("-") in SORTS else "-value",
        }
        return cls(q=given.get("q", "")[:200], **known)

    @property
    def narrow(self) -> bool:
        """Whether anything but the state and the order was asked for."""
        return bool(self.q or self.segment or self.verdict or self.heard)


@dataclass(frozen=True)
class Row:
    """A need in the list. `months` are mentions in the last twelve; `reached` the station of the line it stands at."""

    need: Opportunity
    verdict: Verdict | None
    months: list[int] = field(default_factory=list)
    last_heard: Any = None
    reached: int = 2


@dataclass(frozen=True)
class Table:
    """One page of rows."""

    page: Page[Any]
    rows: list[Row]


def needs(actor: Actor, product: Product, filters: Filters) -> QuerySet[Any]:
    """The needs that the filters leave, in their order; one nobody has studied yet comes last."""
    rows = Opportunity.objects.visible_to(actor).filter(product=product, state=filters.state)
    words = by_words(filters.q)
    if words is not None:
        rows = rows.filter(search=words)
    if filters.verdict == "none":
        rows = rows.filter(verdict=None)
    elif filters.verdict:
        rows = rows.filter(verdict__kind=filters.verdict)
    mentions = Mention.objects.filter(opportunity=OuterRef("pk"))
    if filters.segment:
        rows = rows.filter(Exists(mentions.filter(heard_from__segment=int(filters.segment))))
    if filters.heard:
        since = timezone.now() - timedelta(days=30 * int(filters.heard))
        rows = rows.filter(Exists(mentions.filter(heard_at__gte=since)))
    name, down = SORTS[filters.sort.removeprefix("-")], filters.sort.startswith("-")
    order = F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
    return rows.order_by(order, "verdict__rank", "-pk")


def like(actor: Actor, product: Product, words: str) -> QuerySet[Any]:
    """The open needs that a reference (OP-118) or words stand for, all without any, the most valuable first."""
    rows = Opportunity.objects.visible_to(actor).filter(product=product, state=Opportunity.State.OPEN)
    if words.upper().startswith(f"{Opportunity.prefix}-"):
        return rows.referred(words)  # type: ignore[no-any-return]
    query = by_words(words)
    if words and query is None:
        return rows.none()
    return (rows.filter(search=query) if query else rows).order_by("verdict__rank", "-pk")


def table(actor: Actor, product: Product, filters: Filters, page: str | int = 1, size: int = PAGE) -> Table:
    """One page of the list. Five queries and what later stages ask, however many needs there are."""
    every: Any = needs(actor, product, filters).values_list("pk", flat=True)
    if filters.segment or filters.heard:
        every = list(every)  # the condition costs more than to read all their numbers: it is asked once
    cut = Paginator(every, size).get_page(page)
    keys = list(cut.object_list)  # put in order before anything is joined
    rows = Opportunity.objects.select_related("verdict__largest_account", "keeper")
    found = rows.defer("search", "description", "verdict__largest_account__search").in_bulk(keys)
    shown = [found[key] for key in keys]
    months, last, reached = mentions_by_month(actor, keys), last_heard(actor, keys), stations(actor, shown)
    table = [
        Row(need, getattr(need, "verdict", None), months[need.pk], last.get(need.pk), reached.get(need.pk, 2))
        for need in shown
    ]
    return Table(cut, table)


def last_heard(actor: Actor, keys: list[int]) -> dict[int, Any]:
    """Need -> when it was last spoken of. One query."""
    newest = Mention.objects.filter(opportunity=OuterRef("pk")).order_by("-heard_at").values("heard_at")[:1]
    needs = Opportunity.objects.visible_to(actor).filter(pk__in=keys).order_by()
    return dict(needs.annotate(last=Subquery(newest)).values_list("pk", "last"))


def stations(actor: Actor, needs: list[Opportunity]) -> dict[int, int]:
    """Need -> the station of the line it has reached, as the later stages say: 3 with an option, 4 decided ..."""
    reached: dict[int, int] = {}
    for said in panels.ask("opportunity.reached", actor, needs) if needs else ():
        for key, station in said.items():
            reached[key] = max(station, reached.get(key, 0))
    return reached


def loudest(actor: Actor, product: Product, count: int = 4) -> list[Verdict]:
    """The verdicts of the needs mentioned most, the most mentioned first."""
    rows = Verdict.objects.visible_to(actor).filter(
        opportunity__product=product, opportunity__state=Opportunity.State.OPEN
    )
    return list(rows.select_related("opportunity").order_by(F("mentions").desc(), "rank")[:count])


def kinds(actor: Actor, product: Product) -> dict[str, int]:
    """How many open needs have each verdict, "" standing for none yet."""
    rows = Opportunity.objects.visible_to(actor).filter(product=product, state=Opportunity.State.OPEN).order_by()
    return {kind or "": n for kind, n in rows.values_list("verdict__kind").annotate(n=Count("pk"))}
