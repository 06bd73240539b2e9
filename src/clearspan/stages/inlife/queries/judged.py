"""Every forecast that can be judged: what was said, how sure, by whom, of what, and what came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
READ = ("kind", "title", "product", "option", "option__title", "decided_by", "decided_on", "starts", "expected")


@dataclass(frozen=True)
class Judged:
    """One forecast and what came. Either numbers with quantiles or a chance; dates are day numbers."""

    kind: str
    title: str
    page: str  # the name of the page that tells of it
    row: int | None  # of that page; None where it is the product's
    product: Product
    person: User | None
    on: date  # when it was known what came
    quantiles: Quantiles | None = None
    chance: Chance | None = None

    @property
    def url(self) -> str:
        """Where it is told of. Of hundreds of forecasts few are shown: only theirs are looked up."""
        return reverse(self.page, args=[self.product.key, *([] if self.row is None else [self.row])])

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
    """All that can be judged, newest first: a constant number of queries. None for products: all one may see; for
    the person: everybody's."""
    about = {one.pk: one for one in (Product.objects.visible_to(actor) if products is None else products)}
    found = [
        *_decisions(actor, about, _of("decided_by", person)), *_deliveries(about, _of("option__keeper", person)),
        *_launches(about, _of("launch__keeper", person)), *_targets(about, _of("owner", person), today),
    ]  # fmt: skip
    if kind:
        found = [one for one in found if one.kind == kind]
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)


def _of(field: str, person: User | None) -> Q:
    return Q() if person is None else Q(**{field: person})


def _decisions(actor: Actor, about: dict[int, Product], whose: Q) -> list[Judged]:
    """Their worth, to the day that is known; and whether they lost money, once nothing more is to come."""
    rows = Decision.objects.filter(whose, product__in=about, kind=Decision.Kind.CHOOSE, expected__has_key="npv")
    came = Exists(Outcome.objects.filter(decision=OuterRef("pk"), amount__isnull=False))
    known = rows.filter(came | Exists(Attribution.objects.filter(decision=OuterRef("pk"))))
    known = known.select_related("option").only(*READ)[:MOST]
    for row in known:
        row.product = about[row.product_id]
    by = User.objects.in_bulk({row.decided_by_id for row in known if row.decided_by_id})
    found = []
    for one in promises(actor, known):
        if one.came is None or one.by_then is None or one.outcome is None:
            continue
        row, on = one.decision, one.outcome.day
        title, person = str(row.option or row), by.get(row.decided_by_id or 0)
        said = tuple((level, value) for level, value in zip(FIVE, one.by_then, strict=True) if level != 0.5)
        quantiles = Quantiles(said, one.came)
        found.append(Judged("decision", title, "decision", row.pk, row.product, person, on, quantiles))
        loss = row.expected.get("probability_of_loss")
        if one.outcome.is_final and loss is not None:
            chance = Chance(float(loss), one.came < 0)
            found.append(Judged("loss", title, "decision", row.pk, row.product, person, on, chance=chance))
    return found


def _deliveries(about: dict[int, Product], whose: Q) -> list[Judged]:
    """The first forecast of each option whose items are all over, against the day the last was done."""
    studies = DeliveryStudy.objects.filter(whose, option__product__in=about, status="done", p50__isnull=False)
    first = studies.order_by("option_id", "pk").distinct("option_id").defer("result", "inputs")
    forecast = {one.option_id: one for one in first.select_related("option__keeper")[:MOST]}
    items = WorkItem.objects.filter(option__in=forecast).exclude(state=WorkItem.State.DROPPED).order_by()
    over = (
        items.values("option")
        .annotate(open=Count("state", filter=~Q(state=WorkItem.State.DONE)), last=Max("finished_on"))
        .filter(open=0, last__isnull=False)
    )
    found = []
    for key, last in over.values_list("option", "last"):
        study = forecast[key]
        option = study.option
        assert option is not None
        if study.created_at.date() >= last:  # a forecast of what is over says nothing
            continue
        said = [(level, getattr(study, name)) for name, level in DATES if getattr(study, name) is not None]
        quantiles = Quantiles(tuple((level, float(day.toordinal())) for level, day in said), float(last.toordinal()))
        product = about[option.product_id]
        found.append(Judged("delivery", option.title, "forecast", None, product, option.keeper, last, quantiles))
    return found


def _launches(about: dict[int, Product], whose: Q) -> list[Judged]:
    rows = LaunchMeasure.objects.filter(whose, launch__product__in=about, came__isnull=False)
    found = []
    for row in rows.select_related("launch__keeper").order_by("-came_on")[:MOST]:
        launch, quantiles = row.launch, zip(FIVE, five_of(row.low, row.likely, row.high), strict=True)
        found.append(
            Judged("launch", f"{row.name}: {launch}", "launch", launch.pk, about[launch.product_id], launch.keeper,
                   row.came_on or row.due_on, Quantiles(tuple(quantiles), float(row.came or 0)))
        )  # fmt: skip
    return found


def _targets(about: dict[int, Product], whose: Q, today: date) -> list[Judged]:
    """Targets of which somebody said how likely they are, and whose day has come."""
    rows = KPI.objects.filter(whose, product__in=about, chance__isnull=False, target_on__lte=today)
    found = []
    for one in standings(rows.select_related("owner")[:MOST], today):
        reached, kpi = one.was_reached, one.kpi
        if reached is not None and kpi.chance is not None and kpi.target_on is not None:
            product, chance = about[kpi.product_id], Chance(kpi.chance, reached)
            found.append(Judged("kpi", kpi.name, "kpi", kpi.pk, product, kpi.owner, kpi.target_on, chance=chance))
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
