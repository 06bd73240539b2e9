"""Asks: what do I tell sales?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.audiences.sales import words
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.evidence.actions import answer_ask, record_ask
from clearspan.stages.evidence.ask_facts import AskFacts, AskPlan, AskPrice, AskVerdict
from clearspan.stages.evidence.models import Ask
from clearspan.stages.evidence.panels import counts
from clearspan.stages.evidence.queries.asks import Waiting, waiting
from tests.world import World


def client_of(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def at(name: str, *args: Any, **query: str) -> str:
    return reverse(name, args=["tideline", *args], query=query or None)


@pytest.fixture
def ask(world: World) -> Ask:
    made: Ask = record_ask(world.sol, deal=world.deal, wants="An export for the harbour office", is_condition=True)
    return made


@pytest.mark.parametrize("who", ["ines", "sol", "otto", "leda"])
def test_employees_see_the_asks(world: World, ask: Ask, who: str) -> None:
    client = client_of(getattr(world, who))
    for url in (
        at("asks"),
        at("asks", state="all", mine="1", q="export"),
        at("ask", ask.pk),
        at("ask", ask.pk, reply="no"),
    ):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("who", ["cora", "xan"])
def test_others_do_not(world: World, ask: Ask, who: str) -> None:
    client = client_of(getattr(world, who))
    assert {client.get(url).status_code for url in (at("asks"), at("ask", ask.pk), at("record_ask"))} == {404}


def test_the_manager_gets_a_draft_and_sends_it(world: World, ask: Ask) -> None:
    client = client_of(world.ines)
    assert "Sol, I have your request" in client.get(at("ask", ask.pk)).content.decode()
    client.post(
        reverse("do", args=["answer_ask"]), {"ask": ask.ref, "answer": "Not this year.", "next": at("ask", ask.pk)}
    )
    page = client_of(world.sol).get(at("ask", ask.pk)).content.decode()
    assert "What sales was told" in page and "Not this year." in page


def test_sales_gets_no_draft_to_send(world: World, ask: Ask) -> None:
    page = client_of(world.sol).get(at("ask", ask.pk)).content.decode()
    assert reverse("do", args=["answer_ask"]) not in page
    assert "The answer is with the product’s manager" in page


def test_later_stages_say_whose_need_it_is_and_what_it_must_bring(world: World, ask: Ask, monkeypatch: Any) -> None:
    verdict = {ask.pk: AskVerdict("Read our files", "single_customer", asking=1, heard=9)}
    price = {ask.pk: AskPrice("Old export", least=101_000)}
    monkeypatch.setitem(panels._providers, "ask.verdict", [lambda actor, asks: verdict])
    monkeypatch.setitem(panels._providers, "ask.price", [lambda actor, asks: price])
    page = client_of(world.ines).get(at("ask", ask.pk)).content.decode()
    assert "One customer’s ask: it would have to bring £101,000 to be worth its place." in page
    assert "yes as paid work" in page
    assert "One customer" in client_of(world.ines).get(at("asks")).content.decode()


def test_a_form_asks(world: World) -> None:
    answer = client_of(world.sol).post(
        at("record_ask"), {"deal": world.deal.ref, "wants": "An export", "is_condition": "on"}
    )
    made = Ask.objects.get()
    assert answer["Location"] == at("ask", made.pk)
    assert (made.deal, made.is_condition, made.feedback.text) == (world.deal, True, "An export")


def test_a_form_begins_with_the_deal_it_comes_from(world: World) -> None:
    assert f"({world.deal.ref})" in client_of(world.sol).get(at("record_ask", deal=world.deal.ref)).content.decode()


def test_an_answered_ask_is_not_changed(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="No.")
    page = client_of(world.sol).post(at("change_ask", ask.pk), {"wants": "Another"}).content.decode()
    assert "It is answered." in page


def test_an_answer_waits_for_who_asked_until_the_customer_was_told(world: World, ask: Ask) -> None:
    answer_ask(world.ines, ask=ask, answer="In spring.")
    sol = client_of(world.sol)
    assert f"Tell {world.saltings}: {ask.wants}" in sol.get("/waiting").content.decode()
    assert "I have told them" in sol.get(at("ask", ask.pk)).content.decode()
    sol.post("/do/pass_on_answer", {"ask": ask.ref})
    assert f"Tell {world.saltings}" not in sol.get("/waiting").content.decode()
    assert f"{world.saltings} was told, " in sol.get(at("ask", ask.pk)).content.decode()
    assert "I have told them" not in client_of(world.devi).get(at("ask", ask.pk)).content.decode()


def test_those_needed_first_stand_first(world: World) -> None:
    today = timezone.localdate()
    for wants, days in (("later", 9), ("whenever", None), ("now", 0)):
        record_ask(
            world.sol, deal=world.deal, wants=wants, needed_by=None if days is None else today + timedelta(days=days)
        )
    page = client_of(world.ines).get(at("asks")).content.decode()
    assert page.index(">now<") < page.index(">later<") < page.index(">whenever<")


def test_what_waits_is_counted_for_the_menus(world: World, ask: Ask) -> None:
    record_ask(world.sol, deal=world.deal, wants="now", needed_by=timezone.localdate())
    assert waiting(world.ines, world.tideline) == Waiting(open=2, late=1, soon=1)
    assert {name: rows.count() for name, rows in counts(world.ines, world.tideline).items()} == {"inbox": 2, "asks": 2}


def test_more_asks_take_no_more_queries(world: World) -> None:
    client = client_of(world.ines)

    def queries(times: int) -> int:
        for n in range(times):
            record_ask(world.sol, deal=world.deal, wants=str(n))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("asks"))
        return len(asked)

    queries(0)  # the first visit also keeps which product one is at
    assert queries(2) == queries(8)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (Waiting(0, 0, 0), "No ask waits for an answer."),
        (Waiting(1, 0, 0), "One ask waits for an answer."),
        (Waiting(1, 1, 1), "One ask waits for an answer; it is due today or before."),
        (Waiting(4, 1, 2), "4 asks wait for an answer; one is due today or before."),
        (Waiting(4, 0, 2), "4 asks wait for an answer; 2 are due within the week."),
        (Waiting(4, 0, 0), "4 asks wait for an answer; none is due within the week."),
    ],
)
def test_the_list_says_what_waits(told: Waiting, line: str) -> None:
    assert words.of_asks(told) == line


def test_a_page_says_what_was_decided(world: World, ask: Ask) -> None:
    chosen = AskFacts(AskVerdict("x", "market"), None, AskPlan("chosen"))
    line = words.of_ask(ask, chosen, "GBP")
    assert line.startswith("Saltings Sailing Club wants an export for the harbour office. ")
    assert line.endswith("It is a need of the market, and it is in the plan.")


def test_a_quarter_that_is_over_was_planned_and_what_is_built_is_built(world: World, ask: Ask) -> None:
    for stands, words_of_it in (("past", "and it was planned for Q2"), ("built", "and it is built.")):
        plan = AskPlan("chosen", ends=date(2026, 6, 30), stands=stands)  # type: ignore[arg-type]
        assert words_of_it in words.of_ask(ask, AskFacts(AskVerdict("x", "market"), None, plan), "GBP")
