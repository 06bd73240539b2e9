"""Needs as a tree: outcome, need, narrower needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Opportunity

MOST = 100  # needs in the tree, the most valuable: more of them nobody reads as one


@dataclass
class Branch:
    """A need, the needs below it, and the options that meet it as the later stage says them: (words, address)."""

    need: Opportunity
    options: list[tuple[str, str]] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)


def tree(actor: Actor, product: Product) -> list[tuple[str, list[Branch]]]:
    """(outcome, needs that serve it) for needs at the top, by value; "" for those with no outcome named. One query.

    The `MOST` most valuable; one whose wider need is not among them stands at the top.
    """
    rows = (
        Opportunity.objects.visible_to(actor)
        .filter(product=product, state=Opportunity.State.OPEN)
        .select_related("verdict")
        .only("title", "outcome", "parent", "verdict__kind", "verdict__value")
        .order_by("verdict__rank", "pk")
    )
    needs = list(rows[:MOST])
    options = _options(actor, needs)
    branches = {need.pk: Branch(need, options.get(need.pk, [])) for need in needs}
    outcomes: dict[str, list[Branch]] = defaultdict(list)
    for need in needs:
        above = branches.get(need.parent_id) if need.parent_id else None
        (above.below if above else outcomes[need.outcome.strip()]).append(branches[need.pk])
    return sorted(outcomes.items(), key=lambda item: item[0] == "")


def _options(actor: Actor, needs: list[Opportunity]) -> dict[int, list[Any]]:
    """What later stages say meets each need, asked once for all."""
    found: dict[int, list[Any]] = {}
    for said in panels.ask("opportunity.tree", actor, needs) if needs else ():
        found.update(said)
    return found
