from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from tests.interfaces.connectors.servers.base import Issue, Reply, Server


class GitLabServer(Server):
    """GET /api/v4/projects/PROJECT/issues and /issues/N/resource_label_events. Times have milliseconds here."""

    system = "gitlab"
    number = "iid"

    def is_page(self, path: str) -> bool:
        return path.partition("?")[0].endswith("/issues")

    def answer(self, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        if self.token and headers.get("PRIVATE-TOKEN") != self.token:
            return Reply({"message": "401 Unauthorized"}, 401)
        base = f"/api/v4/projects/{quote(self.project, safe='')}/issues"
        if path == base:
            return self._issues(path, query)
        if found := re.fullmatch(rf"{base}/(\d+)/resource_label_events", path):
            return Reply(self._events(self.issues[int(found[1])]))
        return Reply({"message": "404 Project Not Found"}, 404)

    def _issues(self, path: str, query: dict[str, str]) -> Reply:
        assert (query["scope"], query["order_by"], query["sort"]) == ("all", "updated_at", "asc")
        since = datetime.fromisoformat(query["updated_after"]) if "updated_after" in query else None
        rows = [issue for issue in self.in_order() if since is None or issue.updated >= since]
        size, number = min(self.page, int(query["per_page"])), int(query.get("page", "1"))
        headers = {"X-Total": str(len(rows))}
        if len(rows) > number * size:
            headers["Link"] = f'<{self.address}{path}?{urlencode(query | {"page": number + 1})}>; rel="next"'
        return Reply([self._entry(issue) for issue in rows[(number - 1) * size : number * size]], headers=headers)

    def _entry(self, issue: Issue) -> dict[str, Any]:
        return self.shaped(
            issue,
            {
                "id": 9000 + issue.number, "iid": issue.number, "title": issue.title, "description": None,
                "web_url": f"https://gitlab.example/{self.project}/-/issues/{issue.number}",
                "state": "closed" if issue.closed else "opened", "labels": issue.labels, "assignees": [],
                "created_at": _iso(issue.created), "updated_at": _iso(issue.updated), "closed_at": _iso(issue.closed),
                "due_date": None, "issue_type": "issue", "time_stats": {"total_time_spent": 0},
            },
        )  # fmt: skip

    @staticmethod
    def _events(issue: Issue) -> list[dict[str, Any]]:
        return [
            {"action": "add", "created_at": _iso(at), "label": {"name": label}} for label, at in issue.labelled.items()
        ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None
