"""Stretches of the line that several journeys walk, through actions alone, each by the person whose work it is."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from clearspan.core.models import Function
from clearspan.stages.definition.actions import (
    change_definition,
    object_to_definition,
    publish_version,
    sign_off,
    start_definition,
)
from clearspan.stages.definition.models import Definition
from clearspan.stages.development.actions import add_item, finish_item, start_item
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.development.studies import delivery
from clearspan.stages.launch.actions import (
    change_collateral,
    complete_commitment,
    decide_launch,
    decline_commitment,
    mark_collateral,
    mark_launched,
    plan_launch,
    promise_commitment,
    vote_on_launch,
)
from clearspan.stages.launch.models import Collateral, Commitment, Launch, LaunchTemplate, TemplateLine
from clearspan.stages.options.models import Option
from tests.world import World


def defined(world: World, option: Option) -> Definition:
    """Ines writes, Support objects, Ines changes it, both functions sign."""
    definition = start_definition(world.ines, option=option)
    change_definition(world.ines, definition=definition, outcome="Nobody walks the quay any more to find a berth.")
    engineering, support = (Function.objects.get(name=name) for name in ("Engineering", "Support"))
    first = publish_version(world.ines, definition=definition, functions=[engineering, support])
    object_to_definition(world.otto, sign_off=first.sign_offs.get(function=support), words="Who answers at night?")
    change_definition(world.ines, definition=definition, left_out="No answers at night.")
    second = publish_version(
        world.ines,
        definition=definition,
        functions=[engineering, support],
        note="Nights are left out.",
    )
    for who, function in ((world.devi, engineering), (world.otto, support)):
        sign_off(who, sign_off=second.sign_offs.get(function=function))
    definition.refresh_from_db()
    assert definition.state == Definition.State.SIGNED
    return definition


def built(world: World, definition: Definition) -> list[WorkItem]:
    """Devi's items name the requirement; one a week is done, and the study says when the last will be."""
    requirement = definition.requirements.first()
    assert requirement is not None
    today = timezone.localdate()
    items = [
        add_item(world.devi, product=world.tideline, title=f"Part {i} of {requirement.ref}", assignee="Devi Rao",
                 added_on=today - timedelta(days=80))
        for i in range(12)
    ]  # fmt: skip
    assert all(item.requirement == requirement and item.linked == "reference" for item in items)
    for weeks, item in enumerate(items[:10]):
        start_item(world.devi, item=item, on=today - timedelta(days=7 * (10 - weeks) + 5))
        finish_item(world.devi, item=item, on=today - timedelta(days=7 * (10 - weeks)))
    study = delivery.run_now(delivery.Scope(world.tideline, option=definition.option))
    assert study.status == DeliveryStudy.Status.DONE, study.words
    assert study.p50 is not None and today < study.p50 <= (study.p85 or date.max)
    for item in items[10:]:
        finish_item(world.devi, item=item)
    return items


def launched(world: World, option: Option) -> Launch:
    """Support is asked for a runbook, Sales for a sheet; one declines at first, both vote, Ines decides."""
    template = LaunchTemplate.objects.create(name="A quay")
    for name, kind in (("Support", "runbook"), ("Sales", "sales_sheet")):
        function = Function.objects.get(name=name)
        TemplateLine.objects.create(template=template, function=function, title=f"The {kind}", collateral=kind)
    day = timezone.localdate() + timedelta(days=30)
    launch = plan_launch(world.ines, product=world.tideline, options=[option], template=template, planned_on=day)
    for who, kind in ((world.otto, "runbook"), (world.sol, "sales_sheet")):
        commitment = Commitment.objects.get(launch=launch, function=who.person.function)
        decline_commitment(who, commitment=commitment, words="Not without two weeks more.")
        promise_commitment(who, commitment=commitment)
        document = Collateral.objects.get(launch=launch, kind=kind)
        assert "Berth map" in document.text
        change_collateral(who, collateral=document, text="Look at the map; a free berth is white.")
        mark_collateral(who, collateral=document)
        complete_commitment(who, commitment=commitment, document=document)
        vote_on_launch(who, launch=launch, function=who.person.function, says="go")
    decision = decide_launch(world.ines, launch=launch, goes=True, reasons="Everyone is ready.")
    assert decision.readiness
    mark_launched(world.ines, launch=launch)
    launch.refresh_from_db()
    assert launch.state == Launch.State.LAUNCHED
    return launch
