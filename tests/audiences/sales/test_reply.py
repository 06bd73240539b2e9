"""The reply drafted for a salesperson says what is known, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from clearspan.audiences.sales.reply import Request, draft_reply
from clearspan.stages.evidence.ask_facts import AskPlan, AskPrice, AskVerdict

REQUEST = Request("Sol Reyes", "Saltings", "An export.", "GBP")
ALONE = AskVerdict("Read our files", "single_customer", asking=1, heard=112, largest="Saltings")
MARKET = AskVerdict("Read our files", "market", asking=31, heard=112)
DEAR = AskPrice("Old export", least=101_200, leaves=["Tide beside the berth"], moves=["Upkeep"])


def reply(
    verdict: AskVerdict | None = None, price: AskPrice | None = None, plan: AskPlan | None = None, stance: str = ""
) -> str:
    request = Request(REQUEST.seller, REQUEST.account, REQUEST.wants, REQUEST.currency, stance)  # type: ignore[arg-type]
    return draft_reply(verdict, price, plan, request=request).replace("\u00a0", " ")


def test_it_speaks_to_the_salesperson_of_the_account_and_the_request() -> None:
    said = reply()
    assert said.startswith("Sol, ")
    assert "“An export” for Saltings" in said


def test_nothing_known_promises_nothing() -> None:
    assert "promise nothing" in reply()
    assert "£" not in reply(price=None)


def test_too_little_evidence_is_said_and_more_is_asked_for() -> None:
    said = reply(AskVerdict("x", "too_little_evidence", asking=1, heard=3))
    assert "we do not know yet" in said
    assert "1 of the 3 accounts we heard" in said
    assert "Would they talk to me" in said


def test_one_customers_ask_is_offered_as_paid_work_with_what_it_must_bring() -> None:
    said = reply(ALONE, DEAR)
    assert "not as part of the product, but yes as paid work" in said
    assert "at least £110,000" in said


def test_what_it_must_bring_is_never_understated() -> None:
    assert "at least £100,000;" in reply(ALONE, AskPrice("x", least=100_000))
    assert "at least £86;" in reply(ALONE, AskPrice("x", least=85.2))


def test_what_it_would_push_back_is_named() -> None:
    assert "push back “Tide beside the berth” and “Upkeep”" in reply(ALONE, DEAR)
    many = AskPrice("x", least=9_000, moves=["a", "b", "c", "d", "e"])
    assert "“a”, “b”, “c” and 2 more" in reply(ALONE, many)


def test_a_quarter_that_is_past_is_not_promised_again() -> None:
    late = reply(MARKET, DEAR, AskPlan("chosen", ends=date(2026, 6, 30), stands="past"))
    assert "was to be there by the end of" in late
    assert "name no day yet" in late


def test_what_is_built_is_said_to_be() -> None:
    built = reply(MARKET, DEAR, AskPlan("chosen", ends=date(2026, 6, 30), stands="built"))
    assert "is yes: it is built." in built
    assert "You may name" not in built


def test_a_market_need_without_a_date_gets_none() -> None:
    said = reply(MARKET)
    assert "it is wanted, but it has no date yet" in said
    assert "31 of the 112 accounts" in said


def test_a_segments_need_names_the_segment() -> None:
    assert "a need of Marinas" in reply(AskVerdict("x", "segment", segment="Marinas", asking=4, heard=48))


def test_what_is_planned_is_promised_by_the_quarter_only() -> None:
    said = reply(MARKET, DEAR, AskPlan("chosen", ends=date(2026, 6, 30)))
    assert "by the end of Q2 2026" in said
    assert "not a day" in said
    assert "30" not in said and "£" not in said


def test_what_was_declined_is_declined_with_its_reasons() -> None:
    said = reply(ALONE, None, AskPlan("declined", reasons="It would bind us to one harbour’s columns."))
    assert "decided against it" in said
    assert "one harbour’s columns" in said


def test_what_fits_into_the_plan_costs_nothing() -> None:
    said = reply(MARKET, AskPrice("x", least=0, fits=True))
    assert "fit into the plan as it is" in said
    assert "must bring" not in said


@pytest.mark.parametrize("verdict", [None, ALONE, MARKET])
def test_no_is_said_plainly_when_it_is_wished(verdict: AskVerdict | None) -> None:
    said = reply(verdict, DEAR, stance="no")
    assert "for Saltings is no." in said
    assert "£" not in said


def test_paid_work_is_offered_when_it_is_wished() -> None:
    assert "yes as paid work" in reply(MARKET, DEAR, AskPlan("chosen"), stance="paid")


def test_the_same_facts_give_the_same_words() -> None:
    assert reply(ALONE, DEAR) == reply(ALONE, DEAR)
