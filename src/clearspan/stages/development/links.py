"""Why an item is built, found without asking: by a reference in its words, or through what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from clearspan.catalogue.models import Product
from clearspan.stages.definition.models import Requirement
from clearspan.stages.options.models import Option

_REFERENCE = re.compile(rf"(?<![\w-])({Requirement.prefix}|{Option.prefix})-(\d{{1,18}})(?![\w-])", re.IGNORECASE)
_DEEPEST = 5  # epic, story, task, sub-task ... : beyond it stands a circle


class Worded(Protocol):
    """An item, come in or here already."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def labels(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Reason:
    """The option that an item serves and, where one is named, the requirement, by number."""

    option: int
    requirement: int | None = None


def by_reference(product: Product, items: Sequence[Worded]) -> list[Reason | None]:
    """What each item's title, text or labels name: RQ-12 or OT-4, of this product. Two queries, however many items.

    A requirement says more than an option; of several the first that is there counts.
    """
    named = [_references(item) for item in items]
    asked = {one for found in named for one in found}
    if not asked:
        return [None] * len(items)
    requirements = dict(
        Requirement.objects.filter(
            definition__product=product, pk__in=[number for prefix, number in asked if prefix == Requirement.prefix]
        ).values_list("pk", "definition__option")
    )
    options = set(
        Option.objects.filter(
            product=product, pk__in=[number for prefix, number in asked if prefix == Option.prefix]
        ).values_list("pk", flat=True)
    )
    return [_first(found, requirements, options) for found in named]


def hand_down(product: Product) -> int:
    """Gives items without a reason of their own that of what they are a part of; how many changed."""
    changed = 0
    for _ in range(_DEEPEST):
        with connection.cursor() as cursor:
            cursor.execute(_HAND_DOWN, {"product": product.pk})
            if not cursor.rowcount:
                break
            changed += cursor.rowcount
    return changed


def _references(item: Worded) -> list[tuple[str, int]]:
    words = f"{item.title}\n{' '.join(item.labels)}\n{item.text}"
    return [(prefix.upper(), int(number)) for prefix, number in _REFERENCE.findall(words)]


def _first(named: list[tuple[str, int]], requirements: dict[int, int], options: set[int]) -> Reason | None:
    for prefix, number in named:
        if prefix == Requirement.prefix and number in requirements:
            return Reason(requirements[number], number)
    return next((Reason(number) for prefix, number in named if prefix == Option.prefix and number in options), None)


# A child follows its parent until somebody says otherwise, or its own words do.
_HAND_DOWN = """
UPDATE development_workitem w
SET option_id = p.option_id, requirement_id = p.requirement_id,
    linked = CASE WHEN p.option_id IS NULL THEN '' ELSE 'parent' END
FROM development_workitem p
WHERE w.product_id = %(product)s AND w.parent <> '' AND w.linked IN ('', 'parent')
    AND p.product_id = w.product_id AND p.external_id = w.parent AND p.external_id <> '' AND p.id <> w.id
    AND (w.option_id, w.requirement_id) IS DISTINCT FROM (p.option_id, p.requirement_id)"""
