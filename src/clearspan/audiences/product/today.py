"""What changed, and what waits for me: read for one person, over all products that person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product, ProductRole
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Event
from clearspan.stages.decisions.models import Decision, PortfolioStudy
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities.models import Theme, Verdict
from clearspan.ui.numbers import plural

MONTH = timedelta(days=30)
SOON = timedelta(days=14)
MOST = 12


@dataclass
class Row:
    """One product on Today: what the market says, what the plan is worth, what was heard."""

    product: Product
    verdict: Verdict | None = None
    plan: tuple[float, float, float, float, float] | None = None  # p05, p25, mean, p75, p95 in the company's currency
    heard: int = 0
    heard_before: int = 0
    unsorted: int = 0
    asks: int = 0

    @property
    def likely(self) -> float | None:
        return self.plan[2] if self.plan else None


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person: by when, what, why, and where to do it."""

    due: date | None
    what: str
    why: str
    url: str
    verb: str
    key: str

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due <= timezone.localdate()


@dataclass(frozen=True)
class Today:
    """The page. `since`: when the person was last here, None at the first visit."""

    rows: list[Row]
    waiting: list[Waiting]
    changed: list[Event]
    since: datetime | None
    unanswered: int = field(default=0)

    @property
    def answer(self) -> str:
        """The first line: what most needs saying, in words."""
        if not self.rows:
            return "There is no product yet. Add the first, and the line can begin."
        first = max((row for row in self.rows if row.verdict), key=lambda r: r.verdict.value, default=None)  # type: ignore[union-attr]
        need = f"{first.verdict.opportunity} is worth most in {first.product}" if first and first.verdict else ""
        asks = f"{plural(self.unanswered, 'ask')} {'waits' if self.unanswered == 1 else 'wait'} for an answer"
        if not self.unanswered:
            asks = "no ask waits for an answer" if need else "Nothing waits for you"
        return f"{need}; {asks}." if need else f"{asks[:1].upper()}{asks[1:]}."


def today(actor: Actor, since: datetime | None) -> Today:
    """Everything on the page: a constant number of queries, whatever the company's size."""
    products = list(Product.objects.visible_to(actor).filter(is_archived=False).select_related("stage"))
    mine = set(ProductRole.objects.filter(person=actor.person, role__grants="manage").values_list("product", flat=True))
    rows = _rows(products, mine)
    asks = _asks(actor, mine)
    waiting = sorted(
        [*asks, *_reviews(actor, mine), *_sorting(row for row in rows if row.product.pk in mine), *_themes(mine)],
        key=lambda w: w.due or date.max,
    )
    return Today(rows, waiting[:MOST], _changed(actor, since), since, sum(row.asks for row in rows))


def _rows(products: list[Product], mine: set[int]) -> list[Row]:
    rows = {product.pk: Row(product) for product in sorted(products, key=lambda p: p.pk not in mine)}
    best = Verdict.objects.filter(opportunity__product__in=rows, opportunity__state="open").order_by("rank")
    for verdict in (
        best.select_related("opportunity__product")
        .order_by("opportunity__product_id", "rank")
        .distinct("opportunity__product_id")
    ):
        rows[verdict.opportunity.product_id].verdict = verdict
    for key, plan in _plans(rows).items():
        rows[key].plan = plan
    now = timezone.now()
    heard = Feedback.objects.filter(product__in=rows, said_at__gte=now - 2 * MONTH).values("product")
    recent = Q(said_at__gte=now - MONTH)
    counts = heard.annotate(
        now=Count("pk", filter=recent), before=Count("pk", filter=~recent), unsorted=Count("pk", filter=Q(state="new"))
    )
    for entry in counts:
        row = rows[entry["product"]]
        row.heard, row.heard_before, row.unsorted = entry["now"], entry["before"], entry["unsorted"]
    for entry in (
        Ask.objects.filter(deal__product__in=rows, state="open").values("deal__product").annotate(n=Count("pk"))
    ):
        rows[entry["deal__product"]].asks = entry["n"]
    return list(rows.values())


def _plans(products: Iterable[int]) -> dict[int, Any]:
    names = ("p05", "p25", "mean", "p75", "p95")
    values = {f"v_{name}": KT(f"result__value__{name}") for name in names}
    newest = (
        PortfolioStudy.objects.filter(product__in=list(products), status__in=("done", "stopped"), options__force=None)
        .annotate(**values).order_by("product_id", "-pk").distinct("product_id").values("product", *values)
    )  # fmt: skip
    return {
        plan["product"]: tuple(float(plan[name]) for name in values)
        for plan in newest
        if all(plan[name] is not None for name in values)
    }


def _asks(actor: Actor, mine: set[int]) -> list[Waiting]:
    """Managers answer open asks; a salesperson passes on what was answered."""
    asks = Ask.objects.visible_to(actor).select_related("deal__product", "deal__account")
    if actor.kind == Kind.SALES:
        answered = asks.filter(asked_by=actor.person, state=Ask.State.ANSWERED, deal__state="open").order_by(
            "-answered_at"
        )
        return [
            _ask(ask, f"Tell {ask.deal.account or ask.deal}: {ask.wants}", "The product manager has answered.", "Read")
            for ask in answered[:5]
        ]
    return [
        _ask(
            ask,
            f"Answer {ask.deal.account or ask.deal}: {ask.wants}",
            f"{ask.deal}, asked in a deal. A reply is drafted.",
            "Reply",
        )
        for ask in asks.filter(state=Ask.State.OPEN, deal__product__in=mine).order_by("needed_by", "pk")[:5]
    ]


def _ask(ask: Ask, what: str, why: str, verb: str) -> Waiting:
    return Waiting(ask.needed_by, what, why, reverse("ask", args=[ask.deal.product.key, ask.pk]), verb, "r")


def _reviews(actor: Actor, mine: set[int]) -> list[Waiting]:
    due = Decision.objects.filter(product__in=mine, review_on__lte=timezone.localdate() + SOON, outcome=None)
    return [
        Waiting(one.review_on, f"Look again at “{one}”", "You set this date when it was decided.",
                reverse("decision", args=[one.product.key, one.pk]), "Look", "d")
        for one in due.select_related("product").order_by("review_on")[:5]
    ]  # fmt: skip


def _sorting(rows: Iterable[Row]) -> list[Waiting]:
    return [
        Waiting(None, f"Sort {plural(row.unsorted, 'piece')} of feedback on {row.product}",
                "Heard in the last sixty days.", reverse("inbox", args=[row.product.key]), "Sort", "i")
        for row in rows if row.unsorted
    ]  # fmt: skip


def _themes(mine: set[int]) -> list[Waiting]:
    proposed = Theme.objects.filter(study__product__in=mine, state=Theme.State.PROPOSED)
    by_product = proposed.values("study__product__key", "study__product__name").annotate(n=Count("pk")).order_by("-n")
    return [
        Waiting(None, f"Look at {plural(entry['n'], 'possible need')} in {entry['study__product__name']}",
                "Found in feedback that is linked to nothing.",
                reverse("themes", args=[entry["study__product__key"]]), "Look", "t")
        for entry in by_product[:3]
    ]  # fmt: skip


def _changed(actor: Actor, since: datetime | None) -> list[Event]:
    events = Event.objects.visible_to(actor).exclude(summary="").exclude(person=actor.person).filter(undone_by=None)
    if since is not None:
        events = events.filter(at__gt=since)
    return list(events.select_related("person", "token").order_by("-id")[:MOST])
