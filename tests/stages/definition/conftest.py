"""A need of Tideline's market, an option that meets it, and its definition with two requirements."""

from __future__ import annotations

import pytest

from clearspan.stages.definition.actions import add_requirement, start_definition
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.actions import create_option
from clearspan.stages.options.models import Option
from tests.world import World


@pytest.fixture
def need(world: World) -> Opportunity:
    made: Opportunity = Opportunity.objects.create(
        product=world.tideline, title="Know who lies where", outcome="No berth is booked twice",
        description="Harbour staff walk the pontoons at dusk.",
    )  # fmt: skip
    return made


@pytest.fixture
def option(world: World, need: Opportunity) -> Option:
    made: Option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    return made


@pytest.fixture
def definition(world: World, option: Option) -> Definition:
    """As it is begun: one requirement, proposed from the need and standing on it."""
    made: Definition = start_definition(world.ines, option=option)
    return made


@pytest.fixture
def shown(definition: Definition) -> Requirement:
    """The proposed requirement."""
    return definition.requirements.get()  # type: ignore[no-any-return]


@pytest.fixture
def wish(world: World, definition: Definition) -> Requirement:
    """A requirement that stands on nothing."""
    made: Requirement = add_requirement(
        world.devi, definition=definition, title="It knows the tide", criteria=["High water is right to the minute"]
    )
    return made
