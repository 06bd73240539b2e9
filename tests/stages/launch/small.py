"""A launch of Tideline for these tests: the berth map, for September."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from clearspan.core.models import Function
from clearspan.stages.definition.models import Definition, DefinitionVersion, Requirement, SignOff
from clearspan.stages.launch.actions import add_commitment, plan_launch
from clearspan.stages.launch.models import Commitment, Launch, LaunchTemplate
from clearspan.stages.options.models import Option
from tests.world import World

TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=60)


def function(name: str) -> Function:
    found: Function = Function.objects.get(name=name)
    return found


def berth_map(world: World, **fields: Any) -> Option:
    made: Option = Option.objects.create(product=world.tideline, title="Berth map", state="chosen", **fields)
    return made


def launch(world: World, template: str = "", on: date = DAY, **given: Any) -> Launch:
    """The berth map's launch; `template` names the one it is planned from."""
    chosen = LaunchTemplate.objects.get(name=template) if template else None
    given.setdefault("title", "Berth map")
    made: Launch = plan_launch(world.ines, product=world.tideline, planned_on=on, template=chosen, **given)
    return made


def ask(world: World, one: Launch, who: str = "Support", days: int = 10, **given: Any) -> Commitment:
    """Asks a function for something, `days` before the launch."""
    given.setdefault("title", f"{who} knows it")
    day = one.planned_on - timedelta(days=days)
    made: Commitment = add_commitment(world.ines, launch=one, function=function(who), due_on=day, **given)
    return made


def defined(option: Option, **texts: Any) -> Definition:
    """A definition of an option with one requirement, and no version yet."""
    made: Definition = Definition.objects.create(product=option.product, option=option, title=option.title, **texts)
    Requirement.objects.create(definition=made, title="Show who lies where", criteria=["Every berth has its boat"])
    return made


def version(definition: Definition, number: int, signed: bool = False) -> DefinitionVersion:
    from clearspan.stages.definition.content import read

    made: DefinitionVersion = DefinitionVersion.objects.create(
        definition=definition, number=number, content=read(definition).to_json()
    )
    state = SignOff.State.AGREED if signed else SignOff.State.ASKED
    SignOff.objects.create(version=made, function=function("Engineering"), state=state)
    return made
