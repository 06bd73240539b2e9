from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.interfaces.connectors.servers.base import Issue, Reply, Server

STATUSES = {
    "1": ("To Do", "new"),
    "2": ("In Progress", "indeterminate"),
    "3": ("Done", "done"),
    "4": ("Dropped", "done"),
}
NUMBERS = {name: number for number, (name, _) in STATUSES.items()}
SHORT = 2  # entries of a history that a search in the cloud shows


class JiraServer(Server):
    """Search by JQL with changelogs, in the cloud (nextPageToken) or on a server of one's own (startAt)."""

    system = "jira"
    project = "TIDE"
    number, title = "key", "summary"

    def __init__(self, *, is_cloud: bool = False) -> None:
        self.is_cloud = is_cloud
        super().__init__()

    def is_page(self, path: str) -> bool:
        return "/search" in path

    def answer(self, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        if path == "/rest/api/2/serverInfo":
            return Reply({"baseUrl": "https://jira.example", "deploymentType": "Cloud" if self.is_cloud else "Server"})
        if self.token and headers.get("Authorization") not in (f"Bearer {self.token}", f"Basic {self._basic()}"):
            return Reply({"errorMessages": ["You are not signed in."]}, 401)
        if path == "/rest/api/2/status":
            return Reply([_status(name) for name in NUMBERS])
        if path == "/rest/api/2/field":
            return Reply([{"id": "customfield_10016", "name": "Story Points"}, {"id": "summary", "name": "Summary"}])
        if path == ("/rest/api/2/search/jql" if self.is_cloud else "/rest/api/2/search"):
            return self._search(query)
        if found := re.fullmatch(r"/rest/api/2/issue/(\d+)/changelog", path):
            histories, start = self._histories(self.issues[int(found[1])]), int(query["startAt"])
            return Reply({"values": histories[start : start + 3], "total": len(histories)})
        return Reply({"errorMessages": ["There is no such thing."]}, 404)

    def _basic(self) -> str:
        return base64.b64encode(f"ines@example.org:{self.token}".encode()).decode()

    def _search(self, query: dict[str, str]) -> Reply:
        jql = re.fullmatch(
            r'project = "(\w+)"(?: AND updated >= "-(\d+)m")? ORDER BY updated ASC, key ASC', query["jql"]
        )
        assert jql is not None, query["jql"]
        if jql[1] != self.project:
            return Reply({"errorMessages": [f"The value '{jql[1]}' does not exist for the field 'project'."]}, 400)
        since = datetime.now(UTC) - timedelta(minutes=int(jql[2])) if jql[2] else None
        rows = [issue for issue in self.in_order() if since is None or issue.updated >= since]
        size, start = min(self.page, int(query["maxResults"])), int(query.get(self._next, "0"))
        entries = [self._entry(issue, query) for issue in rows[start : start + size]]
        if not self.is_cloud:
            return Reply({"startAt": start, "maxResults": size, "total": len(rows), "issues": entries})
        more = start + size < len(rows)
        return Reply({"issues": entries, "isLast": not more} | ({"nextPageToken": str(start + size)} if more else {}))

    @property
    def _next(self) -> str:
        return "nextPageToken" if self.is_cloud else "startAt"

    def _entry(self, issue: Issue, query: dict[str, str]) -> dict[str, Any]:
        moved = [to for _, _, to in sorted(issue.moves)]
        status = "Done" if issue.closed and not moved else moved[-1] if moved else "To Do"
        over = STATUSES[NUMBERS[status]][1] == "done"
        fields = self.shaped(
            issue,
            {
                "summary": issue.title, "description": None, "status": _status(status), "labels": issue.labels,
                "resolution": {"name": "Done"} if over else None, "resolutiondate": _iso(issue.closed),
                "issuetype": {"name": "Story"}, "assignee": None, "duedate": None, "timespent": None,
                "created": _iso(issue.created), "updated": _iso(issue.updated),
            },
        )  # fmt: skip
        histories = self._histories(issue)
        shown = histories[-SHORT:] if self.is_cloud else histories
        return {
            "id": str(issue.number), "key": f"{self.project}-{issue.number}",
            "fields": {name: fields[name] for name in query["fields"].split(",") if name in fields},
            "changelog": {"histories": shown, "total": len(histories)},
        }  # fmt: skip

    @staticmethod
    def _histories(issue: Issue) -> list[dict[str, Any]]:
        return [
            {"created": _iso(at), "items": [{"field": "status", "from": NUMBERS[old], "to": NUMBERS[new]}]}
            for at, old, new in issue.moves
        ]


def _status(name: str) -> dict[str, Any]:
    return {"id": NUMBERS[name], "name": name, "statusCategory": {"key": STATUSES[NUMBERS[name]][1]}}


def _iso(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000") if moment else None
