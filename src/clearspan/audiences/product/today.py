"""What changed, and what waits for me: read for one person, over all products that person may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from clearspan.audiences.product.waiting import Waiting, managed_by, waiting_for
from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing, said
from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.development.models import DeliveryStudy
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.opportunities.models import DemandStudy, Verdict
from clearspan.ui.numbers import day, plural

AHEAD = (Launch.State.PLANNED, Launch.State.GO, Launch.State.NO_GO)
MONTH = timedelta(days=30)
MOST = 12
FIVE = ("p05", "p25", "mean", "p75", "p95")


@dataclass
class Row:
    """One product on Today: what the market says, what the plan is worth, how the build and the next launch stand."""

    product: Product
    verdict: Verdict | None = None
    plan: tuple[float, float, float, float, float] | None = None  # p05, p25, mean, p75, p95 in the company's currency
    heard: int = 0
    heard_before: int = 0
    unsorted: int = 0
    asks: int = 0
    build: DeliveryStudy | None = None  # when what is open will be done
    launch: Launch | None = None  # the next one
    ready: int = 0  # of its commitments that must be
    promised: int = 0
    money: Standing | None = None  # what it contributes this year, against its budget

    @property
    def likely(self) -> float | None:
        return self.plan[2] if self.plan else None


@dataclass(frozen=True)
class Today:
    """The page. `since`: when the person was last here, None at the first visit."""

    rows: list[Row]
    waiting: list[Waiting]
    changed: list[Event]
    since: datetime | None
    unanswered: int = field(default=0)
    manages: bool = True  # answers asks; others are told what waits for them

    @property
    def answer(self) -> str:
        """The first line: what most needs saying, in words."""
        if not self.rows:
            return "There is no product yet. Add the first, and the line can begin."
        first = max((row for row in self.rows if row.verdict), key=lambda r: r.verdict.value, default=None)  # type: ignore[union-attr]
        need = f"“{first.verdict.opportunity}” is worth most in {first.product}" if first and first.verdict else ""
        if not self.manages and self.waiting:
            return f"{of_waiting(self.waiting)}; {need}." if need else f"{of_waiting(self.waiting)}."
        asks = f"{plural(self.unanswered, 'ask')} {'waits' if self.unanswered == 1 else 'wait'} for an answer"
        if not self.unanswered:
            asks = "no ask waits for an answer" if need else of_waiting(self.waiting)
        return f"{need}; {asks}." if need else f"{asks[:1].upper()}{asks[1:]}."


def of_waiting(found: Sequence[Waiting]) -> str:
    """How much waits for a person, and since or until when."""
    if not found:
        return "Nothing waits for you"
    number, first = len(found), found[0].due
    things = f"{number} or more things" if number == MOST else plural(number, "thing")
    words = f"{things} {'waits' if number == 1 else 'wait'} for you"
    if first is None:
        return words
    now = timezone.localdate()
    by = "since" if first < now else "by"
    return f"{words}, {'the first ' if number > 1 else ''}{by} {day(first, now)}"


def today(actor: Actor, since: datetime | None) -> Today:
    """Everything on the page: a constant number of queries, whatever the company's size."""
    products = [product for product in Product.all_for(actor) if not product.is_archived]
    mine = managed_by(actor)
    rows = rows_of(products, mine, newest_plans(products))
    _heard_and_asked({row.product.pk: row for row in rows})
    earn = said("first.money", actor, products)
    for row in rows:
        row.money = earn.get(row.product.pk)
    unsorted = [(row.product, row.unsorted) for row in rows if row.product.pk in mine and row.unsorted]
    return Today(
        rows,
        waiting_for(actor, mine, MOST, unsorted),
        changed(actor, since),
        since,
        sum(row.asks for row in rows),
        bool(mine),
    )


def rows_of(products: Sequence[Product], mine: set[int], plans: Mapping[int, Mapping[str, Any]]) -> list[Row]:
    """How each product stands, those that are `mine` first, with the worth of its newest plan: four queries."""
    rows = {product.pk: Row(product) for product in sorted(products, key=lambda p: p.pk not in mine)}
    for verdict in _greatest_needs(rows):
        rows[verdict.opportunity.product_id].verdict = verdict
    for key, plan in plans.items():
        five = [plan[name] for name in FIVE]
        if None not in five:
            rows[key].plan = tuple(float(value) for value in five)  # type: ignore[assignment]  # five of them
    _build_and_launch(rows)
    return list(rows.values())


def _greatest_needs(products: Iterable[int]) -> QuerySet[Verdict]:
    """What the newest study says of the open need that is worth most, of each product that has a study."""
    best = Verdict.objects.filter(opportunity__product=OuterRef("pk"), opportunity__state="open").order_by("rank")
    studied = Exists(DemandStudy.objects.filter(product=OuterRef("pk")))  # without: every verdict there is looked at
    first = (
        Product.objects.filter(studied, pk__in=list(products)).order_by().values(best=Subquery(best.values("pk")[:1]))
    )
    shown = ("kind", "share", "share_p05", "share_p95", "value", "opportunity__title", "opportunity__product")
    return Verdict.objects.filter(pk__in=first).order_by().select_related("opportunity").only(*shown)


def _heard_and_asked(rows: dict[int, Row]) -> None:
    """What was heard of each product lately and in the month before, and how many asks are open: two queries."""
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


def _build_and_launch(rows: dict[int, Row]) -> None:
    """When each product's open work is done, and how ready its next launch is: three queries."""
    studies = DeliveryStudy.objects.filter(product__in=rows, status="done", team=None, option=None, p50__isnull=False)
    newest = studies.only("product", "p50", "p85").order_by("product_id", "-pk").distinct("product_id")
    for study in newest:
        rows[study.product_id].build = study
    ahead = Launch.objects.filter(product__in=rows, state__in=AHEAD).only("product", "planned_on")
    for launch in ahead.order_by("product_id", "planned_on", "pk").distinct("product_id"):
        rows[launch.product_id].launch = launch
    launches = [row.launch for row in rows.values() if row.launch]
    must = Commitment.objects.filter(launch__in=launches, must=True).order_by().values("launch__product")
    for entry in must.annotate(all=Count("pk"), done=Count("pk", filter=Q(state=Commitment.State.DONE))):
        row = rows[entry["launch__product"]]
        row.ready, row.promised = entry["done"], entry["all"]


def newest_plans(products: Sequence[Product]) -> dict[int, dict[str, Any]]:
    """Of each product's newest plan: what it is worth (`FIVE`), and what one more of each function is (`capacity`, as
    the study says it). One query."""
    values = {name: KT(f"result__value__{name}") for name in FIVE}
    newest = PortfolioStudy.objects.filter(
        product__in=products, status__in=("done", "stopped"), options__force=None
    ).annotate(capacity=KT("result__capacity_value_throughout"), **values)
    rows = newest.order_by("product_id", "-pk").distinct("product_id").values("product", "capacity", *values)
    return {plan["product"]: plan for plan in rows}


def changed(actor: Actor, since: datetime | None) -> list[Event]:
    """What others did since then, the newest first."""
    events = Event.objects.visible_to(actor).exclude(summary="").exclude(person=actor.person).filter(undone_by=None)
    if since is not None:
        events = events.filter(at__gt=since)
    shown = events.select_related("person").only("at", "summary", "person__name")
    return list(shown.order_by("-at", "-pk")[:MOST])
