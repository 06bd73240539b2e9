"""Quotes, milestones and their acceptance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearspan.catalogue.models import Supplier
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.development import supply_words
from clearspan.stages.development.actions import (
    accept_milestone,
    accept_quote,
    agree_milestone,
    ask_quote,
    change_milestone,
    decline_quote,
    give_quote,
    remove_milestone,
    report_milestone,
    send_back_milestone,
)
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.development.queries import supply
from clearspan.stages.options.models import Option
from tests.world import World


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def quote(world: World) -> Quote:
    made: Quote = ask_quote(
        world.devi,
        product=world.tideline,
        supplier=world.buoyline,
        title="Forty berth sensors",
        text="IP68, with cable",
    )
    return made


def milestone(world: World, due: int = 30, **given: Any) -> Milestone:
    given.setdefault("criteria", ["Ten sensors on the quay", "Each reports within a minute"])
    title = given.pop("title", "First ten sensors")
    made: Milestone = agree_milestone(
        world.devi, product=world.tideline, supplier=world.buoyline, title=title, due_on=day(due), **given
    )
    return made


def late(world: World, days: int, **given: Any) -> Milestone:
    """A milestone whose day was `days` ago."""
    made = milestone(world, **given)
    Milestone.objects.filter(pk=made.pk).update(due_on=day(-days))
    made.refresh_from_db()
    return made


# --- quotes ---------------------------------------------------------------------------------------------------------


def test_a_quote_is_asked_given_and_accepted_and_makes_its_milestones(world: World, quote: Quote) -> None:
    give_quote(world.kit, quote=quote, amount=12_000, delivers_on=day(60), words="Cable included")
    parts = [
        {"title": "First ten", "due_on": day(30), "criteria": ["On the quay"], "amount": 4_000},
        {"title": "The rest", "due_on": day(60)},
    ]
    accept_quote(world.ines, quote=quote, milestones=parts, answer="Please go ahead")
    quote.refresh_from_db()
    assert (quote.state, quote.answer, quote.settled_on) == ("accepted", "Please go ahead", day(0))
    made = list(Milestone.objects.filter(quote=quote))
    assert [(one.title, one.supplier, one.due_on) for one in made] == [
        ("First ten", world.buoyline, day(30)), ("The rest", world.buoyline, day(60)),
    ]  # fmt: skip


def test_accepting_is_one_event_and_its_undo_takes_the_milestones_back(world: World, quote: Quote) -> None:
    give_quote(world.kit, quote=quote, amount=12_000, delivers_on=day(60))
    done = accept_quote.perform(world.ines, quote=quote, milestones=[{"title": "All", "due_on": day(60)}])
    undo(world.ines, event=done.event)
    quote.refresh_from_db()
    assert quote.state == "given"
    assert not Milestone.objects.exists()


def test_only_the_supplier_asked_gives_the_quote(world: World, quote: Quote) -> None:
    for who, refusal in (("ines", Refused), ("cora", NotThere), ("xan", NotThere)):
        with pytest.raises(refusal):
            give_quote(getattr(world, who), quote=quote, amount=1, delivers_on=day(1))


def test_only_who_manages_the_product_accepts_money(world: World, quote: Quote) -> None:
    give_quote(world.kit, quote=quote, amount=12_000, delivers_on=day(60))
    for who in ("devi", "kit"):
        with pytest.raises(Refused):
            accept_quote(getattr(world, who), quote=quote)


def test_a_quote_that_was_not_given_or_has_run_out_is_not_accepted(world: World, quote: Quote) -> None:
    with pytest.raises(Invalid, match="was given"):
        accept_quote(world.ines, quote=quote)
    give_quote(world.kit, quote=quote, amount=12_000, delivers_on=day(60), valid_until=day(5))
    Quote.objects.update(valid_until=day(-1))
    with pytest.raises(Invalid, match="valid until"):
        accept_quote(world.ines, quote=quote)


def test_milestones_cost_no_more_than_the_quote(world: World, quote: Quote) -> None:
    give_quote(world.kit, quote=quote, amount=100, delivers_on=day(60))
    with pytest.raises(Invalid, match="more than the quote"):
        accept_quote(world.ines, quote=quote, milestones=[{"title": "All", "due_on": day(60), "amount": 101}])
    assert not Milestone.objects.exists()


def test_a_quote_promises_nothing_for_a_day_that_is_over(world: World, quote: Quote) -> None:
    with pytest.raises(Invalid) as refused:
        give_quote(world.kit, quote=quote, amount=1, delivers_on=day(-1), valid_until=day(-2))
    assert set(refused.value.faults) == {"delivers_on", "valid_until"}


def test_either_side_may_say_no_once(world: World, quote: Quote) -> None:
    decline_quote(world.kit, quote=quote, words="We do not make these")
    quote.refresh_from_db()
    assert (quote.state, quote.words, quote.answer) == ("declined", "We do not make these", "")
    with pytest.raises(Invalid, match="declined already"):
        decline_quote(world.ines, quote=quote, words="Nor do we want them")


def test_an_option_of_another_product_is_refused(world: World) -> None:
    other = Option.objects.create(product=world.umbra, title="Elsewhere")
    for act in (ask_quote, agree_milestone):
        given = {"due_on": day(1)} if act is agree_milestone else {}
        with pytest.raises(Refused if False else Invalid):
            act(world.ines, product=world.tideline, supplier=world.buoyline, title="x", option=other, **given)


# --- milestones -----------------------------------------------------------------------------------------------------


def test_a_delivery_is_reported_against_each_criterion_and_accepted(world: World) -> None:
    one = milestone(world)
    report_milestone(world.kit, milestone=one, delivered=True, met=[1, 2])
    one.refresh_from_db()
    assert (one.state, one.met, one.delivered_on) == ("delivered", [1, 2], day(0))
    accept_milestone(world.devi, milestone=one)
    one.refresh_from_db()
    assert (one.state, one.settled_on) == ("accepted", day(0))


def test_a_criterion_is_not_passed_over_in_silence(world: World) -> None:
    one = milestone(world)
    with pytest.raises(Invalid, match="one criterion is not said to be met"):
        report_milestone(world.kit, milestone=one, delivered=True, met=[1])
    report_milestone(world.kit, milestone=one, delivered=True, met=[1], words="Two of ten are slow; new ones on Monday")
    with pytest.raises(Invalid, match="there are 2 criteria"):
        report_milestone(world.kit, milestone=one, delivered=True, met=[3])


def test_a_later_day_needs_a_reason_an_earlier_one_none(world: World) -> None:
    one = milestone(world)
    with pytest.raises(Invalid, match="say why"):
        report_milestone(world.kit, milestone=one, expected_on=day(31))
    report_milestone(world.kit, milestone=one, expected_on=day(31), words="A ship is late")
    report_milestone(world.kit, milestone=one, expected_on=day(20))
    one.refresh_from_db()
    assert (one.expected_on, one.due_on) == (day(20), day(30))


def test_neither_a_past_day_nor_a_delivery_to_come_is_believed(world: World) -> None:
    one = milestone(world)
    with pytest.raises(Invalid, match="this day is over"):
        report_milestone(world.kit, milestone=one, expected_on=day(-1), words="x")
    with pytest.raises(Invalid, match="has not come"):
        report_milestone(world.kit, milestone=one, delivered=True, on=day(1), met=[1, 2])
    with pytest.raises(Invalid, match="on which day"):
        report_milestone(world.kit, milestone=one)


def test_what_is_sent_back_says_what_is_missing_and_is_late_again_until_it_comes(world: World) -> None:
    one = late(world, 10)
    report_milestone(world.kit, milestone=one, delivered=True, on=day(-12), met=[1, 2])
    one.refresh_from_db()
    assert supply.due(one).late == -2
    send_back_milestone(world.devi, milestone=one, answer="Two do not report", missing=[2])
    one.refresh_from_db()
    assert (one.state, one.missing, one.met) == ("rejected", [2], [1])
    assert supply.due(one).late == 10
    report_milestone(world.kit, milestone=one, delivered=True, met=[1, 2])
    accept_milestone(world.ines, milestone=one)
    one.refresh_from_db()
    assert (supply.due(one).late, one.missing) == (10, [])


def test_only_what_was_delivered_is_accepted_or_sent_back(world: World) -> None:
    one = milestone(world)
    for act in (accept_milestone, send_back_milestone):
        with pytest.raises(Invalid, match="nothing was delivered"):
            act(world.devi, milestone=one, answer="Thank you")


def test_a_supplier_neither_accepts_its_own_work_nor_moves_its_day(world: World) -> None:
    one = milestone(world)
    report_milestone(world.kit, milestone=one, delivered=True, met=[1, 2])
    for act, given in (
        (accept_milestone, {}), (send_back_milestone, {"answer": "no"}), (change_milestone, {"due_on": day(90)}),
        (remove_milestone, {}),
    ):  # fmt: skip
        with pytest.raises((Refused, Invalid)):
            act(world.kit, milestone=one, **given)
    one.refresh_from_db()
    assert (one.state, one.due_on) == ("delivered", day(30))


def test_other_criteria_take_away_what_was_said_to_the_old_ones(world: World) -> None:
    one = milestone(world)
    report_milestone(world.kit, milestone=one, expected_on=day(30), met=[1])
    change_milestone(world.devi, milestone=one, criteria=["All of it"])
    one.refresh_from_db()
    assert (one.criteria, one.met) == (["All of it"], [])
    change_milestone(world.devi, milestone=one, amount=10)
    change_milestone(world.devi, milestone=one, without_amount=True)
    one.refresh_from_db()
    assert (one.criteria, one.amount) == (["All of it"], None)


def test_a_milestone_that_was_accepted_stays_as_it_is(world: World) -> None:
    one = milestone(world, criteria=[])
    report_milestone(world.kit, milestone=one, delivered=True)
    accept_milestone(world.devi, milestone=one)
    for act, who, given in (
        (change_milestone, world.ines, {"title": "x"}), (remove_milestone, world.ines, {}),
        (report_milestone, world.kit, {"expected_on": day(3)}),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            act(who, milestone=one, **given)


# --- what is late, what waits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "expected", "late"), [(5, None, 0), (5, 3, -2), (5, 9, 4), (-3, None, 3), (-3, -1, 3), (-3, 4, 7)]
)
def test_days_late_are_what_is_expected_and_never_less_than_have_gone_by(
    due: int, expected: int | None, late: int
) -> None:
    one = Milestone(due_on=day(due), expected_on=None if expected is None else day(expected))
    assert one.late(day(0)) == late


def test_the_record_counts_milestones_whose_day_is_over_or_that_are_there(world: World) -> None:
    on_time, too_late = milestone(world, title="On time", criteria=[]), late(world, 4, title="Late", criteria=[])
    late(world, 9, title="Owed")
    milestone(world, title="To come")
    for one in (on_time, too_late):
        report_milestone(world.kit, milestone=one, delivered=True)
    found = supply.supplier_page(world.ines, world.buoyline)
    assert (found.kept.on_time, found.kept.of) == (1, 3)
    assert "1 of 3 milestones came on time" in supply_words.of_supplier(found)


def test_today_is_told_what_was_delivered_and_what_is_late(world: World) -> None:
    owed, there = late(world, 9, title="Owed"), milestone(world, title="There", criteria=[])
    milestone(world, title="To come")
    report_milestone(world.kit, milestone=there, delivered=True)
    assert [one.milestone for one in supply.waiting_milestones(world.devi)] == [there, owed]
    assert supply.waiting_milestones(world.devi, [world.umbra]) == []


def test_today_is_told_of_quotes_to_answer(world: World, quote: Quote) -> None:
    assert supply.waiting_quotes(world.ines) == []
    give_quote(world.kit, quote=quote, amount=12_000, delivers_on=day(60))
    assert supply.waiting_quotes(world.ines) == [quote]


def test_what_is_confidential_stays_so_with_a_supplier(world: World) -> None:
    ask_quote(world.ines, product=world.umbra, supplier=world.buoyline, title="Something dark")
    assert Quote.objects.visible_to(world.ines).count() == 1
    assert not Quote.objects.visible_to(world.devi).exists()
    assert supply.supplier_page(world.devi, world.buoyline).quotes == []


def test_the_list_takes_as_many_queries_for_many_suppliers_as_for_one(world: World) -> None:
    late(world, 3)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            supply.suppliers(world.ines, world.tideline)
        return len(taken)

    few = queries()
    for number in range(8):
        supplier = Supplier.objects.create(name=f"Supplier {number}")
        Milestone.objects.create(product=world.tideline, supplier=supplier, title="x", due_on=day(number))
        Quote.objects.create(product=world.tideline, supplier=supplier, title="x")
    assert queries() == few


def test_who_is_late_comes_first_and_is_named_in_the_first_line(world: World) -> None:
    Supplier.objects.create(name="Anchor Works")
    late(world, 12, title="First ten")
    rows = supply.suppliers(world.ines, world.tideline)
    assert [row.supplier.name for row in rows] == ["Buoyline Sensors", "Anchor Works"]
    assert supply_words.of_suppliers(rows) == "Buoyline Sensors is 12\u00a0days late with “First ten”."
