"""What a product is steered by and what is proposed to do about it, as a large company has it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from benchmarks.simulators.filling import Filling
from clearspan.stages.inlife.models import KPI, KPIReading, Proposal, ProposalGround


class Improving(Filling):
    """KPIs with five years of readings, and proposals."""

    def fill(self) -> None:
        today = timezone.localdate()
        kpis = self.many(
            KPI, 40,
            lambda n: KPI(product=self.product, name=f"Number {n}", target=90, target_on=today + timedelta(days=200),
                          target_set_on=today - timedelta(days=200)),
        )  # fmt: skip
        KPIReading.objects.bulk_create(
            KPIReading(kpi=kpi, day=today - timedelta(days=30 * month), value=50 + (7 * n + 3 * month) % 11)
            for n, kpi in enumerate(kpis) for month in range(60)
        )  # fmt: skip
        made = self.many(
            Proposal, 500,
            lambda n: Proposal(product=self.product, kind="improve", title=f"Proposal {n}", why="It would pay.",
                               low=n, likely=2 * n, high=4 * n),
        )  # fmt: skip
        self.many(ProposalGround, 1_000, lambda n: ProposalGround(proposal=made[n % len(made)], figure="It grew."))
