"""What the actions of this stage share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid
from clearspan.core.records import Record
from clearspan.stages.development import jobs, links, upkeep
from clearspan.stages.development.models import WorkItem

Linked = WorkItem.Linked
Many = Annotated[list[WorkItem], Field(description="One or more items, by reference")]


class Items(list[WorkItem]):
    """Items, and how an event names them: one by its words, several by how many there are. `reason`: of a link."""

    def __init__(self, items: Iterable[WorkItem], reason: Record | None = None) -> None:
        super().__init__(items)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self[0].ref} {str(self[0])[:120]}" if len(self) == 1 else f"{len(self):,} items"


def expect_some(items: list[WorkItem]) -> None:
    if not items:
        raise Invalid({"items": "choose at least one item"})


def reconsider(item: WorkItem) -> None:
    """Reads an item's words anew: what they name is its reason, unless somebody said otherwise; so is upkeep."""
    if item.linked in ("", Linked.REFERENCE, Linked.PARENT):
        (reason,) = links.by_reference(item.product, [item])
        if reason is not None:
            item.option_id, item.requirement_id, item.linked = reason.option, reason.requirement, Linked.REFERENCE
        elif item.linked == Linked.REFERENCE:
            item.option_id, item.requirement_id, item.linked = None, None, ""
    if not item.upkeep_by_hand:
        item.is_upkeep = upkeep.is_upkeep(item.kind, item.labels, frozenset(upkeep.words()))


def learn_soon(product: Product) -> None:
    """Suggestions are learnt anew within minutes."""
    jobs.learn_soon(product.pk)
