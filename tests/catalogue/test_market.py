"""Segments, their sizes, competitors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clearspan.catalogue.actions import (
    change_competitor,
    change_segment,
    create_segment,
    record_competitor,
    remove_competitor,
    remove_market_size,
    remove_segment,
    set_market_size,
)
from clearspan.catalogue.models import Competitor, MarketSize, Segment
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from tests.world import World


def test_a_segment_comes_with_its_size_in_one_step_and_goes_in_one(world: World) -> None:
    done = create_segment.perform(
        world.ines, name=" Boatyards ", product=world.tideline, accounts=90, value_per_account=4_000, source="guess"
    )
    size = MarketSize.objects.get(segment=done.result, product=world.tideline)
    assert (done.result.name, size.accounts, size.value_per_account) == ("Boatyards", 90, Decimal(4_000))
    undo(world.ines, event=done.event)
    assert not Segment.objects.filter(name="Boatyards").exists()
    assert not MarketSize.objects.filter(pk=size.pk).exists()


def test_a_size_takes_both_of_its_numbers_and_else_nothing_is_made(world: World) -> None:
    with pytest.raises(Invalid, match="what one is worth") as refused:
        create_segment(world.ines, name="Boatyards", product=world.tideline, accounts=90)
    assert list(refused.value.faults) == ["value_per_account"]
    assert not Segment.objects.filter(name="Boatyards").exists()


def test_who_may_not_size_the_product_adds_no_segment_with_a_size(world: World) -> None:
    world.umbra.roles.all().delete()
    with pytest.raises(NotThere):
        create_segment(world.ines, name="Boatyards", product=world.umbra, accounts=90, value_per_account=1)
    with pytest.raises(Refused):
        create_segment(world.sol, name="Boatyards")
    assert not Segment.objects.filter(name="Boatyards").exists()


def test_a_size_that_is_there_is_replaced_and_comes_back(world: World) -> None:
    given = {"product": world.tideline, "segment": world.marinas, "accounts": 340, "value_per_account": 8_500}
    done = set_market_size.perform(world.devi, **given, source="Recount", as_of=date(2026, 6, 1))
    size = MarketSize.objects.get(product=world.tideline, segment=world.marinas)
    assert (size.accounts, size.source, size.as_of) == (340, "Recount", date(2026, 6, 1))
    undo(world.devi, event=done.event)
    size.refresh_from_db()
    assert (size.accounts, size.source) == (320, "Harbour register")


def test_a_market_has_at_least_one_account(world: World) -> None:
    with pytest.raises(Invalid, match="accounts"):
        set_market_size(
            world.ines, product=world.tideline, segment=world.marinas, accounts=0, value_per_account=Decimal(1)
        )


def test_a_segment_leaves_the_market_and_stays_a_segment(world: World) -> None:
    size = MarketSize.objects.get(product=world.tideline, segment=world.clubs)
    done = remove_market_size.perform(world.ines, size=size)
    assert done.event.summary == "took Sailing clubs out of the market of Tideline"
    assert Segment.objects.filter(pk=world.clubs.pk).exists()


def test_a_segment_in_use_is_not_removed(world: World) -> None:
    with pytest.raises(Invalid, match="move those first"):
        remove_segment(world.ines, segment=world.marinas)
    empty = create_segment(world.ines, name="Boatyards")
    remove_segment(world.ines, segment=empty)
    assert not Segment.objects.filter(pk=empty.pk).exists()


def test_two_segments_of_one_name_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="of this name already"):
        change_segment(world.ines, segment=world.clubs, name="Marinas")


def test_sales_writes_down_a_competitor_and_only_who_works_on_the_product_removes_it(world: World) -> None:
    paper = record_competitor(world.sol, product=world.tideline, name="Paper", strengths="It is free.")
    change_competitor(world.sol, competitor=paper, weaknesses="It does not ring.")
    paper.refresh_from_db()
    assert (paper.strengths, paper.weaknesses) == ("It is free.", "It does not ring.")
    with pytest.raises(Refused):
        remove_competitor(world.sol, competitor=paper)
    remove_competitor(world.devi, competitor=paper)
    assert not Competitor.objects.exists()


def test_a_competitor_of_a_confidential_product_does_not_exist_for_others(world: World) -> None:
    hidden = record_competitor(world.ines, product=world.umbra, name="Paper")
    with pytest.raises(NotThere):
        change_competitor(world.sol, competitor=hidden, name="Pencil")
