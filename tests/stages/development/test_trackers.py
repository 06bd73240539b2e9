"""Trackers are connected, changed, pulled by the clock, and disconnected; their tokens are shown to nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core import jobs
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.models import Change, Event
from clearspan.core.sealing import unseal
from clearspan.core.undo import undo
from clearspan.interfaces.shapes import plain
from clearspan.stages.development import pulling
from clearspan.stages.development.actions import change_tracker, connect_tracker, disconnect_tracker, pull_now
from clearspan.stages.development.jobs import pulls
from clearspan.stages.development.models import Pull, Team, Tracker, WorkItem
from tests.world import World

TOKEN = "t0ken-of-tideline"


def connect(world: World, **given: Any) -> Tracker:
    given = {"product": world.tideline, "system": "github", "project": "harbour/tideline", "token": TOKEN} | given
    tracker: Tracker = connect_tracker(world.ines, **given)
    return tracker


def over(tracker: Tracker, ago: timedelta = timedelta()) -> None:
    """The pull that waits is done, and began so long ago."""
    tracker.pulls.update(status="done", created_at=timezone.now() - ago, finished_at=timezone.now() - ago)


def test_connecting_begins_the_first_pull(world: World) -> None:
    tracker = connect(world)
    assert (tracker.address, tracker.every) == ("https://api.github.com", 60)
    waiting = tracker.pulls.get()
    assert (waiting.status, waiting.asked_by) == ("waiting", world.ines.person)
    assert ProcrastinateJob.objects.get(task_name="development.pull").lock == waiting.ref


def test_the_token_is_kept_sealed_and_stands_nowhere_else(world: World) -> None:
    tracker = connect(world)
    change_tracker(world.ines, tracker=tracker, token=TOKEN + "2", every=30)
    tracker.refresh_from_db()
    assert unseal(tracker.secret) == TOKEN + "2"
    kept = json.dumps([*Event.objects.values_list("given", "summary"), *Change.objects.values_list("before", "after")])
    kept += json.dumps(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    assert TOKEN not in kept + json.dumps(plain(world.ines, tracker)) + tracker.secret
    assert "secret" not in plain(world.ines, tracker)
    assert TOKEN not in repr(pulling._place(tracker))


def test_a_token_with_a_line_break_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="one word"):
        connect(world, token="two\nlines")


def test_one_project_is_connected_once_whatever_the_address(world: World) -> None:
    connect(world)
    with pytest.raises(Invalid, match="connected already"):
        connect(world, address="https://code.example")


def test_a_system_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="system"):
        connect(world, system="bugzilla")


def test_a_team_of_another_product_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="team"):
        connect(world, team=Team.objects.create(product=world.umbra, name="Night watch"))


def test_a_new_address_needs_the_token_again(world: World) -> None:
    tracker = connect(world)
    with pytest.raises(Invalid, match="token"):
        change_tracker(world.ines, tracker=tracker, address="https://elsewhere.example")
    change_tracker(world.ines, tracker=tracker, address="https://elsewhere.example", token="another")
    tracker.refresh_from_db()
    assert tracker.address == "https://elsewhere.example/api/v3"


def test_the_token_stays_when_nothing_is_said_of_it(world: World) -> None:
    tracker = connect(world)
    change_tracker(world.ines, tracker=tracker, every=30)
    tracker.refresh_from_db()
    assert unseal(tracker.secret) == TOKEN


def test_a_disconnected_tracker_leaves_its_items(world: World) -> None:
    tracker = connect(world)
    item = WorkItem.objects.create(product=world.tideline, tracker=tracker, title="Alarm", added_on="2026-03-02")
    done = disconnect_tracker.perform(world.ines, tracker=tracker)
    item.refresh_from_db()
    assert (item.title, item.tracker) == ("Alarm", None)
    undo(world.ines, event=done.event)
    item.refresh_from_db()
    assert unseal(Tracker.objects.get().secret) == TOKEN
    assert item.tracker == tracker


def test_no_second_pull_begins_while_one_is_under_way(world: World) -> None:
    tracker = connect(world)
    with pytest.raises(Invalid, match="under way"):
        pull_now(world.ines, tracker=tracker)


def test_who_does_not_work_on_the_product_connects_nothing(world: World) -> None:
    with pytest.raises(Refused):
        connect_tracker(world.sol, product=world.tideline, system="github", project="harbour/tideline")
    with pytest.raises(NotThere):
        connect_tracker(world.kit, product=world.tideline, system="github", project="harbour/tideline")


def test_a_tracker_is_pulled_again_when_its_time_has_come(world: World) -> None:
    tracker = connect(world, every=60)
    over(tracker, timedelta(minutes=59))
    assert pulls.queue_due() == 0
    over(tracker, timedelta(minutes=61))
    assert pulls.queue_due() == 1
    assert pulls.queue_due() == 0  # it is under way
    assert Pull.objects.first().asked_by is None


@pytest.mark.parametrize("rests", ["only when asked", "archived"])
def test_some_trackers_rest(world: World, rests: str) -> None:
    tracker = connect(world, every=0 if rests == "only when asked" else 60)
    over(tracker, timedelta(days=2))
    if rests == "archived":
        world.tideline.is_archived = True
        world.tideline.save()
    assert pulls.queue_due() == 0


def test_a_pull_that_failed_is_tried_again_by_the_clock(world: World) -> None:
    tracker = connect(world)
    over(tracker, timedelta(minutes=61))
    tracker.pulls.update(status="failed")
    assert pulls.queue_due() == 1


def test_a_changed_secret_key_is_said_and_not_guessed_around(world: World, settings: Any) -> None:
    tracker = connect(world)
    settings.SECRET_KEY = "another"
    pulls.pull(row=tracker.pulls.get().pk)
    failed = tracker.pulls.get()
    assert failed.status == "failed"
    assert "Give the token again" in failed.words


def test_a_pull_whose_worker_was_lost_for_good_says_so(world: World) -> None:
    tracker = connect(world)
    Pull.objects.update(status="running", created_at=timezone.now() - timedelta(minutes=5))
    assert jobs.settle_lost() == 0  # its job may still be done
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert jobs.settle_lost() == 1
    assert "could not be taken up again" in tracker.pulls.get().words


def test_what_became_of_pulls_long_ago_is_forgotten_but_for_the_last(world: World) -> None:
    tracker = connect(world)
    long_ago = timezone.now() - timedelta(days=100)
    for _ in range(3):
        over(tracker)
        pull_now(world.ines, tracker=tracker)
    tracker.pulls.update(status="done", finished_at=long_ago)
    assert pulls.forget_old() == 3
    assert tracker.pulls.count() == 1
