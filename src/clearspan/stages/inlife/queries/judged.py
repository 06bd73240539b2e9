"""Every forecast that can be judged: what was said, how sure, by whom, of what, and what came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.engines.calibration import Chance, Quantiles
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.decisions.queries import promises
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.inlife.models import KPI, Attribution
from clearspan.stages.inlife.queries.kpis import standings
from clearspan.stages.launch.models import LaunchMeasure
from clearspan.stages.launch.queries import five_of

KINDS = {
    "decision": "what decisions earn", "loss": "whether they lose money", "delivery": "when it is done",
    "launch": "what launches bring", "kpi": "whether targets are reached",
}  # fmt: skip
FIVE = (0.05, 0.25, 0.5, 0.75, 0.95)
DATES = (("p10", 0.1), ("p50", 0.5), ("p85", 0.85), ("p95", 0.95))
MOST = 1_000  # of a kind, the newest


@dataclass(frozen=True)
class Judged:
    """One forecast and what came. Either numbers with quantiles or a chance; dates are day numbers."""

    kind: str
    title: str
    url: str
    product: Product
    person: User | None
    on: date  # when it was known what came
    quantiles: Quantiles | None = None
    chance: Chance | None = None

    @property
    def what(self) -> str:
        """The kind, in words."""
        return KINDS[self.kind]

    @property
    def is_inside(self) -> bool | None:
        """Whether it came inside the interval that was said to hold nine in ten."""
        return self.quantiles.is_inside(0.9) if self.quantiles else None


def judged(
    actor: Actor, today: date, products: Iterable[Product] | None = None, person: User | None = None, kind: str = ""
) -> list[Judged]:
    """All that can be judged, newest first: a constant number of queries. None for products: all one may see."""
    about = Product.objects.visible_to(actor) if products is None else products
    found = [*_decisions(actor, about), *_deliveries(about), *_launches(about), *_targets(about, today)]
    if person is not None:
        found = [one for one in found if one.person == person]
    if kind:
        found = [one for one in found if one.kind == kind]
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)


def _decisions(actor: Actor, products: Any) -> list[Judged]:
    """Their worth, to the day that is known; and whether they lost money, once nothing more is to come."""
    rows = Decision.objects.filter(product__in=products, kind=Decision.Kind.CHOOSE, expected__has_key="npv")
    came = Exists(Outcome.objects.filter(decision=OuterRef("pk"), amount__isnull=False))
    known = rows.filter(came | Exists(Attribution.objects.filter(decision=OuterRef("pk"))))
    known = known.select_related("product", "decided_by", "option").defer("option__search")
    found = []
    for one in promises(actor, known[:MOST]):
        if one.came is None or one.by_then is None or one.outcome is None:
            continue
        row, url = one.decision, reverse("decision", args=[one.decision.product.key, one.decision.pk])
        title = str(row.option or row)
        said = tuple((level, value) for level, value in zip(FIVE, one.by_then, strict=True) if level != 0.5)
        found.append(Judged("decision", title, url, row.product, row.decided_by, one.outcome.day,
                            Quantiles(said, one.came)))  # fmt: skip
        loss = row.expected.get("probability_of_loss")
        if one.outcome.is_final and loss is not None:
            chance = Chance(float(loss), one.came < 0)
            found.append(Judged("loss", title, url, row.product, row.decided_by, one.outcome.day, chance=chance))
    return found


def _deliveries(products: Any) -> list[Judged]:
    """The first forecast of each option whose items are all over, against the day the last was done."""
    items = WorkItem.objects.filter(product__in=products, option__isnull=False).exclude(state=WorkItem.State.DROPPED)
    over = (
        items.order_by().values("option")
        .annotate(open=Count("state", filter=~Q(state=WorkItem.State.DONE)), last=Max("finished_on"))
        .filter(open=0, last__isnull=False)
    )  # fmt: skip
    ended = {entry["option"]: entry["last"] for entry in over}
    studies = DeliveryStudy.objects.filter(option__in=over.values("option"), status="done", p50__isnull=False)
    first = studies.order_by("option_id", "pk").distinct("option_id").defer("result", "inputs")
    found = []
    for study in first.select_related("option__product", "option__keeper")[:MOST]:
        option, last = study.option, ended[study.option_id]
        assert option is not None
        if study.created_at.date() >= last:  # a forecast of what is over says nothing
            continue
        said = [(level, getattr(study, name)) for name, level in DATES if getattr(study, name) is not None]
        quantiles = Quantiles(tuple((level, float(day.toordinal())) for level, day in said), float(last.toordinal()))
        url = reverse("forecast", args=[option.product.key])
        found.append(Judged("delivery", option.title, url, option.product, option.keeper, last, quantiles))
    return found


def _launches(products: Any) -> list[Judged]:
    rows = LaunchMeasure.objects.filter(launch__product__in=products, came__isnull=False)
    found = []
    for row in rows.select_related("launch__product", "launch__keeper").order_by("-came_on")[:MOST]:
        five = five_of(row.low, row.likely, row.high)
        url = reverse("launch", args=[row.launch.product.key, row.launch_id])
        found.append(
            Judged("launch", f"{row.name}: {row.launch}", url, row.launch.product, row.launch.keeper,
                   row.came_on or row.due_on, Quantiles(tuple(zip(FIVE, five, strict=True)), float(row.came or 0)))
        )  # fmt: skip
    return found


def _targets(products: Any, today: date) -> list[Judged]:
    """Targets of which somebody said how likely they are, and whose day has come."""
    rows = KPI.objects.filter(product__in=products, chance__isnull=False, target_on__lte=today)
    found = []
    for one in standings(rows.select_related("product", "owner")[:MOST], today):
        reached, kpi = one.was_reached, one.kpi
        if reached is not None and kpi.chance is not None and kpi.target_on is not None:
            url = reverse("kpi", args=[kpi.product.key, kpi.pk])
            chance = Chance(kpi.chance, reached)
            found.append(Judged("kpi", kpi.name, url, kpi.product, kpi.owner, kpi.target_on, chance=chance))
    return found


def people(found: Sequence[Judged]) -> list[User]:
    """Who said any of it, by name."""
    return sorted({one.person for one in found if one.person is not None}, key=lambda one: one.name)


def by(found: Sequence[Judged], what: str) -> dict[str, list[Judged]]:
    """Apart by "kind", "person" or "product", in the order of their names."""
    names = {
        "kind": lambda one: KINDS[one.kind],
        "person": lambda one: one.person.name if one.person else "nobody in particular",
        "product": lambda one: one.product.name,
    }  # fmt: skip
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        groups[names[what](one)].append(one)
    return dict(sorted(groups.items()))
