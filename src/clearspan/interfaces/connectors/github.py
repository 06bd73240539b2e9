"""GitHub, and GitHub Enterprise: issues, and pull requests where they are wanted.

https://docs.github.com/en/rest/issues/issues#list-repository-issues
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from clearspan.interfaces.connectors import addresses
from clearspan.interfaces.connectors.client import Client, Refused
from clearspan.interfaces.connectors.paging import Entry, Known, day, entries_of, walk
from clearspan.interfaces.connectors.values import Link, Text, as_written
from clearspan.stages.development.incoming import Incoming
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.states import kind_of, state_of
from clearspan.stages.development.systems import Cursor, Page, Place

_PAGE = 100
_PUBLIC = "https://api.github.com"


class _Named(Known):
    name: Text


class _Person(Known):
    login: Text


class _Milestone(Known):
    due_on: datetime | None = None


class _Issue(Known):
    number: int
    title: Text
    html_url: Link
    state: Text
    state_reason: Text | None = None
    body: Text | None
    labels: list[_Named]
    assignee: _Person | None
    milestone: _Milestone | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    type: _Named | None = None
    pull_request: dict[str, Any] | None = None
    draft: bool = False
    parent_issue_url: str | None = None


class _Event(Known):
    event: str
    created_at: datetime
    label: _Named | None = None


class GitHub:
    """Issues of one repository."""

    name = "GitHub"
    address = _PUBLIC
    needs = (
        "a fine-grained token with read access to the repository’s issues (and pull requests, if these are wanted), or "
        "a classic one with the scope repo; a public repository can be read without, slowly"
    )

    def where(self, address: str, project: str) -> tuple[str, str]:
        """The API's address, also from that of the pages for people."""
        address = addresses.address_of(address or addresses.origin_in(project) or _PUBLIC)
        parts = urlsplit(address)
        if parts.hostname in ("github.com", "www.github.com", "api.github.com"):
            address = _PUBLIC
        elif not parts.path:
            address += "/api/v3"
        return address, addresses.path_of(project, 2, 2, "owner/repository")

    def pages(self, place: Place, cursor: Cursor) -> Iterator[Page]:
        """Issues in their order of change."""
        client = Client(place.address, self.name, self.needs, _headers(place.token))
        yield from walk(
            partial(_ask, client, place.project),
            partial(_read, client, place),
            cursor,
            name=lambda entry: f"#{entry['number']}",
            changed=lambda entry: entry.get("updated_at"),
        )


def _headers(token: str) -> dict[str, str]:
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return headers | ({"Authorization": f"Bearer {token}"} if token else {})


def _ask(client: Client, project: str, since: datetime | None, following: str | None) -> tuple[list[Entry], str | None]:
    if following is not None:
        answer = client.get(following)
    else:
        query = {"state": "all", "sort": "updated", "direction": "asc", "per_page": _PAGE}
        if since is not None:  # a second earlier: whether the moment itself is meant is not said
            query["since"] = (since - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = client.get(f"/repos/{project}/issues", query)
    return entries_of(answer.data, client.name), answer.following


def _read(client: Client, place: Place, entry: Entry) -> Incoming | None:
    issue = _Issue.model_validate(entry)
    if issue.pull_request is not None and not place.pull_requests:
        return None
    labels = tuple(label.name for label in issue.labels)
    state = _state(issue, labels)
    return Incoming(
        external_id=f"github:{as_written(place.project, issue.html_url)}#{issue.number}",
        key=f"#{issue.number}", url=issue.html_url, title=issue.title or f"#{issue.number}",
        text=issue.body or "", labels=labels,
        kind=kind_of(issue.type.name if issue.type else "", labels),
        state=state, status=issue.state_reason or issue.state,
        assignee=issue.assignee.login if issue.assignee else "",
        added_on=day(issue.created_at), finished_on=day(issue.closed_at),
        started_on=_started(client, place, issue) if state == WorkItem.State.DOING else None,
        due_on=day(issue.milestone.due_on) if issue.milestone else None, changed_at=issue.updated_at,
        parent=_parent(issue.parent_issue_url),
    )  # fmt: skip


def _state(issue: _Issue, labels: tuple[str, ...]) -> str:
    if issue.pull_request is not None:
        if issue.state == "closed":
            merged = issue.pull_request.get("merged_at", "not said")  # by old servers
            return WorkItem.State.DONE if merged else WorkItem.State.DROPPED
        return WorkItem.State.DOING
    return state_of(issue.state, resolution=issue.state_reason or "", labels=labels) or WorkItem.State.TODO


def _started(client: Client, place: Place, issue: _Issue) -> Any:
    """The day a label first said that it is being worked on: GitHub itself knows only open and closed. A pull request
    is work from its first day."""
    if issue.pull_request is not None:
        return day(issue.created_at)
    try:
        answer = client.get(f"/repos/{place.project}/issues/{issue.number}/events", {"per_page": _PAGE})
    except Refused:
        return None  # a token that may not read events is no reason to leave the item out
    events = [_Event.model_validate(event) for event in entries_of(answer.data, client.name)]
    began = [
        event.created_at
        for event in events
        if event.event == "labeled" and event.label and state_of("open", labels=[event.label.name]) == "doing"
    ]
    return day(min(began, default=None))


def _parent(address: str | None) -> str:
    found = re.search(r"/repos/([^/]+/[^/]+)/issues/(\d+)$", address or "")
    return f"github:{found[1]}#{found[2]}" if found else ""
