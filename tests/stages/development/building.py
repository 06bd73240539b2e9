"""What tests of development are told in: Tideline's berth map, its requirement, and items as a tracker has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development.actions import add_item
from clearspan.stages.development.incoming import Incoming, Taken, take_in
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets, Option
from tests.world import World


@dataclass
class Build:
    """The need, the option that was chosen for it, another one, a requirement, and the team."""

    world: World
    need: Opportunity
    map: Option
    alarm: Option
    shows_boats: Requirement
    slipway: Team

    @classmethod
    def of(cls, world: World) -> Build:
        product = world.tideline
        need = Opportunity.objects.create(product=product, title="Know who lies where")
        berth_map = Option.objects.create(
            product=product,
            title="Berth map",
            state="chosen",
            summary="A map of the harbour with every berth and its boat",
        )
        alarm = Option.objects.create(
            product=product, title="Tide alarm", state="ready", summary="Warn skippers when water is too low to leave"
        )
        Meets.objects.create(option=berth_map, opportunity=need)
        definition = Definition.objects.create(product=product, option=berth_map, title="Berth map")
        requirement = Requirement.objects.create(
            definition=definition,
            **({"number": 1} if hasattr(Requirement, "number") else {}),
            title="Every berth shows its boat",
        )
        return cls(world, need, berth_map, alarm, requirement, Team.objects.create(product=product, name="Slipway"))

    def item(self, title: str = "Draw the berths", actor: Actor | None = None, **given: Any) -> WorkItem:
        """An item entered by Devi."""
        given.setdefault("added_on", date(2026, 3, 2))
        made: WorkItem = add_item(actor or self.world.devi, product=self.world.tideline, title=title, **given)
        return made

    def take(self, *items: Incoming, **given: Any) -> Taken:
        """Items as a tracker has them, taken in for the team."""
        return take_in(self.world.tideline, given.pop("team", self.slipway), given.pop("source", None), items, **given)


def incoming(number: int = 1, **said: Any) -> Incoming:
    """TIDE-`number` of a tracker."""
    said = {
        "external_id": f"jira:TIDE-{number}", "key": f"TIDE-{number}", "title": f"Item {number}",
        "added_on": date(2026, 3, 2), "changed_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
    } | said  # fmt: skip
    return Incoming(**said)
