"""GitLab, gitlab.com or one's own: issues of one project.

https://docs.gitlab.com/api/issues/#list-project-issues
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from urllib.parse import quote

from clearspan.interfaces.connectors import addresses
from clearspan.interfaces.connectors.client import Client, Refused
from clearspan.interfaces.connectors.paging import Entry, Known, day, entries_of, walk
from clearspan.interfaces.connectors.values import Link, Text, as_written
from clearspan.stages.development.incoming import Incoming
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.states import kind_of, state_of
from clearspan.stages.development.systems import Cursor, Page, Place

_PAGE = 100
_PUBLIC = "https://gitlab.com"
_WORKDAY = 8 * 3600  # GitLab's own: a day of time tracking is eight hours


class _Person(Known):
    name: Text


class _Times(Known):
    total_time_spent: float = 0


class _Issue(Known):
    iid: int
    title: Text
    web_url: Link
    state: Text
    description: Text | None
    labels: list[Text]
    assignees: list[_Person]
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    due_date: date | None
    issue_type: Text | None = None
    weight: float | None = None  # not in every edition
    time_stats: _Times | None = None


class _LabelEvent(Known):
    action: str
    created_at: datetime
    label: _Person | None  # it has a name, too; None once the label was deleted


class GitLab:
    """Issues of one project."""

    name = "GitLab"
    address = _PUBLIC
    needs = "a personal, group or project access token with the scope read_api, of somebody who may see the project"

    def where(self, address: str, project: str) -> tuple[str, str]:
        """The address of GitLab itself: its API's is known."""
        address = addresses.address_of(address or addresses.origin_in(project) or _PUBLIC)
        return address.removesuffix("/api/v4"), addresses.path_of(project, 2, 20, "group/project")

    def pages(self, place: Place, cursor: Cursor) -> Iterator[Page]:
        """Issues in their order of change."""
        headers = {"PRIVATE-TOKEN": place.token} if place.token else {}
        client = Client(f"{place.address}/api/v4", self.name, self.needs, headers)
        yield from walk(
            partial(_ask, client, place.project),
            partial(_read, client, place.project),
            cursor,
            name=lambda entry: f"#{entry['iid']}",
            changed=lambda entry: entry.get("updated_at"),
        )


def _ask(client: Client, project: str, since: datetime | None, following: str | None) -> tuple[list[Entry], str | None]:
    if following is not None:
        answer = client.get(following)
    else:
        query = {"scope": "all", "order_by": "updated_at", "sort": "asc", "per_page": _PAGE}
        if since is not None:
            query["updated_after"] = since.isoformat()
        answer = client.get(f"/projects/{quote(project, safe='')}/issues", query)
    return entries_of(answer.data, client.name), answer.following


def _read(client: Client, project: str, entry: Entry) -> Incoming:
    issue = _Issue.model_validate(entry)
    labels = tuple(issue.labels)
    over = [WorkItem.State.DROPPED for label in labels if state_of(label.split("::")[-1]) == WorkItem.State.DROPPED]
    state = state_of(issue.state, labels=labels) or WorkItem.State.TODO
    state = over[0] if over and state == WorkItem.State.DONE else state  # it has no reason of closing but a label
    spent = issue.time_stats.total_time_spent if issue.time_stats else 0
    return Incoming(
        external_id=f"gitlab:{as_written(project, issue.web_url)}#{issue.iid}",
        key=f"#{issue.iid}", url=issue.web_url, title=issue.title or f"#{issue.iid}",
        text=issue.description or "", labels=labels, kind=kind_of(issue.issue_type or "", labels), state=state,
        status=issue.state, assignee=issue.assignees[0].name if issue.assignees else "",
        estimate=issue.weight, effort=spent / _WORKDAY if spent else None, added_on=day(issue.created_at),
        started_on=_started(client, project, issue.iid) if state == WorkItem.State.DOING else None,
        finished_on=day(issue.closed_at), due_on=issue.due_date, changed_at=issue.updated_at,
    )  # fmt: skip


def _started(client: Client, project: str, number: int) -> date | None:
    """The day a label first said that it is being worked on: GitLab itself knows only opened and closed."""
    path = f"/projects/{quote(project, safe='')}/issues/{number}/resource_label_events"
    try:
        answer = client.get(path, {"per_page": _PAGE})
    except Refused:
        return None
    events = [_LabelEvent.model_validate(event) for event in entries_of(answer.data, client.name)]
    began = [
        event.created_at
        for event in events
        if event.action == "add" and event.label and state_of("open", labels=[event.label.name]) == "doing"
    ]
    return day(min(began, default=None))
