"""The pages of evidence: who gets them, what they answer, and that a longer list asks the database no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.evidence.actions import record_ask, record_intelligence, record_interview
from clearspan.stages.evidence.models import Feedback, Intelligence, Interview
from tests.world import World

SignIn = Callable[[Actor], Client]


@pytest.fixture
def signed_in(world: World) -> SignIn:
    def sign_in(actor: Actor) -> Client:
        client = Client()
        assert actor.person is not None
        client.force_login(actor.person)
        return client

    return sign_in


def at(name: str, *args: Any, **query: str) -> str:
    return reverse(name, args=["tideline", *args], query=query or None)


def every_page(world: World) -> list[str]:
    piece = world.feedback()
    interview = record_interview(world.ines, product=world.tideline, notes="They book by telephone.", guide="How?")
    known = record_intelligence(world.ines, product=world.tideline, title="Moorwise doubled", source="Their site")
    record_ask(world.sol, deal=world.deal, wants="An export")
    lists = [at(name) for name in ("inbox", "feedback_list", "interviews", "intelligence")]
    forms = [at(f"record_{name}") for name in ("feedback", "interview", "intelligence")]
    rows = [at("feedback", piece.pk), at("feedback", interview.feedback_id), at("intelligence_piece", known.pk)]
    changes = [
        at("change_feedback", piece.pk),
        at("change_interview", interview.pk),
        at("change_intelligence", known.pk),
    ]
    return [*lists, *forms, *rows, *changes]


@pytest.mark.parametrize("who", ["ines", "sol", "leda"])
def test_every_page_is_there_for_employees_but_the_forms_they_may_not_send(
    world: World, signed_in: SignIn, who: str
) -> None:
    client = signed_in(getattr(world, who))
    refused = {url for url in every_page(world) if client.get(url).status_code != 200}
    theirs = {"interviews", "intelligence"} if who != "ines" else set()  # whose rows who manages the product changes
    assert {url.split("/")[2] for url in refused} == theirs
    assert all(url.endswith("/change") for url in refused)


@pytest.mark.parametrize("who", ["cora", "xan"])
def test_no_page_is_there_for_others(world: World, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(world, who))
    assert {client.get(url).status_code for url in every_page(world)} == {404}


def test_a_confidential_products_pages_are_not_there_for_those_without_a_role(world: World, signed_in: SignIn) -> None:
    assert signed_in(world.sol).get(reverse("inbox", args=["umbra"])).status_code == 404
    assert signed_in(world.ines).get(reverse("inbox", args=["umbra"])).status_code == 200


def test_a_piece_is_not_shown_under_another_product(world: World, signed_in: SignIn) -> None:
    secret = world.feedback("Of Umbra", product=world.umbra)
    client = signed_in(world.ines)
    assert client.get(at("feedback", secret.pk)).status_code == 404
    assert "Of Umbra" not in client.get(at("inbox", piece=str(secret.pk))).content.decode()


def test_an_empty_inbox_teaches(world: World, signed_in: SignIn) -> None:
    body = signed_in(world.ines).get(at("inbox")).content.decode()
    assert "Nothing has been heard about Tideline yet." in body
    assert "What customers say lands here" in body


def test_a_sorted_inbox_says_so(world: World, signed_in: SignIn) -> None:
    world.feedback(state=Feedback.State.SORTED)
    assert "Everything that was heard is sorted." in signed_in(world.ines).get(at("inbox")).content.decode()


def test_the_inbox_shows_unsorted_feedback_only_until_asked_for_more(world: World, signed_in: SignIn) -> None:
    world.feedback("Still to read")
    world.feedback("Was of no use", state=Feedback.State.AWAY)
    client = signed_in(world.ines)
    assert "Was of no use" not in client.get(at("inbox")).content.decode()
    assert "Was of no use" in client.get(at("inbox", state="all")).content.decode()


def test_opening_a_piece_fetches_that_piece_alone(world: World, signed_in: SignIn) -> None:
    first, second = world.feedback("The first"), world.feedback("The second", account=world.saltings)
    answer = signed_in(world.ines).get(at("inbox", piece=str(first.pk)), headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert "The first" in body and "The second" not in body and "<html" not in body
    assert 'hx-swap-oob="true"' in body
    assert second.said_by in signed_in(world.ines).get(at("inbox")).content.decode()


def test_what_was_sorted_leads_on_to_the_next_piece(world: World, signed_in: SignIn) -> None:
    pieces = [world.feedback(text) for text in ("a", "b")]
    client = signed_in(world.ines)
    page = client.get(at("inbox")).content.decode()
    onward = f"/tideline/inbox?state=new&amp;piece={pieces[0].pk}"
    assert f'name="next" value="{onward}"' in page
    answer = client.post(
        reverse("do", args=["put_away"]), {"feedback": pieces[1].ref, "next": onward.replace("&amp;", "&")}
    )
    assert answer["Location"] == onward.replace("&amp;", "&")
    assert Feedback.objects.get(pk=pieces[1].pk).state == Feedback.State.AWAY


def test_those_who_do_not_sort_get_no_buttons_for_it(world: World, signed_in: SignIn) -> None:
    world.feedback()
    url = reverse("do", args=["put_away"])
    assert url in signed_in(world.ines).get(at("inbox")).content.decode()
    assert url not in signed_in(world.sol).get(at("inbox")).content.decode()


def test_many_are_sorted_from_the_list(world: World, signed_in: SignIn) -> None:
    pieces = [world.feedback(text) for text in ("a", "b", "c")]
    signed_in(world.ines).post(
        reverse("do", args=["mark_sorted"]), {"feedback": [piece.ref for piece in pieces[:2]], "next": "/"}
    )
    assert [piece.state for piece in Feedback.objects.order_by("pk")] == ["sorted", "sorted", "new"]


def test_a_copy_is_merged_into_what_begins_with_the_same_words(world: World, signed_in: SignIn) -> None:
    first, again = (world.feedback("The tide table is upside down on every page of it") for _ in range(2))
    client = signed_in(world.ines)
    assert f'name="original" value="{first.ref}"' in client.get(at("inbox", piece=str(again.pk))).content.decode()
    client.post(reverse("do", args=["merge_feedback"]), {"feedback": again.ref, "original": first.ref, "next": "/"})
    again.refresh_from_db()
    assert again.copy_of == first
    assert "counts once" in client.get(at("feedback", again.pk)).content.decode()


def test_later_stages_add_to_the_page_of_a_piece(world: World, signed_in: SignIn, monkeypatch: Any) -> None:
    said = panels.Fragment("ui/shell/mark.html", {})
    monkeypatch.setitem(panels._providers, "feedback.links", [lambda actor, piece: said])
    monkeypatch.setitem(panels._providers, "inbox.aside", [lambda actor, piece: said])
    client, piece = signed_in(world.ines), world.feedback()
    assert client.get(at("feedback", piece.pk)).status_code == client.get(at("inbox")).status_code == 200


def test_a_form_records_and_recognises_a_contact(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.otto).post(
        at("record_feedback"),
        {"text": "We book twice", "channel": "call", "account": "northmole marina", "author": "cora finch"},
    )
    made = Feedback.objects.get()
    assert answer["Location"] == at("feedback", made.pk)
    assert (made.account, str(made.contact), made.author) == (world.northmole, "Cora Finch", "")


def test_a_form_says_what_is_wrong_and_keeps_what_was_written(world: World, signed_in: SignIn) -> None:
    sent = {"text": "We book twice", "channel": "call", "account": "Nowhere", "said_at": "2199-01-01T10:00"}
    body = signed_in(world.otto).post(at("record_feedback"), sent).content.decode()
    assert "There is no account “Nowhere”." in body
    assert "We book twice" in body
    assert not Feedback.objects.exists()
    body = signed_in(world.otto).post(at("record_feedback"), {**sent, "account": ""}).content.decode()
    assert "This lies in the future." in body


def test_an_emptied_account_is_taken_away(world: World, signed_in: SignIn) -> None:
    piece = world.feedback()
    signed_in(world.ines).post(at("change_feedback", piece.pk), {"text": piece.text, "channel": "call", "account": ""})
    piece.refresh_from_db()
    assert (piece.account, piece.channel) == (None, "call")


def test_who_may_not_change_it_is_told_so(world: World, signed_in: SignIn) -> None:
    piece = world.feedback()
    sent = {"text": "Something else", "channel": "call"}
    assert signed_in(world.sol).post(at("change_feedback", piece.pk), sent).status_code == 403


def test_an_interview_and_what_is_known_are_recorded_by_their_forms(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.ines)
    client.post(at("record_interview"), {"notes": "By telephone", "account": world.saltings.ref, "guide": "How?"})
    assert Interview.objects.get().feedback.account == world.saltings
    client.post(at("record_intelligence"), {"title": "Moorwise doubled", "source": "Their site"})
    known = Intelligence.objects.get()
    client.post(at("change_intelligence", known.pk), {"title": "Moorwise doubled", "source": "A call", "segment": ""})
    known.refresh_from_db()
    assert known.source == "A call"


def test_rows_are_offered_while_one_writes(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.sol)
    assert f"Northmole Marina ({world.northmole.ref})" in client.get(at("like", "account", q="north")).json()
    assert client.get(at("like", "deal", q="berth")).json() == [f"{world.deal} ({world.deal.ref})"]
    assert client.get(at("like", "password")).status_code == 404


@pytest.mark.parametrize("name", ["inbox", "feedback_list", "interviews", "intelligence"])
def test_a_longer_list_asks_the_database_no_more(world: World, signed_in: SignIn, name: str) -> None:
    client = signed_in(world.ines)

    def fill(times: int) -> None:
        for n in range(times):
            world.feedback(str(n), account=(world.northmole, world.saltings)[n % 2])
            record_interview(world.ines, product=world.tideline, notes=str(n), account=world.saltings)
            record_intelligence(world.ines, product=world.tideline, title=str(n), source="x", segment=world.marinas)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(name)).status_code == 200
        return len(asked)

    fill(2)
    queries()  # the first visit also keeps which product one is at
    few = queries()
    fill(8)
    assert queries() == few
