"""The line from a decision to a launch, walked through actions alone, each by the person whose work it is."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from clearspan.core import panels
from clearspan.core.undo import undo
from clearspan.stages.decisions.actions import decide
from clearspan.stages.development.actions import add_item, link_items, mark_upkeep, start_item
from clearspan.stages.development.queries.drift import radar
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.trace.queries import line_of
from clearspan.stages.trace.sentences import became, plain, why
from tests.journeys.steps import built, defined, launched
from tests.world import World


def test_what_was_decided_is_defined_built_and_launched_by_those_whose_work_it_is(world: World) -> None:
    option, need = _decided(world)
    definition = defined(world, option)
    items = built(world, definition)
    launch = launched(world, option)

    line = line_of(world.devi, items[0])
    assert line is not None
    assert "chosen on" in plain(why(world.devi, line)) and need.title in plain(why(world.devi, line))
    asked = line_of(world.otto, Mention.objects.get().feedback)
    assert asked is not None
    assert f"launched on {timezone.localdate():%-d %b}" in plain(became(world.otto, asked)).replace("\xa0", " ")
    assert asked.launches == [launch]
    strip = panels.first("trace", world.devi, launch)
    assert [station.state for station in strip] == [*["done"] * 6, "here", "next"]


def test_work_that_serves_nothing_shows_until_somebody_says_what_it_is_for(world: World) -> None:
    option, _ = _decided(world)
    definition = defined(world, option)
    served, other = (
        add_item(world.devi, product=world.tideline, title=title, assignee=who,
                 added_on=timezone.localdate() - timedelta(days=20))
        for title, who in (("Draw the berths", "Devi Rao"), ("New database", "Ada Lund"))
    )  # fmt: skip
    for item in (served, other):
        start_item(world.devi, item=item, on=timezone.localdate() - timedelta(days=10))
    today = timezone.localdate()
    assert sum(radar(world.ines, world.tideline, today).decided) == 0
    done = link_items.perform(world.devi, items=[served], requirement=definition.requirements.first())
    mark_upkeep(world.devi, items=[other])
    seen = radar(world.ines, world.tideline, today)
    assert sum(seen.decided) > 0 and sum(seen.upkeep) > 0 and sum(seen.none) == 0
    undo(world.devi, event=done.event)
    assert sum(radar(world.ines, world.tideline, today).none) > 0


def _decided(world: World) -> tuple[Option, Opportunity]:
    need = Opportunity.objects.create(product=world.tideline, title="See which berths are free")
    Mention.objects.create(opportunity=need, feedback=world.feedback("Where is a free berth?"), quote="a free berth")
    option = Option.objects.create(product=world.tideline, title="Berth map", state="ready", keeper=world.ines.person)
    Meets.objects.create(option=option, opportunity=need)
    decide(world.leda, option=option, kind="choose", reasons="It earns most.", starts=timezone.localdate())
    option.refresh_from_db()
    return option, need
