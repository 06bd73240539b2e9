"""What is asked for in deals, and what sales was told."""

from __future__ import annotations

from datetime import date

import pytest

from clearspan.catalogue.models import Deal
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.evidence.actions import (
    answer_ask,
    change_ask,
    pass_on_answer,
    record_ask,
    reopen_ask,
    withdraw_ask,
)
from clearspan.stages.evidence.models import Ask, Feedback
from tests.world import World


@pytest.fixture
def ask(world: World) -> Ask:
    """Saltings wants an export, says Sol."""
    made: Ask = record_ask(world.sol, deal=world.deal, wants="An export for the harbour office")
    return made


def test_an_ask_leaves_feedback_of_its_account(world: World, ask: Ask) -> None:
    heard = Feedback.objects.get()
    assert (heard.account, heard.product, heard.channel) == (world.saltings, world.tideline, Feedback.Channel.DEAL)
    assert (ask.feedback, ask.asked_by, ask.state) == (heard, world.sol.person, Ask.State.OPEN)


def test_the_customers_own_words_are_kept(world: World) -> None:
    made = record_ask(world.sol, deal=world.deal, wants="Export", text="Our harbour office cannot read your files.")
    assert made.feedback.text == "Our harbour office cannot read your files."


def test_sales_and_managers_ask(world: World) -> None:
    assert record_ask(world.ines, deal=world.deal, wants="Export").asked_by == world.ines.person


@pytest.mark.parametrize("who", ["otto", "devi", "leda"])
def test_others_do_not_ask(world: World, who: str) -> None:
    with pytest.raises(Refused):
        record_ask(getattr(world, who), deal=world.deal, wants="Export")


def test_a_deal_of_a_confidential_product_is_not_there_for_sales(world: World) -> None:
    secret = Deal.objects.create(product=world.umbra, name="Secret")
    with pytest.raises(NotThere):
        record_ask(world.sol, deal=secret, wants="Export")


def test_customers_see_no_asks(world: World, ask: Ask) -> None:
    assert not Ask.objects.visible_to(world.cora)


def test_what_sales_was_told_is_kept(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="Not this year.")
    ask.refresh_from_db()
    assert (ask.state, ask.answer, ask.answered_by) == (Ask.State.ANSWERED, "Not this year.", world.ines.person)
    assert ask.answered_at is not None


@pytest.mark.parametrize("who", ["sol", "devi"])
def test_only_who_manages_the_product_answers(world: World, ask: Ask, who: str) -> None:
    with pytest.raises(Refused):
        answer_ask(getattr(world, who), ask=ask, answer="Yes, of course.")


def test_the_newest_answer_holds(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="No.")
    answer_ask(world.ines, ask=ask, answer="In spring.")
    ask.refresh_from_db()
    assert ask.answer == "In spring."


def test_an_answer_can_be_taken_back(world: World, ask: Ask) -> None:
    undo(world.ines, event=answer_ask.perform(world.ines, ask=ask, answer="No.").event)
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == (Ask.State.OPEN, "")


def test_what_was_said_stays_when_the_ask_is_withdrawn(world: World, ask: Ask) -> None:
    withdraw_ask(world.sol, ask=ask)
    ask.refresh_from_db()
    assert ask.state == Ask.State.WITHDRAWN
    assert Feedback.objects.get().state == Feedback.State.NEW


def test_a_withdrawn_ask_is_not_answered(world: World, ask: Ask) -> None:
    withdraw_ask(world.sol, ask=ask)
    with pytest.raises(Invalid, match="withdrawn"):
        answer_ask(world.ines, ask=ask, answer="No.")


def test_an_ask_is_put_again_with_the_answer_it_had(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="No.")
    reopen_ask(world.sol, ask=ask)
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == (Ask.State.OPEN, "No.")


def test_sales_says_that_the_customer_was_told(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="In spring.")
    pass_on_answer(world.sol, ask=ask)
    ask.refresh_from_db()
    assert ask.told_at is not None
    with pytest.raises(Invalid, match="already"):
        pass_on_answer(world.sol, ask=ask)


def test_nobody_is_told_what_was_not_answered(world: World, ask: Ask) -> None:
    with pytest.raises(Invalid, match="to be answered"):
        pass_on_answer(world.sol, ask=ask)


@pytest.mark.parametrize("again", ["answered", "asked"])
def test_another_answer_is_to_be_told_again(world: World, ask: Ask, again: str) -> None:
    answer_ask(world.ines, ask=ask, answer="In spring.")
    pass_on_answer(world.sol, ask=ask)
    if again == "answered":
        answer_ask(world.ines, ask=ask, answer="In autumn.")
    else:
        reopen_ask(world.sol, ask=ask)
    ask.refresh_from_db()
    assert ask.told_at is None


def test_a_day_is_set_and_taken_away(world: World, ask: Ask) -> None:
    change_ask(world.sol, ask=ask, needed_by=date(2026, 12, 19), is_condition=True)
    change_ask(world.sol, ask=ask, without_date=True)
    ask.refresh_from_db()
    assert (ask.needed_by, ask.is_condition) == (None, True)


def test_an_answered_ask_stays_as_it_was_asked(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="No.")
    with pytest.raises(Invalid, match="answered"):
        change_ask(world.sol, ask=ask, wants="Something else")
