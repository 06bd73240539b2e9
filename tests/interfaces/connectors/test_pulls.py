"""A pull of each kind of tracker: whole, once, in order, and on from where it broke off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.interfaces.connectors import client
from clearspan.stages.development import pulling
from clearspan.stages.development.jobs import pulls
from clearspan.stages.development.models import DeliveryStudy, Pull, Tracker, WorkItem
from clearspan.stages.options.models import Option
from tests.interfaces.connectors.conftest import Connect, at
from tests.interfaces.connectors.servers import GitHubServer, JiraServer, Server
from tests.interfaces.connectors.servers.base import Reply

Once = Callable[..., Pull]


def titles() -> list[str]:
    return sorted(WorkItem.objects.values_list("title", flat=True))


def fill(server: Server, count: int) -> list[str]:
    """So many issues, an hour apart."""
    return sorted(server.add(f"Berth {number:02}", at(number)).title for number in range(count))


def test_everything_comes_page_by_page(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    expected = fill(server, 10)
    done = pull(connect(server))
    assert (done.status, done.added, done.unread) == ("done", 10, 0)
    assert titles() == expected
    assert len(server.pages_asked) >= 4


def test_pulled_twice_nothing_doubles(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    expected = fill(server, 10)
    tracker = connect(server)
    pull(tracker)
    again = pull(tracker)
    assert (again.status, again.added, again.changed) == ("done", 0, 0)
    assert titles() == expected


def test_pulled_from_the_beginning_nothing_doubles(server: Server, connect: Connect, pull: Once) -> None:
    expected = fill(server, 5)
    tracker = connect(server)
    pull(tracker)
    again = pull(tracker, again=True)
    assert (again.seen, again.added, again.changed) == (5, 0, 0)
    assert titles() == expected


def test_after_a_change_only_what_changed_is_asked_for(server: Server, connect: Connect, pull: Once) -> None:
    fill(server, 10)
    tracker = connect(server)
    pull(tracker)
    server.change(4, at(400), title="Berth four, wider")
    server.add("Berth ten", at(401))
    second = pull(tracker)
    assert (second.added, second.changed) == (1, 1)
    assert second.seen <= 3  # and the last one of before, at the border
    assert "Berth four, wider" in titles()


def test_an_item_that_changes_while_pages_are_read_pulls_no_other_out_of_sight(
    server: Server, connect: Connect, pull: Once
) -> None:
    server.page = 3
    fill(server, 9)

    def touch() -> None:
        if len(server.pages_asked) == 2:
            server.change(1, at(500), title="Berth 00")

    server.before = touch
    pull(connect(server))
    assert len(titles()) == 9


def test_many_items_of_one_second_are_all_seen(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    for number in range(11):
        server.add(f"Moved over {number}", at(7))
    server.add("Later", at(9))
    assert pull(connect(server)).status == "done"
    assert len(titles()) == 12


def test_a_pull_that_is_killed_between_pages_goes_on_where_it_was(
    server: Server, connect: Connect, pull: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page = 3
    expected = fill(server, 10)
    tracker, kept, take_in = connect(server), 0, pulling.take_in

    def dies(*given: Any) -> Any:
        nonlocal kept
        if kept == 2:
            raise KeyboardInterrupt
        kept += 1
        return take_in(*given)

    monkeypatch.setattr(pulling, "take_in", dies)
    with pytest.raises(KeyboardInterrupt):
        pull(tracker)
    assert 5 <= len(titles()) <= 6  # two pages, which may share the item at their border
    assert tracker.pulls.get().status == "running"
    monkeypatch.setattr(pulling, "take_in", take_in)
    from_the_start = server.pages_asked[0]
    server.asked.clear()
    done = pull(tracker)  # the very same pull, as the worker takes it up again
    assert (done.status, done.added) == ("done", 10)
    assert titles() == expected
    assert from_the_start not in server.pages_asked
    assert tracker.pulls.count() == 1


def test_an_error_in_the_middle_is_asked_again(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    expected = fill(server, 7)
    server.trouble = [None, Reply(status=502), Reply(status=500), None]
    assert pull(connect(server)).status == "done"
    assert titles() == expected


def test_an_error_that_stays_ends_the_pull_and_the_next_goes_on(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    expected = fill(server, 7)
    server.trouble = [None, *[Reply(status=503)] * 4]
    tracker = connect(server)
    failed = pull(tracker)
    assert failed.status == "failed"
    assert "answered with an error (503) 4 times in a row" in failed.words
    assert "What had come is kept, and the next pull goes on from there" in failed.words
    assert len(titles()) == 3
    second = pull(tracker)
    assert (second.status, second.added) == ("done", 4)
    assert titles() == expected


@pytest.mark.parametrize("cut", [Reply([{"number": 1}], cut=True), Reply(body=b'[{"number": 1, "ti')])
def test_an_answer_cut_off_in_the_middle_is_asked_again(
    server: Server, connect: Connect, pull: Once, cut: Reply
) -> None:
    expected = fill(server, 3)
    server.trouble = [cut]
    assert pull(connect(server)).status == "done"
    assert titles() == expected


def test_an_answer_that_does_not_come_is_not_waited_for(
    server: Server, connect: Connect, pull: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", client.Patience(read=0.1, tries=2, pause=0))
    fill(server, 3)
    server.trouble = [Reply([], after=0.5)] * 2
    failed = pull(connect(server))
    assert failed.status == "failed"
    assert "did not answer in time 2 times in a row" in failed.words
    assert "What was here stays" in failed.words


def test_an_answer_that_drips_is_not_waited_for_for_ever(
    server: Server, connect: Connect, pull: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", client.Patience(whole=0.2, tries=1))
    server.trouble = [Reply([1, 2, 3, 4, 5], drip=0.05)]
    assert "answered too slowly" in pull(connect(server)).words


def test_a_short_wait_for_fewer_requests_is_waited_out(server: Server, connect: Connect, pull: Once) -> None:
    expected = fill(server, 3)
    server.trouble = [Reply(status=429, headers={"Retry-After": "1"})]
    assert pull(connect(server)).status == "done"
    assert titles() == expected


def test_a_long_wait_is_left_for_later_and_then_goes_on(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    expected = fill(server, 7)
    server.trouble = [None, Reply(status=429, headers={"Retry-After": "900"})]
    tracker = connect(server)
    waits = pull(tracker)
    assert waits.status == "waiting"
    assert "wants fewer requests" in waits.words
    job = ProcrastinateJob.objects.filter(task_name="development.pull", scheduled_at__isnull=False).get()
    assert job.args == {"row": waits.pk}
    assert timedelta(minutes=14) < job.scheduled_at - timezone.now() < timedelta(minutes=16)
    done = pull(tracker)
    assert (done.pk, done.status, done.added) == (waits.pk, "done", 7)
    assert titles() == expected


@pytest.mark.parametrize(
    ("without", "more", "words"),
    [({"title", "summary"}, {}, "is missing"), (set(), {"title": 12, "summary": 12}, "expected a valid string")],
)
def test_an_item_whose_shape_has_changed_is_a_fault_with_its_name_and_others_come(
    server: Server, connect: Connect, pull: Once, without: set[str], more: dict[str, Any], words: str
) -> None:
    fill(server, 5)
    server.issues[2].without, server.issues[2].more = without, more
    done = pull(connect(server))
    assert (done.status, done.added, done.unread) == ("done", 4, 1)
    (fault,) = done.faults
    assert fault["key"] in ("#2", "TIDE-2")
    assert server.title in fault["words"]
    assert words in fault["words"]


def test_when_no_item_can_be_read_the_pull_stops_and_says_so(server: Server, connect: Connect, pull: Once) -> None:
    server.page = 3
    fill(server, 7)
    for number in range(3, 8):
        server.issues[number].without = {"title", "summary"}
    tracker = connect(server)
    failed = pull(tracker)
    assert failed.status == "failed"
    assert "None of 3 items could be read" in failed.words
    assert f"“{'fields.' if server.system == 'jira' else ''}{server.title}” is missing" in failed.words
    assert len(titles()) == 2
    for issue in server.issues.values():
        issue.without = set()
    assert pull(tracker).status == "done"
    assert len(titles()) == 7


def test_only_the_first_twenty_faults_are_kept_and_all_are_counted(
    server: Server, connect: Connect, pull: Once
) -> None:
    fill(server, 40)
    for number in range(1, 31):
        server.issues[number].without = {"title", "summary"}
    done = pull(connect(server))
    assert (done.added, done.unread, len(done.faults)) == (10, 30, 20)


def test_a_token_that_is_not_accepted_is_said(server: Server, connect: Connect, pull: Once) -> None:
    failed = pull(connect(server, token="wrong"))
    assert failed.status == "failed"
    assert "does not accept the token" in failed.words


def test_a_token_that_may_not_read_is_told_what_it_needs(server: Server, connect: Connect, pull: Once) -> None:
    server.trouble = [Reply({"message": "Resource not accessible"}, 403)]
    failed = pull(connect(server))
    assert "does not let this token read that. It needs" in failed.words


def test_a_project_that_is_not_there_is_said(server: Server, connect: Connect, pull: Once) -> None:
    failed = pull(connect(server, project="GONE" if server.system == "jira" else "harbour/gone"))
    assert failed.status == "failed"
    assert "knows no such project" in failed.words or "does not exist" in failed.words


def test_an_answer_that_is_a_page_for_people_is_said(server: Server, connect: Connect, pull: Once) -> None:
    server.trouble = [Reply(body=b"<html>Sign in</html>", headers={"Content-Type": "text/html"})]
    assert "Is this the address of its API?" in pull(connect(server)).words


def test_an_answer_without_end_is_not_read(
    server: Server, connect: Connect, pull: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", client.Patience(largest=1 << 20))
    server.trouble = [Reply(body=b" " * (3 << 20))]
    assert "over 1 MB" in pull(connect(server)).words


def test_one_is_not_sent_on_to_another_host(server: Server, connect: Connect, pull: Once) -> None:
    other = type(server)()
    try:
        server.trouble = [Reply(status=302, headers={"Location": f"{other.address}/elsewhere"})]
        assert "sends us on to" in pull(connect(server)).words
        assert other.asked == []
    finally:
        other.close()


def test_the_first_day_of_work_is_read_from_the_history(server: Server, connect: Connect, pull: Once) -> None:
    server.add(
        "Wider berths", at(0), labels=["doing"], labelled={"later": at(10), "doing": at(50)},
        moves=[(at(50), "To Do", "In Progress")],
    )  # fmt: skip
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.state, item.started_on) == ("doing", at(50).date())


def test_what_is_closed_is_done_on_the_day_it_was_closed(server: Server, connect: Connect, pull: Once) -> None:
    tracker = connect(server)
    server.add("Wider berths", at(0))
    pull(tracker)
    server.change(1, at(100), closed=at(100))
    assert pull(tracker).changed == 1
    item = WorkItem.objects.get()
    assert (item.state, item.added_on, item.finished_on) == ("done", at(0).date(), at(100).date())


def test_two_trackers_with_equal_numbers_do_not_collide(connect: Connect, pull: Once) -> None:
    one, other = GitHubServer(), GitHubServer()
    other.project = "harbour/gauges"
    try:
        for server in (one, other):
            server.add(f"First of {server.project}", at(1))
            pull(connect(server))
        assert titles() == ["First of harbour/gauges", "First of harbour/tideline"]
    finally:
        one.close()
        other.close()


def test_a_tracker_that_is_disconnected_while_it_is_pulled_ends_the_pull(
    server: Server, connect: Connect, pull: Once, world: Any
) -> None:
    server.page = 3
    fill(server, 9)
    tracker = connect(server)
    row = tracker.pulls.get()
    server.before = lambda: None
    original = pulling._keep
    try:
        pulling._keep = lambda *given: (Tracker.objects.all().delete(), original(*given))[1]  # type: ignore[assignment]
        pulling.run(row.pk)
    finally:
        pulling._keep = original
    assert not Pull.objects.exists()
    assert titles() == []


def test_another_pull_that_went_on_meanwhile_is_not_undone(server: Server, connect: Connect, pull: Once) -> None:
    fill(server, 3)
    tracker = connect(server)

    def overtake() -> None:
        Tracker.objects.filter(pk=tracker.pk).update(cursor={"since": at(900).isoformat()})

    original = pulling.systems.registry[server.system].pages

    def pages(place: Any, cursor: Any) -> Any:
        for page in original(place, cursor):
            overtake()
            yield page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulling.systems.registry[server.system], "pages", pages)
        failed = pull(tracker)
    assert failed.status == "failed"
    assert "Another pull" in failed.words
    assert titles() == []


def test_a_page_that_follows_but_is_no_longer_known_is_asked_for_by_time(connect: Connect, pull: Once) -> None:
    server = JiraServer(is_cloud=True)
    try:
        server.page = 3
        for number in range(8):
            server.add(f"Moved over {number}", at(7))
        server.trouble = [None, None, *[Reply(status=503)] * 4, Reply({"errorMessages": ["no such token"]}, 400)]
        tracker = connect(server, account="ines@example.org")
        assert pull(tracker).status == "failed"
        assert pull(tracker).status == "done"
        assert len(titles()) == 8
    finally:
        server.close()


def test_what_follows_from_items_is_worked_out_anew_when_some_came(
    server: Server, connect: Connect, pull: Once, world: Any
) -> None:
    def queued(task: str) -> int:
        return ProcrastinateJob.objects.filter(task_name=task).count()

    fill(server, 3)
    tracker = connect(server)
    pull(tracker)
    assert (queued("development.learn"), queued("development.delivery")) == (1, 1)
    assert DeliveryStudy.objects.get().asked_by == world.ines.person
    DeliveryStudy.objects.update(status="done")
    pull(tracker)  # nothing new
    assert queued("development.delivery") == 1
    server.change(1, at(400), title="Berth one, wider")
    pulls.pull(row=pulls.queue(tracker).pk)  # by the clock: one forecast an hour is enough
    assert queued("development.delivery") == 1
    server.change(1, at(401), title="Berth one, wider still")
    pull(tracker)
    assert queued("development.delivery") == 2


def test_an_item_that_names_an_option_is_linked_to_it(server: Server, connect: Connect, pull: Once, world: Any) -> None:
    option = Option.objects.create(product=world.tideline, title="Berth map")
    server.add(f"Draw the berths for {option.ref}", at(1))
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.option, item.linked) == (option, "reference")
