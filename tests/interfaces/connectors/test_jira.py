"""What Jira's issues become."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from clearspan.interfaces.connectors.jira import Jira
from clearspan.stages.development.models import Pull, WorkItem
from tests.interfaces.connectors.conftest import Connect, at
from tests.interfaces.connectors.servers import JiraServer

Once = Callable[..., Pull]


@pytest.fixture(params=[False, True], ids=["server", "cloud"])
def server(request: pytest.FixtureRequest) -> Iterator[JiraServer]:
    started = JiraServer(is_cloud=request.param)
    yield started
    started.close()


def test_an_issue_keeps_its_words_its_points_and_the_time_spent(
    server: JiraServer, connect: Connect, pull: Once
) -> None:
    more = {
        "description": "Wakes the *harbour master*.", "assignee": {"displayName": "Devi Rao"}, "timespent": 4 * 3600,
        "customfield_10016": 5.0, "duedate": "2026-06-30", "parent": {"key": "TIDE-9"},
    }  # fmt: skip
    server.add("Tide alarm", at(1), more=more)
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.external_id, item.key, item.kind) == ("jira:TIDE-1", "TIDE-1", "feature")
    assert item.url == "https://jira.example/browse/TIDE-1"
    assert (item.estimate, item.effort, item.assignee) == (5, 0.5, "Devi Rao")
    assert item.parent == "jira:TIDE-9"


def test_fields_that_a_project_does_not_use_are_not_missed(server: JiraServer, connect: Connect, pull: Once) -> None:
    unused = {"description", "resolution", "resolutiondate", "labels", "assignee", "duedate", "timespent"}
    server.add("Tide alarm", at(1), without=unused)
    assert pull(connect(server)).added == 1


def test_work_begins_with_the_first_state_in_progress_and_ends_with_the_last_done(
    server: JiraServer, connect: Connect, pull: Once
) -> None:
    moves = [
        (at(24), "To Do", "In Progress"), (at(48), "In Progress", "To Do"), (at(72), "To Do", "In Progress"),
        (at(96), "In Progress", "Done"), (at(120), "Done", "In Progress"), (at(144), "In Progress", "Done"),
        (at(168), "Done", "Dropped"),
    ]  # fmt: skip
    server.add("Tide alarm", at(0), moves=moves, closed=at(168))
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.started_on, item.finished_on) == (at(24).date(), at(144).date())


def test_what_was_resolved_without_being_done_is_dropped(server: JiraServer, connect: Connect, pull: Once) -> None:
    server.add("Paper log", at(1), closed=at(2), more={"resolution": {"name": "Won't Do"}})
    pull(connect(server))
    assert WorkItem.objects.get().state == "dropped"


def test_an_account_signs_in_with_its_address_and_a_token_alone_as_a_bearer(
    server: JiraServer, connect: Connect, pull: Once, world: object
) -> None:
    tracker = connect(server, account="ines@example.org")
    pull(tracker)
    assert server.seen_headers[-1]["Authorization"].startswith("Basic ")
    tracker.account = ""
    tracker.save()
    pull(tracker)
    assert server.seen_headers[-1]["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize(
    ("address", "project", "kept"),
    [
        ("https://tide.atlassian.net/jira/software/projects/TIDE", "tide", ("https://tide.atlassian.net", "TIDE")),
        ("https://issues.example/jira/browse/TIDE-1", "TIDE", ("https://issues.example/jira", "TIDE")),
        ("https://issues.example/jira", "TIDE", ("https://issues.example/jira", "TIDE")),
    ],
)  # fmt: skip
def test_addresses_are_read_as_people_have_them(address: str, project: str, kept: tuple[str, str]) -> None:
    assert Jira().where(address, project) == kept


@pytest.mark.parametrize("project", ['TIDE" OR project = "UMBRA', "TIDE-12", "", "T"])
def test_what_is_no_key_of_a_project_is_refused(project: str) -> None:
    with pytest.raises(ValueError, match="project"):
        Jira().where("https://issues.example", project)
