"""What GitHub's issues become."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clearspan.core.imports.actions import run_import, start_import
from clearspan.interfaces.connectors.github import GitHub
from clearspan.stages.development.actions import change_tracker
from clearspan.stages.development.models import Pull, WorkItem
from tests.interfaces.connectors.conftest import Connect, at
from tests.interfaces.connectors.servers import GitHubServer
from tests.interfaces.connectors.servers.base import Reply
from tests.world import World

Once = Callable[..., Pull]


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    started = GitHubServer()
    yield started
    started.close()


def test_an_issue_keeps_its_words_and_its_way_back(server: GitHubServer, connect: Connect, pull: Once) -> None:
    more = {
        "body": "For RQ-3\x00.", "assignee": {"login": "devi"}, "type": {"name": "Bug"},
        "milestone": {"due_on": "2026-06-30T07:00:00Z"},
    }  # fmt: skip
    server.add("Tide alarm", at(1), labels=["area: tide"], more=more)
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.external_id, item.key, item.kind) == ("github:harbour/tideline#1", "#1", "fix")
    assert item.url == "https://github.example/harbour/tideline/issues/1"
    assert (item.text, item.assignee, item.labels) == ("For RQ-3.", "devi", ["area: tide"])
    assert str(item.due_on) == "2026-06-30"


def test_an_export_and_a_pull_of_one_repository_are_the_same_items(
    server: GitHubServer, connect: Connect, pull: Once, world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = "https://github.com/harbour/tideline/issues/1"
    content = f"number,title,state,html_url,created_at\n1,Tide alarm,open,{address},2026-03-02T08:00:00Z\n"
    file = start_import(
        world.ines, name="issues", kind="items", content=content, options={"product": "tideline", "system": "github"}
    )
    assert run_import(world.ines, file=file).added == 1
    server.add("Tide alarm, louder", at(1), more={"html_url": address})
    server.project = "Harbour/Tideline"  # which GitHub takes as the same
    done = pull(connect(server))
    assert (done.added, done.changed) == (0, 1)
    assert WorkItem.objects.get().title == "Tide alarm, louder"


def test_what_was_closed_as_not_planned_is_dropped(server: GitHubServer, connect: Connect, pull: Once) -> None:
    server.add("Paper log", at(1), closed=at(2), more={"state_reason": "not_planned"})
    pull(connect(server))
    assert WorkItem.objects.get().state == "dropped"


def test_pull_requests_are_left_out_unless_they_are_wanted(
    server: GitHubServer, connect: Connect, pull: Once, world: World
) -> None:
    server.add("Tide alarm", at(1))
    server.add("Add the alarm", at(2), closed=at(3), more={"pull_request": {"merged_at": "2026-03-01T00:00:00Z"}})
    server.add("Try another", at(4), closed=at(5), more={"pull_request": {"merged_at": None}})
    tracker = connect(server)
    assert pull(tracker).added == 1
    change_tracker(world.ines, tracker=tracker, pull_requests=True)
    assert pull(tracker).added == 2
    states = dict(WorkItem.objects.values_list("title", "state"))
    assert states == {"Tide alarm": "todo", "Add the alarm": "done", "Try another": "dropped"}


def test_a_public_repository_needs_no_token(server: GitHubServer, connect: Connect, pull: Once) -> None:
    server.token = ""
    server.add("Tide alarm", at(1))
    assert pull(connect(server, token=None)).added == 1
    assert "Authorization" not in server.seen_headers[0]


def test_events_that_may_not_be_read_leave_the_item_without_a_first_day(
    server: GitHubServer, connect: Connect, pull: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add("Tide alarm", at(1), labels=["in progress"])
    answer = server.answer
    refused = Reply({"message": "Resource not accessible"}, 403)
    monkeypatch.setattr(server, "answer", lambda path, *rest: refused if "events" in path else answer(path, *rest))
    assert pull(connect(server)).status == "done"
    item = WorkItem.objects.get()
    assert (item.state, item.started_on) == ("doing", None)


@pytest.mark.parametrize(
    ("address", "project", "kept"),
    [
        ("", "harbour/tideline", ("https://api.github.com", "harbour/tideline")),
        ("https://github.com", "harbour/tideline", ("https://api.github.com", "harbour/tideline")),
        ("", "https://github.com/harbour/tideline/issues/12", ("https://api.github.com", "harbour/tideline")),
        ("", "https://github.com/harbour/tideline.git", ("https://api.github.com", "harbour/tideline")),
        ("https://code.example/", "harbour/tideline", ("https://code.example/api/v3", "harbour/tideline")),
        ("https://code.example/api/v3", "harbour/tideline", ("https://code.example/api/v3", "harbour/tideline")),
    ],
)
def test_addresses_are_read_as_people_have_them(address: str, project: str, kept: tuple[str, str]) -> None:
    assert GitHub().where(address, project) == kept


@pytest.mark.parametrize("project", ["tideline", "a/b/c", "../admin", "harbour/..", "harbour/tide line", "har?bour/x"])
def test_what_is_no_repository_is_refused(project: str) -> None:
    with pytest.raises(ValueError, match="project"):
        GitHub().where("", project)


@pytest.mark.parametrize(
    "address", ["ftp://code.example", "file:///etc/passwd", "code.example", "https://a:b@c.example"]
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        GitHub().where(address, "harbour/tideline")
