"""The facts of a product that briefs are made of: read once, and worded for each audience elsewhere (wording.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing, listed, said
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.audiences import Audience
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import PlanPage, Published, newest_plan, published
from clearspan.stages.decisions.queries.log import five_of
from clearspan.stages.development.models import DeliveryStudy
from clearspan.stages.development.queries import forecast
from clearspan.stages.development.queries.drift import Radar, radar
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.launch.queries.launches import OPEN
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import Option

LATELY = timedelta(days=90)
NEEDS, LAUNCHES, ASKED = 3, 6, 40
SURE = ("share", "share_p05", "share_p95", "value", "value_p05", "value_p95")  # a need's size, and how sure that is


@dataclass(frozen=True)
class Facts:
    """How a product stands on a day, as `actor` may know it. Each fact is read when it is first asked for."""

    actor: Actor
    product: Product
    today: date
    _coming: dict[Audience, list[Published]] = field(default_factory=dict)

    def coming(self, to: Audience) -> list[Published]:
        """What is coming, as the audience may see it."""
        if to not in self._coming:
            self._coming[to] = published(self.actor, self.product, to, self.today)
        return self._coming[to]

    @cached_property
    def currency(self) -> str:
        return Company.ours().currency

    @cached_property
    def needs(self) -> list[Verdict]:
        """What the market needs most."""
        rows = Verdict.objects.filter(opportunity__product=self.product, opportunity__state="open")
        named = rows.select_related("opportunity").only(*SURE, "opportunity__title")
        return list(named.order_by("rank")[:NEEDS])

    @cached_property
    def plan(self) -> PlanPage:
        return newest_plan(self.actor, self.product)

    @cached_property
    def bets(self) -> list[tuple[Decision, tuple[float, ...]]]:
        """What was chosen and is not known yet, with what was expected of it."""
        rows = Decision.objects.visible_to(self.actor).filter(
            product=self.product, kind=Decision.Kind.CHOOSE, option__state=Option.State.CHOSEN
        )
        newest = rows.exclude(outcomes__amount__isnull=False)
        newest = newest.order_by("option_id", "-decided_on", "-pk").distinct("option_id")
        named = newest.select_related("option").only("expected", "option__title")
        found = [(one, five) for one in named if (five := five_of(one.expected)) is not None]
        return sorted(found, key=lambda bet: -bet[1][2])

    @cached_property
    def build(self) -> DeliveryStudy | None:
        return forecast.newest(self.actor, self.product)

    @cached_property
    def drift(self) -> Radar:
        return radar(self.actor, self.product, self.today)

    @cached_property
    def ahead(self) -> list[Launch]:
        rows = Launch.objects.visible_to(self.actor).filter(product=self.product, state__in=OPEN)
        return list(rows.only("title", "planned_on", "decide_on", "state").order_by("planned_on", "pk")[:LAUNCHES])

    @cached_property
    def come(self) -> list[Launch]:
        """Launched in the last three months."""
        rows = Launch.objects.visible_to(self.actor).filter(
            product=self.product, state=Launch.State.LAUNCHED, launched_on__gte=self.today - LATELY
        )
        return list(rows.only("title", "launched_on").order_by("-launched_on", "-pk")[:LAUNCHES])

    @cached_property
    def asked(self) -> list[Commitment]:
        """What functions must have ready and have not."""
        open_ = (Commitment.State.ASKED, Commitment.State.PROMISED)
        rows = Commitment.objects.visible_to(self.actor).filter(
            launch__product=self.product, launch__state__in=OPEN, state__in=open_
        )
        named = rows.select_related("function").only("title", "due_on", "state", "function__name")
        return list(named.order_by("function__position", "due_on", "pk")[:ASKED])

    def standing(self, slot: str) -> Standing | None:
        """What a later stage says of the product's money."""
        found: Any = said(slot, self.actor, [self.product]).get(self.product.pk)
        return found if isinstance(found, Standing) else None

    def standings(self, slot: str) -> Sequence[Standing]:
        """As `standing`, where there are several: risks, what competitors did, battlecards."""
        return tuple(listed(slot, self.actor, [self.product]).get(self.product.pk, ()))
