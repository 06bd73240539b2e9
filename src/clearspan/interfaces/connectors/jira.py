"""Jira, in the cloud or one's own: issues of one project, with what their history says of work begun and ended.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-search/
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field

from clearspan.interfaces.connectors import addresses
from clearspan.interfaces.connectors.client import Client, Refused
from clearspan.interfaces.connectors.paging import Entry, Known, day, entries_of, known, walk
from clearspan.interfaces.connectors.values import Text
from clearspan.stages.development.incoming import Incoming
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.states import kind_of, state_of
from clearspan.stages.development.systems import Cursor, Page, Place

_PAGE = 100
_SLACK = 5  # minutes by which our clock and Jira's, and its search and its rows, may differ
_WORKDAY = 8 * 3600  # Jira's own default: a day of time tracking is eight hours
_FIELDS = (
    "summary", "description", "status", "resolution", "resolutiondate", "issuetype", "labels", "assignee", "parent",
    "created", "updated", "duedate", "timespent",
)  # fmt: skip


class _Named(Known):
    name: Text


class _Category(Known):
    key: str


class _Status(Known):
    id: str
    name: Text
    category: _Category = Field(alias="statusCategory")


class _Person(Known):
    name: Text = Field(alias="displayName")


class _Parent(Known):
    key: str


class _Fields(Known):
    """A project leaves out the fields it does not use, so that only those which every project has must be there."""

    summary: Text
    status: _Status
    issuetype: _Named
    created: datetime
    updated: datetime
    description: Text | None = None
    resolution: _Named | None = None
    resolutiondate: datetime | None = None
    labels: list[Text] = []
    assignee: _Person | None = None
    duedate: date | None = None
    parent: _Parent | None = None
    timespent: float | None = None


class _Move(Known):
    field: str
    from_id: str | None = Field(alias="from", default=None)
    to_id: str | None = Field(alias="to", default=None)


class _History(Known):
    created: datetime
    items: list[_Move]


class _Changelog(Known):
    histories: list[_History]
    total: int = 0


class _Issue(Known):
    id: str
    key: str
    fields: _Fields
    changelog: _Changelog | None = None


class _Search(Known):
    issues: list[dict[str, Any]]
    start: int = Field(alias="startAt", default=0)
    total: int | None = None
    token: str | None = Field(alias="nextPageToken", default=None)


class _Server(Known):
    base: str = Field(alias="baseUrl")
    deployment: str = Field(alias="deploymentType", default="Server")


class _Histories(Known):
    values: list[_History]


@dataclass(frozen=True)
class _Jira:
    """One Jira, as it is set up: asked once a pull."""

    client: Client
    project: str
    base: str
    is_cloud: bool
    categories: Mapping[str, str]  # number of a status to new, indeterminate or done
    estimate: str  # the field of story points, "" where there is none
    epic: str  # the field of the epic, where that is not the parent


class Jira:
    """Issues of one project."""

    name = "Jira"
    address = ""
    needs = (
        "in the cloud an API token (scope read:jira-work) with the account’s e-mail address, on a server of your own a "
        "personal access token; of somebody who may browse the project"
    )

    def where(self, address: str, project: str) -> tuple[str, str]:
        """The address before /browse and the like; the project's key."""
        if not address:
            raise ValueError("address", "say where your Jira is, such as https://example.atlassian.net")
        address = addresses.address_of(address)
        parts = urlsplit(address)
        if (parts.hostname or "").endswith(".atlassian.net"):
            address = f"{parts.scheme}://{parts.netloc}"
        key = project.strip().upper()
        if not re.fullmatch(r"[A-Z][A-Z0-9_]{1,49}", key):
            raise ValueError("project", "it is the key in front of an issue’s number: TIDE in TIDE-12")
        return re.split(r"/(?:browse|projects|secure)(?:/|$)", address)[0], key

    def pages(self, place: Place, cursor: Cursor) -> Iterator[Page]:
        """Issues in their order of change."""
        jira = _meet(place)
        yield from walk(
            partial(_ask, jira),
            partial(_read, jira),
            cursor,
            name=lambda entry: str(entry["key"]),
            changed=lambda entry: entry["fields"].get("updated") if isinstance(entry.get("fields"), dict) else None,
        )


def _meet(place: Place) -> _Jira:
    client = Client(place.address, Jira.name, Jira.needs, _headers(place))
    server = known(_Server, client.get("/rest/api/2/serverInfo").data, client.name)
    statuses = [known(_Status, one, client.name) for one in entries_of(client.get("/rest/api/2/status").data, "Jira")]
    fields = _fields_of(client)
    return _Jira(
        client, place.project, server.base.rstrip("/"), server.deployment == "Cloud",
        {status.id: status.category.key for status in statuses},
        fields.get("Story Points") or fields.get("Story point estimate") or "", fields.get("Epic Link", ""),
    )  # fmt: skip


