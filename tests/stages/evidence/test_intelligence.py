"""What is known of the market that no customer said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from clearspan.catalogue.models import Competitor
from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.evidence.actions import change_intelligence, record_intelligence, remove_intelligence
from clearspan.stages.evidence.models import Intelligence
from tests.world import World


@pytest.fixture
def known(world: World) -> Intelligence:
    made: Intelligence = record_intelligence(
        world.sol, product=world.tideline, title="Moorwise doubled its price", source="Their site"
    )
    return made


def test_it_is_dated_today_unless_told(known: Intelligence) -> None:
    assert known.seen_on == timezone.localdate()


def test_nothing_is_known_of_tomorrow(world: World) -> None:
    with pytest.raises(Invalid, match="future"):
        record_intelligence(
            world.sol, product=world.tideline, title="x", source="y", seen_on=timezone.localdate() + timedelta(days=1)
        )


def test_it_needs_a_source(world: World) -> None:
    with pytest.raises(Invalid, match="source"):
        record_intelligence(world.sol, product=world.tideline, title="Moorwise doubled its price", source=" ")


def test_a_competitor_of_another_product_is_refused(world: World) -> None:
    other = Competitor.objects.create(product=world.umbra, name="Moorwise")
    with pytest.raises(Invalid, match="another product"):
        record_intelligence(world.ines, product=world.tideline, title="x", source="y", competitor=other)


def test_a_competitor_is_set_and_taken_away(world: World, known: Intelligence) -> None:
    moorwise = Competitor.objects.create(product=world.tideline, name="Moorwise")
    change_intelligence(world.sol, intelligence=known, competitor=moorwise)
    change_intelligence(world.sol, intelligence=known, without_competitor=True)
    known.refresh_from_db()
    assert known.competitor is None


def test_only_who_recorded_it_or_works_on_the_product_changes_it(world: World, known: Intelligence) -> None:
    with pytest.raises(Refused):
        change_intelligence(world.otto, intelligence=known, title="No")


def test_what_was_removed_comes_back_by_undo(world: World, known: Intelligence) -> None:
    event = remove_intelligence.perform(world.ines, intelligence=known).event
    assert not Intelligence.objects.exists()
    undo(world.ines, event=event)
    assert Intelligence.objects.get() == known


def test_customers_see_none_of_it(world: World, known: Intelligence) -> None:
    assert not Intelligence.objects.visible_to(world.cora)
