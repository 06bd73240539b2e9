"""What GitLab's issues become."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from clearspan.interfaces.connectors.gitlab import GitLab
from clearspan.stages.development.models import Pull, WorkItem
from tests.interfaces.connectors.conftest import Connect, at
from tests.interfaces.connectors.servers import GitLabServer

Once = Callable[..., Pull]


@pytest.fixture
def server() -> Iterator[GitLabServer]:
    started = GitLabServer()
    yield started
    started.close()


def test_an_issue_keeps_its_words_its_weight_and_the_time_spent(
    server: GitLabServer, connect: Connect, pull: Once
) -> None:
    more = {
        "weight": 3, "time_stats": {"total_time_spent": 12 * 3600}, "assignees": [{"name": "Devi Rao"}],
        "issue_type": "incident", "due_date": "2026-06-30",
    }  # fmt: skip
    server.add("Tide alarm", at(1), more=more)
    pull(connect(server))
    item = WorkItem.objects.get()
    assert (item.external_id, item.kind, item.assignee) == ("gitlab:harbour/tideline#1", "fix", "Devi Rao")
    assert (item.estimate, item.effort, str(item.due_on)) == (3, 1.5, "2026-06-30")


def test_what_was_closed_with_a_label_that_says_so_is_dropped(
    server: GitLabServer, connect: Connect, pull: Once
) -> None:
    server.add("Paper log", at(1), closed=at(2), labels=["resolution::wontfix"])
    pull(connect(server))
    assert WorkItem.objects.get().state == "dropped"


def test_a_project_deep_in_its_groups_is_one_part_of_the_address(
    server: GitLabServer, connect: Connect, pull: Once
) -> None:
    server.project = "harbour/inner/tideline"
    server.add("Tide alarm", at(1))
    assert pull(connect(server)).added == 1
    assert "harbour%2Finner%2Ftideline" in server.asked[0]


@pytest.mark.parametrize(
    ("address", "project", "kept"),
    [
        ("", "harbour/tideline", ("https://gitlab.com", "harbour/tideline")),
        ("https://git.example/api/v4", "harbour/tideline", ("https://git.example", "harbour/tideline")),
        (
            "",
            "https://git.example/harbour/inner/tideline/-/issues/3",
            ("https://git.example", "harbour/inner/tideline"),
        ),
    ],
)
def test_addresses_are_read_as_people_have_them(address: str, project: str, kept: tuple[str, str]) -> None:
    assert GitLab().where(address, project) == kept