def _headers(place: Place) -> dict[str, str]:
    if not place.token:
        return {}
    if not place.account:
        return {"Authorization": f"Bearer {place.token}"}
    both = base64.b64encode(f"{place.account}:{place.token}".encode()).decode()
    return {"Authorization": f"Basic {both}"}


def _fields_of(client: Client) -> dict[str, str]:
    """Number of each field by its name: those that are not everywhere are known by name only."""
    try:
        found = entries_of(client.get("/rest/api/2/field").data, client.name)
    except Refused:
        return {}  # estimates are not worth stopping for
    return {str(field.get("name")): str(field.get("id")) for field in found}


def _ask(jira: _Jira, since: datetime | None, following: str | None) -> tuple[list[Entry], str | None]:
    """A time in a query is in the asker's time zone, which only Jira knows; so many minutes ago is the same for all."""
    minutes = ceil((datetime.now(UTC) - since).total_seconds() / 60) + _SLACK if since else None
    changed = f' AND updated >= "-{minutes}m"' if minutes else ""
    query: dict[str, Any] = {
        "jql": f'project = "{jira.project}"{changed} ORDER BY updated ASC, key ASC',
        "fields": ",".join([*_FIELDS, *filter(None, (jira.estimate, jira.epic))]),
        "expand": "changelog",
        "maxResults": _PAGE,
    }
    if following is not None:
        query["nextPageToken" if jira.is_cloud else "startAt"] = following
    path = "/rest/api/2/search/jql" if jira.is_cloud else "/rest/api/2/search"
    found = known(_Search, jira.client.get(path, query).data, jira.client.name)
    if jira.is_cloud:
        return found.issues, found.token
    seen = found.start + len(found.issues)
    return found.issues, str(seen) if found.issues and seen < (found.total or 0) else None


def _read(jira: _Jira, entry: Entry) -> Incoming:
    issue = _Issue.model_validate(entry)
    fields, raw = issue.fields, entry["fields"]
    resolution = fields.resolution.name if fields.resolution else ""
    state = state_of(fields.status.name, category=fields.status.category.key, resolution=resolution)
    started, finished = _dates(jira, issue)
    points, epic = raw.get(jira.estimate), raw.get(jira.epic)
    parent = fields.parent.key if fields.parent else epic if isinstance(epic, str) else ""
    return Incoming(
        external_id=f"jira:{issue.key}", key=issue.key, url=f"{jira.base}/browse/{issue.key}",
        title=fields.summary or issue.key, text=fields.description or "", labels=tuple(fields.labels),
        kind=kind_of(fields.issuetype.name, fields.labels),
        state=state or WorkItem.State.TODO, status=fields.status.name,
        assignee=fields.assignee.name if fields.assignee else "",
        estimate=float(points) if isinstance(points, (int, float)) else None,
        effort=fields.timespent / _WORKDAY if fields.timespent else None,
        added_on=day(fields.created), started_on=started, finished_on=finished or day(fields.resolutiondate),
        due_on=fields.duedate, changed_at=fields.updated, parent=f"jira:{parent}" if parent else "",
    )  # fmt: skip


def _dates(jira: _Jira, issue: _Issue) -> tuple[date | None, date | None]:
    """The day work first began and the day it last ended, by the categories of the states it went through."""
    moves = [
        (history.created, jira.categories.get(move.from_id or ""), jira.categories.get(move.to_id or ""))
        for history in _histories(jira, issue)
        for move in history.items
        if move.field == "status"
    ]
    began = [at for at, _, to in moves if to == "indeterminate"]
    ended = [at for at, before, to in moves if to == "done" and before != "done"]
    return day(min(began, default=None)), day(max(ended, default=None))


def _histories(jira: _Jira, issue: _Issue) -> list[_History]:
    """The whole history: a search in the cloud cuts long ones off, and then the issue itself is asked."""
    log = issue.changelog
    if log is None or not jira.is_cloud or len(log.histories) >= log.total:
        return log.histories if log else []
    found: list[_History] = []
    while len(found) < log.total:
        query = {"startAt": len(found), "maxResults": _PAGE}
        answer = jira.client.get(f"/rest/api/2/issue/{issue.id}/changelog", query)
        more = known(_Histories, answer.data, jira.client.name).values
        if not more:
            break
        found += more
    return found
