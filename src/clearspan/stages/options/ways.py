"""Which options would meet which needs: the way by which a need reaches every later stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from clearspan.core.actor import Actor
from clearspan.core.once import once
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets


def ways(actor: Actor, needs: Sequence[Opportunity]) -> list[tuple[int, int]]:
    """(option, need) for each option that would meet one of the needs. One query; of the same needs once a page."""
    keys = [need.pk for need in needs]
    met = Meets.objects.visible_to(actor).filter(opportunity__in=keys).order_by()
    who = (actor.is_system, actor.person and actor.person.pk)
    return once(("ways", who, tuple(keys)), lambda: list(met.values_list("option", "opportunity")))


def met(
    actor: Actor, needs: Sequence[Opportunity], among: Callable[[set[int]], Iterable[int | None]]
) -> set[int]:  # fmt: skip
    """The needs that would be met by options which `among` leaves of all that would meet one of them."""
    there = ways(actor, needs)
    left = {*among({option for option, _ in there})} if there else set()
    return {need for option, need in there if option in left}
