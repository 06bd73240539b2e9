"""The pages of trackers and pulls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearspan.core.actor import Actor
from clearspan.stages.development.actions import connect_tracker
from clearspan.stages.development.models import Pull, Tracker
from tests.world import World

TOKEN = "t0ken-of-tideline"
NEW = {"system": "github", "project": "harbour/tideline", "address": "", "account": "", "token": TOKEN, "every": "60"}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


@pytest.fixture
def tracker(world: World) -> Tracker:
    made: Tracker = connect_tracker(
        world.ines, product=world.tideline, system="github", project="harbour/tideline", token=TOKEN
    )
    return made


def settled(tracker: Tracker, **fields: Any) -> Pull:
    tracker.pulls.update(**{"status": "done", "finished_at": timezone.now()} | fields)
    pull: Pull = tracker.pulls.get()
    return pull


def test_without_a_tracker_the_page_says_what_one_is_for(world: World) -> None:
    page = signed_in(world.ines).get("/tideline/development/trackers").content.decode()
    assert "No tracker is pulled yet." in page
    assert "Connect a tracker" in page


def test_connecting_leads_to_the_first_pull(world: World) -> None:
    client = signed_in(world.ines)
    answer = client.post("/tideline/development/trackers/new", NEW)
    pull = Pull.objects.get()
    assert answer.headers["Location"] == f"/tideline/development/pulls/{pull.pk}"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "GitHub harbour/tideline is being pulled." in page
    assert f"/tideline/development/pulls/{pull.pk}/progress" in page


def test_what_cannot_be_used_is_said_at_its_field_and_the_token_is_not_sent_back(world: World) -> None:
    client = signed_in(world.ines)
    answer = client.post("/tideline/development/trackers/new", NEW | {"project": "tideline"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It is written as in its address, such as owner/repository." in page
    assert 'value="tideline"' in page
    assert TOKEN not in page
    assert not Tracker.objects.exists()


def test_a_new_address_without_its_token_is_said_at_the_token(world: World, tracker: Tracker) -> None:
    client = signed_in(world.ines)
    changed = {"address": "https://code.example", "token": "", "every": "1440"}
    answer = client.post(f"/tideline/development/trackers/{tracker.pk}/change", changed)
    assert "Give the token again: it goes to a new address." in answer.content.decode()


def test_a_change_keeps_the_token_when_the_field_is_left_empty(world: World, tracker: Tracker) -> None:
    client = signed_in(world.ines)
    client.post(
        f"/tideline/development/trackers/{tracker.pk}/change",
        {"address": tracker.address, "token": "", "every": "1440", "pull_requests": "on"},
    )
    before = tracker.secret
    tracker.refresh_from_db()
    assert (tracker.every, tracker.pull_requests, tracker.secret) == (1440, True, before)


def test_no_page_shows_the_token(world: World, tracker: Tracker) -> None:
    client = signed_in(world.ines)
    for path in ("", f"/{tracker.pk}", f"/{tracker.pk}/change"):
        page = client.get(f"/tideline/development/trackers{path}").content.decode()
        assert TOKEN not in page
        assert tracker.secret not in page
    assert TOKEN not in client.get("/audit").content.decode()


def test_a_pull_says_what_it_brought_and_what_it_could_not_read(world: World, tracker: Tracker) -> None:
    faults = [{"key": "#7", "words": "“title” is missing"}]
    pull = settled(tracker, seen=15, added=12, changed=3, unread=1, faults=faults)
    page = signed_in(world.ines).get(f"/tideline/development/pulls/{pull.pk}").content.decode()
    assert "12 new items, 3 changed, 1 could not be read." in page
    assert "“title” is missing" in page


def test_a_pull_that_did_not_finish_says_why_here_and_on_the_first_page_of_development(
    world: World, tracker: Tracker
) -> None:
    settled(tracker, status="failed", words="GitHub does not accept the token. What was here stays.")
    client = signed_in(world.ines)
    for path in ("", "/trackers", f"/trackers/{tracker.pk}"):
        assert "does not accept the token" in client.get(f"/tideline/development{path}").content.decode()


def test_the_progress_is_asked_for_until_the_pull_is_over(world: World, tracker: Tracker) -> None:
    pull, client = tracker.pulls.get(), signed_in(world.ines)
    Pull.objects.update(status="running", seen=300, words="up to changes of 3 Mar 2026")
    path = f"/tideline/development/pulls/{pull.pk}/progress"
    under_way = client.get(path)
    assert "300\N{NO-BREAK SPACE}items seen, up to changes of 3 Mar 2026" in under_way.content.decode()
    assert "HX-Refresh" not in under_way.headers
    settled(tracker)
    assert client.get(path).headers["HX-Refresh"] == "true"


def test_who_does_not_work_on_the_product_sees_trackers_and_changes_none(world: World, tracker: Tracker) -> None:
    settled(tracker)
    client = signed_in(world.sol)
    page = client.get("/tideline/development/trackers").content.decode()
    assert "harbour/tideline" in page
    assert "Pull now" not in page
    assert client.get("/tideline/development/trackers/new").status_code == 403
    assert client.get(f"/tideline/development/trackers/{tracker.pk}/change").status_code == 403


def test_a_tracker_of_another_product_is_not_there(world: World, tracker: Tracker) -> None:
    client = signed_in(world.ines)
    assert client.get(f"/umbra/development/trackers/{tracker.pk}").status_code == 404
    assert client.get(f"/umbra/development/pulls/{tracker.pulls.get().pk}").status_code == 404


def test_a_list_of_many_trackers_asks_no_more_than_one_of_two(world: World) -> None:
    client = signed_in(world.ines)

    def fill(count: int) -> None:
        for number in range(Tracker.objects.count(), count):
            made = Tracker.objects.create(
                product=world.tideline, system="github", address="https://api.github.com", project=f"harbour/{number}"
            )
            for _ in range(3):
                Pull.objects.create(tracker=made, status="done", finished_at=timezone.now() - timedelta(hours=1))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/tideline/development/trackers").status_code == 200
        return len(asked)

    fill(2)
    queries()
    few = queries()
    fill(12)
    assert queries() == few
