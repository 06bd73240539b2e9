"""A tracker of each kind, connected, with a server of its own behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from clearspan.interfaces.connectors import client
from clearspan.stages.development.actions import connect_tracker, pull_now
from clearspan.stages.development.jobs import pulls
from clearspan.stages.development.models import Pull, Tracker
from tests.interfaces.connectors.servers import GitHubServer, GitLabServer, JiraServer, Server
from tests.interfaces.connectors.servers.base import TOKEN
from tests.world import World

NOON = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=30)
KINDS: dict[str, Callable[[], Server]] = {
    "github": GitHubServer,
    "gitlab": GitLabServer,
    "jira": JiraServer,
    "jira-cloud": lambda: JiraServer(is_cloud=True),
}
Connect = Callable[..., Tracker]


def at(hours: float) -> datetime:
    """So many hours into the story, which began thirty days ago."""
    return NOON + timedelta(hours=hours)


@pytest.fixture(autouse=True)
def _at_hand(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trackers may be on this machine, and nobody waits long."""
    settings.TRACKER_NETWORKS = (ip_network("127.0.0.0/8"),)
    monkeypatch.setattr(client, "PATIENCE", client.Patience(connect=2, read=2, whole=3, pause=0.01, wait=2))


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Each kind of server in turn."""
    started = KINDS[request.param]()
    yield started
    started.close()


@pytest.fixture
def connect(world: World) -> Connect:
    """Connects a tracker to a server, as Ines; its first pull waits."""

    def to(server: Server, **given: Any) -> Tracker:
        given = {"project": server.project, "token": TOKEN} | given
        tracker: Tracker = connect_tracker(
            world.ines, product=world.tideline, system=server.system, address=server.address, **given
        )
        return tracker

    return to


@pytest.fixture
def pull(world: World) -> Callable[[Tracker], Pull]:
    """Does the pull that waits, or one that is asked for, and tells how it stands."""

    def once(tracker: Tracker, **given: Any) -> Pull:
        waiting = tracker.pulls.filter(status__in=("waiting", "running")).first()
        row = waiting or pull_now(world.ines, tracker=tracker, **given)
        pulls.pull(row=row.pk)
        row.refresh_from_db()
        return row

    return once
