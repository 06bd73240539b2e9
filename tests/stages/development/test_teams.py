"""What teams have in hand."""

from __future__ import annotations

from datetime import date, timedelta

from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.queries.teams import TeamRow, teams
from tests.world import World

TODAY = date(2026, 6, 1)


def item(world: World, team: Team | None, state: str, days_ago: int = 0) -> None:
    WorkItem.objects.create(
        product=world.tideline, team=team, title="Something", state=state, added_on=TODAY - timedelta(days=400),
        finished_on=TODAY - timedelta(days=days_ago) if days_ago else None,
    )  # fmt: skip


def test_a_team_has_what_is_open_and_what_it_finished_lately(world: World) -> None:
    slipway = Team.objects.create(product=world.tideline, name="Slipway")
    idle = Team.objects.create(product=world.tideline, name="Idle")
    for state, days_ago in (("todo", 0), ("doing", 0), ("done", 10), ("done", 300), ("dropped", 0)):
        item(world, slipway, state, days_ago)
    found = teams(world.ines, world.tideline, TODAY)
    assert set(found) == {TeamRow(slipway, 1, 1, 1), TeamRow(idle)}


def test_items_of_no_team_are_told_of_though_they_were_finished_long_ago(world: World) -> None:
    item(world, None, "done", 300)
    assert teams(world.ines, world.tideline, TODAY) == [TeamRow(None)]
