"""Our product and the competitors against what is required of it, weighed by the needs it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from clearspan.catalogue.comparing import Compared, Comparison, by_subject
from clearspan.catalogue.models import Competitor, Product
from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Definition, Ground, Requirement, RequirementStanding

MOST = 60  # requirements beside each other


def comparison(
    actor: Actor, product: Product, competitors: Sequence[Competitor], definition: int | None = None
) -> Comparison:
    """What is required, worth most first, with who does it how far: three queries. The needs' value counts once each,
    so a requirement that two needs ask for is worth both, at the least and at the most."""
    rows = Requirement.objects.visible_to(actor).filter(definition__product=product, is_dropped=False)
    rows = rows.filter(definition=definition) if definition else rows
    shown = list(rows.select_related("definition").order_by("-definition", "position", "pk")[: 4 * MOST])
    worth: dict[int, float] = defaultdict(float)
    low, high = defaultdict[int, float](float), defaultdict[int, float](float)
    grounds = Ground.objects.filter(requirement__in=shown, opportunity__verdict__isnull=False)
    values = (f"opportunity__verdict__value{at}" for at in ("", "_p05", "_p95"))
    for requirement, value, least, most in grounds.values_list("requirement", *values):
        worth[requirement] += value
        low[requirement] += least
        high[requirement] += most
    shown = sorted(shown, key=lambda row: -worth[row.pk])[:MOST]
    by = by_subject(
        RequirementStanding.objects.filter(requirement__in=shown).select_related("competitor"), "requirement"
    )
    keys = {None, *(one.pk for one in competitors)}
    return Comparison(
        [
            Compared(row.pk, row.ref, row.title, worth[row.pk],
                     {key: one for key, one in by.get(row.pk, {}).items() if key in keys},
                     (low[row.pk], high[row.pk]) if row.pk in worth else None)
            for row in shown
        ],
        competitors, "requirement",
    )  # fmt: skip


def standing(requirement: Requirement, competitor: Competitor | None) -> RequirementStanding | None:
    return RequirementStanding.objects.filter(requirement=requirement, competitor=competitor).first()


def definitions_with_requirements(actor: Actor, product: Product) -> list[tuple[int, str]]:
    """What can be chosen: the newest definitions."""
    rows = Definition.objects.visible_to(actor).filter(product=product, requirements__is_dropped=False)
    return list(rows.order_by("-pk").distinct().values_list("pk", "title")[:50])
