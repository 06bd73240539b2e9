"""What the build says on the pages of options, definitions and needs, and to machines."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clearspan.interfaces import reads
from clearspan.stages.development.actions import finish_item
from clearspan.stages.development.queries import progress
from clearspan.stages.opportunities.queries.listing import stations
from tests.stages.development.building import Build, incoming
from tests.world import World


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


@pytest.fixture
def devi(client: Client, world: World) -> Client:
    client.force_login(world.devi.person)
    return client


def page(client: Client, name: str, pk: int) -> str:
    return " ".join(client.get(reverse(name, args=["tideline", pk])).content.decode().replace("\u00a0", " ").split())


def test_progress_counts_neither_epics_nor_what_was_dropped(build: Build) -> None:
    said = {"text": build.map.ref}
    build.take(
        incoming(1, **said, state="done", estimate=3.0, effort=2.0), incoming(2, **said, state="doing", estimate=5.0),
        incoming(3, **said), incoming(4, **said, kind="epic"), incoming(5, **said, state="dropped"),
    )  # fmt: skip
    found = progress.of_options(build.world.devi, [build.map])[build.map.pk]
    assert (found.done, found.doing, found.todo, found.all) == (1, 1, 1, 3)
    assert (found.points_done, found.points, found.unestimated, found.effort) == (3, 8, 1, 2)


def test_progress_goes_by_points_where_every_item_has_some(build: Build) -> None:
    said = {"text": build.map.ref}
    build.take(incoming(1, **said, state="done", estimate=1.0), incoming(2, **said, estimate=3.0))
    assert progress.of_options(build.world.devi, [build.map])[build.map.pk].share == 0.25


def test_an_option_says_how_far_it_is(build: Build, devi: Client) -> None:
    assert f"no item names {build.map.ref}" in page(devi, "option", build.map.pk)
    finish_item(build.world.devi, item=build.item(f"One {build.map.ref}"))
    build.item(f"Two {build.map.ref}")
    assert "1 of 2 items is done, none is being done" in page(devi, "option", build.map.pk)


def test_a_definition_says_how_far_each_requirement_is(build: Build, devi: Client) -> None:
    finish_item(build.world.devi, item=build.item(f"One {build.shows_boats.ref}"))
    assert "1 of 1" in page(devi, "definition", build.shows_boats.definition_id)


def test_a_need_says_what_is_built_for_it(build: Build, devi: Client) -> None:
    build.item(f"One {build.map.ref}")
    assert "What is built for this need" in page(devi, "opportunity", build.need.pk)


def test_a_need_for_which_work_began_has_come_to_the_sixth_station(build: Build) -> None:
    item = build.item(f"One {build.map.ref}")
    assert stations(build.world.devi, [build.need])[build.need.pk] < 6
    finish_item(build.world.devi, item=item)
    assert stations(build.world.devi, [build.need])[build.need.pk] == 6


def test_a_machine_reads_why_an_item_is_built(build: Build) -> None:
    item = build.item(f"One {build.map.ref}")
    read: Any = next(one for one in reads.READS if one.name == "items")
    said = reads.row(build.world.devi, read, item.ref)
    assert said["why"].startswith("It is for “Berth map”, which nobody has decided yet")
    assert said["needs"][0]["need"].endswith("Know who lies where")
    found = reads.rows(build.world.devi, read, product="tideline", q="one", state="todo")
    assert [row["ref"] for row in found["rows"]] == [item.ref]
