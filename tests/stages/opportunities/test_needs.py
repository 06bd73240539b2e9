"""Needs themselves."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.opportunities.actions import (
    change_opportunity,
    close_opportunity,
    create_opportunity,
    link_evidence,
    mark_opportunity_met,
    merge_opportunities,
    move_opportunity,
    reopen_opportunity,
)
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.world import World


def need(world: World, title: str, **given: object) -> Opportunity:
    made: Opportunity = create_opportunity(world.ines, product=world.tideline, title=title, **given)
    return made


def test_a_need_is_made_with_its_evidence_in_one_go_and_undone_in_one(world: World) -> None:
    feedback = world.feedback("We book berths twice.")
    done = create_opportunity.perform(
        world.ines, product=world.tideline, title=" Never book  twice ", feedback=[feedback], quote="book berths twice"
    )
    assert done.result.title == "Never book twice"
    assert done.result.keeper == world.ines.person
    assert done.result.mentions.get().quote == "book berths twice"
    undo(world.ines, event=done.event)
    assert not Opportunity.objects.exists()
    assert not Mention.objects.exists()


def test_a_change_leaves_what_it_is_not_given(world: World) -> None:
    one = need(world, "Book once", description="As it is.")
    change_opportunity(world.ines, opportunity=one, title="Book only once")
    one.refresh_from_db()
    assert (one.title, one.description) == ("Book only once", "As it is.")


def test_a_customer_keeps_no_need(world: World) -> None:
    with pytest.raises(Invalid, match="company's people"):
        need(world, "Book once", keeper=world.actors["cora"].person)


def test_a_need_never_stands_below_itself(world: World) -> None:
    top = need(world, "Berths")
    middle = need(world, "Book once", parent=top)
    low = need(world, "See who booked", parent=middle)
    with pytest.raises(Invalid, match="below"):
        move_opportunity(world.ines, opportunity=top, parent=low)
    with pytest.raises(Invalid, match="or is it"):
        move_opportunity(world.ines, opportunity=top, parent=top)
    move_opportunity(world.ines, opportunity=low)
    low.refresh_from_db()
    assert low.parent is None


def test_a_need_of_another_product_is_no_parent(world: World) -> None:
    strange = create_opportunity(world.ines, product=world.umbra, title="Hidden")
    with pytest.raises(Invalid, match="another product"):
        need(world, "Book once", parent=strange)


def test_merged_needs_leave_their_evidence_and_their_narrower_needs(world: World) -> None:
    into, from_ = need(world, "Book once"), need(world, "No double bookings")
    below = need(world, "See who booked", parent=from_)
    both, one = world.feedback("both"), world.feedback("one")
    link_evidence(world.ines, opportunity=into, feedback=[both])
    link_evidence(world.ines, opportunity=from_, feedback=[both, one])
    done = merge_opportunities.perform(world.ines, opportunities=[from_], into=into)
    from_.refresh_from_db()
    below.refresh_from_db()
    assert (from_.state, from_.merged_into, below.parent) == ("closed", into, into)
    assert into.mentions.count() == 2
    undo(world.ines, event=done.event)
    assert (into.mentions.count(), from_.mentions.count()) == (1, 2)


def test_a_need_takes_the_place_of_the_wider_one_merged_into_it(world: World) -> None:
    top = need(world, "Berths")
    wide = need(world, "Book once", parent=top)
    narrow = need(world, "No double bookings", parent=wide)
    merge_opportunities(world.ines, opportunities=[wide], into=narrow)
    narrow.refresh_from_db()
    assert narrow.parent == top


def test_a_need_is_not_merged_into_itself(world: World) -> None:
    one = need(world, "Book once")
    with pytest.raises(Invalid, match="itself"):
        merge_opportunities(world.ines, opportunities=[one], into=one)


def test_a_need_is_put_away_met_and_opened_again(world: World) -> None:
    one = need(world, "Book once")
    assert close_opportunity(world.ines, opportunity=one).state == "closed"
    assert reopen_opportunity(world.ines, opportunity=one).state == "open"
    assert mark_opportunity_met(world.ines, opportunity=one).state == "met"
    with pytest.raises(Invalid, match="met already"):
        mark_opportunity_met(world.ines, opportunity=one)


def test_sales_sees_needs_and_makes_none(world: World) -> None:
    one = need(world, "Book once")
    assert one in Opportunity.objects.visible_to(world.sol)
    assert one not in Opportunity.objects.visible_to(world.cora)
    with pytest.raises(Refused):
        create_opportunity(world.sol, product=world.tideline, title="Mine")


def test_a_confidential_products_needs_do_not_exist_for_others(world: World) -> None:
    hidden = create_opportunity(world.ines, product=world.umbra, title="Hidden")
    with pytest.raises(NotThere):
        change_opportunity(world.devi, opportunity=hidden, title="Seen")
