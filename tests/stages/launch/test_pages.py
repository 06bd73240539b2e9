"""The pages of launches, as people see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.stages.launch.actions import complete_commitment, draft_collateral
from clearspan.stages.launch.models import Commitment, GoVote, Kind, Launch, LaunchMeasure, LaunchTemplate
from tests.browser.pages import SCREENS
from tests.one_of_each import one_of_each
from tests.stages.launch.small import DAY, TODAY, ask, berth_map, defined, function, launch
from tests.world import World

OURS = (
    "launch", "commitment", "meeting", "measure", "document", "new_launch", "change_launch", "move_launch",
    "call_off_launch", "new_commitment", "change_commitment", "new_measure", "measure_result", "new_document",
    "change_document", "print_document", "launches", "commitments",
)  # fmt: skip


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)  # type: ignore[arg-type]  # a person of the world
    return client


@pytest.fixture
def ines(world: World) -> Client:
    return client_of(world.ines)


@pytest.mark.parametrize(
    "screen", [one for one in SCREENS if one.name in OURS], ids=lambda one: f"{one.title} {one.who}"
)
def test_every_page_opens(world: World, screen: object) -> None:
    rows = one_of_each(world)
    response = client_of(getattr(world, screen.who)).get(screen.address(rows))  # type: ignore[attr-defined]
    assert response.status_code == 200


def test_a_launch_is_planned_from_a_form(world: World, ines: Client) -> None:
    option, feature = berth_map(world), LaunchTemplate.objects.get(name="Feature")
    given = {"options": [option.ref], "planned_on": DAY, "template": feature.ref}
    response = ines.post(reverse("new_launch", args=["tideline"]), given)
    made = Launch.objects.get()
    assert response["Location"] == reverse("launch", args=["tideline", made.pk])
    assert made.commitments.count() == feature.lines.count()


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(world: World, ines: Client) -> None:
    response = ines.post(reverse("new_launch", args=["tideline"]), {"planned_on": DAY, "text": "For marinas"})
    assert response.status_code == 422
    assert "Say what is launched" in response.content.decode()
    assert "For marinas" in response.content.decode()


def test_a_launch_of_another_product_is_not_there(world: World, ines: Client) -> None:
    made = launch(world)
    assert ines.get(reverse("launch", args=["umbra", made.pk])).status_code == 404
    assert client_of(world.cora).get(reverse("launch", args=["tideline", made.pk])).status_code == 404


def test_support_promises_and_shows_that_it_is_done(world: World) -> None:
    made = launch(world)
    one, otto = ask(world, made), client_of(world.otto)
    page = reverse("commitment", args=["tideline", made.pk, one.pk])
    refused = otto.post(page, {"answer": "done", "evidence": ""})
    assert refused.status_code == 422
    otto.post(page, {"answer": "promise", "due_on": one.due_on, "words": "Two people will know it"})
    one.refresh_from_db()
    assert (one.state, one.owner) == ("promised", world.otto.person)
    otto.post(page, {"answer": "done", "evidence": "All have tried it"})
    one.refresh_from_db()
    assert (one.state, one.evidence) == ("done", "All have tried it")


def test_who_may_not_answer_is_offered_nothing_to_answer_with(world: World) -> None:
    made = launch(world)
    one = ask(world, made)
    page = reverse("commitment", args=["tideline", made.pk, one.pk])
    assert "Promise it" not in client_of(world.sol).get(page).content.decode()
    assert client_of(world.sol).post(page, {"answer": "decline", "words": "Not ours"}).status_code == 403


def test_a_function_sees_what_it_must_have_ready_over_all_launches(world: World) -> None:
    for title in ("Berth map", "Tide alarm"):
        ask(world, launch(world, title=title), title=f"Support knows the {title}")
    ask(world, launch(world), "Sales", title="Sheet")
    page = client_of(world.otto).get(reverse("commitments", args=["tideline"])).content.decode()
    assert "Support must have 2\u00a0things ready for 2\u00a0launches; 2 wait for an answer." in page
    assert "Sheet" not in page


def test_moving_says_which_days_stayed(world: World, ines: Client) -> None:
    made = launch(world)
    ask(world, made, title="Macros are written")
    address = reverse("move_launch", args=["tideline", made.pk])
    response = ines.post(address, {"planned_on": DAY + timedelta(days=7)}, follow=True)
    assert "Macros are written” were set by hand and stayed" in response.content.decode()


def test_a_day_set_in_the_form_stays_and_a_box_that_was_ticked_follows(world: World, ines: Client) -> None:
    made = launch(world, "Small change")
    one = made.commitments.first()
    assert one is not None
    address = reverse("change_commitment", args=["tideline", made.pk, one.pk])
    given = {"title": one.title, "text": one.text, "must": "on", "follows": "on"}
    ines.post(address, {**given, "due_on": TODAY})
    one.refresh_from_db()
    assert (one.due_on, one.is_fixed) == (TODAY, True)
    ines.post(address, {**given, "due_on": TODAY})
    one.refresh_from_db()
    assert not one.is_fixed


def test_the_meeting_takes_a_word_and_a_decision(world: World, ines: Client) -> None:
    made = launch(world)
    complete_commitment(world.ines, commitment=ask(world, made), evidence="Tried")
    page = reverse("meeting", args=["tideline", made.pk])
    otto = client_of(world.otto)
    assert otto.post(page, {"sent": "vote", "says": "no_go", "words": ""}).status_code == 422
    otto.post(page, {"sent": "vote", "says": "go", "words": ""})
    assert GoVote.objects.get().function == function("Support")
    assert "What is decided" not in otto.get(page).content.decode()
    ines.post(page, {"sent": "decide", "goes": "true", "reasons": "Everyone is ready"})
    made.refresh_from_db()
    assert made.state == Launch.State.GO


def test_expectations_start_from_what_is_known_and_are_held_against_what_came(world: World, ines: Client) -> None:
    option = berth_map(world)
    defined(option, measure="Marinas using it", unit="marinas", target=40.0)
    made = launch(world, options=[option])
    page = reverse("new_measure", args=["tideline", made.pk])
    assert ines.get(page).context["form"].initial["likely"] == 40.0
    given = {"name": "Marinas using it", "unit": "marinas", "low": 20, "likely": 40, "high": 70, "due_on": DAY}
    ines.post(page, given)
    one = LaunchMeasure.objects.get()
    ines.post(reverse("measure_result", args=["tideline", made.pk, one.pk]), {"came": 9})
    text = ines.get(reverse("launch", args=["tideline", made.pk])).content.decode()
    assert "less than expected" in text


def test_the_days_of_a_launch_go_into_a_calendar(world: World, ines: Client) -> None:
    made = launch(world, title="Berth map, for marinas; and clubs")
    one = ask(world, made, title="A" * 120)
    text = ines.get(reverse("launch_calendar", args=["tideline", made.pk])).content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{one.due_on:%Y%m%d}" in unfolded
    assert "SUMMARY:Launch: Berth map\\, for marinas\\; and clubs" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == 3


def test_documents_are_written_and_taken_along(world: World, ines: Client) -> None:
    made = launch(world)
    one = draft_collateral(world.ines, launch=made, kind=Kind.BATTLECARD)
    ines.post(
        reverse("change_document", args=["tideline", made.pk, one.pk]),
        {"title": "Card", "text": "# Card\r\n\r\nSay it."},
    )
    taken = ines.get(reverse("document_as", args=["tideline", made.pk, one.pk, "md"]))
    assert taken.content.decode() == "# Card\n\nSay it."
    assert 'filename="card.md"' in taken["Content-Disposition"]
    assert ines.get(reverse("document_as", args=["tideline", made.pk, one.pk, "pdf"])).content.startswith(b"%PDF")
    assert ines.get(reverse("document_as", args=["tideline", made.pk, one.pk, "exe"])).status_code == 404
    assert "<h1" in ines.get(reverse("print_document", args=["tideline", made.pk, one.pk])).content.decode()


def test_an_options_page_leads_to_its_launch(world: World, ines: Client) -> None:
    option = berth_map(world)
    page = reverse("option", args=["tideline", option.pk])
    assert "Plan its launch" in ines.get(page).content.decode()
    made = launch(world, options=[option])
    assert reverse("launch", args=["tideline", made.pk]) in ines.get(page).content.decode()


def test_asking_again_for_all_is_one_event(world: World, ines: Client) -> None:
    made = launch(world)
    asked = [ask(world, made), ask(world, made, "Sales")]
    Commitment.objects.update(asked_on=DAY)
    ines.post(reverse("do", args=["ask_again"]), {"commitments": [one.ref for one in asked]})
    assert set(Commitment.objects.values_list("asked_on", flat=True)) == {TODAY}
    assert Event.objects.filter(action="ask_again").count() == 1


@pytest.mark.parametrize("name", ["launch", "meeting", "commitments"])
def test_a_page_costs_the_same_for_few_commitments_and_for_many(world: World, ines: Client, name: str) -> None:
    def cost(made: Launch) -> int:
        address = reverse(name, args=["tideline"] if name == "commitments" else ["tideline", made.pk])
        ines.get(address)
        with CaptureQueriesContext(connection) as context:
            assert ines.get(address).status_code == 200
        return len(context)

    option = berth_map(world)
    few = cost(launch(world, "Small change", options=[option]))
    assert cost(launch(world, "New product", title="Map again", options=[option])) == few
