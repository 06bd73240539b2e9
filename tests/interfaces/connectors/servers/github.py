from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from tests.interfaces.connectors.servers.base import Issue, Reply, Server, iso


class GitHubServer(Server):
    """GET /repos/OWNER/REPOSITORY/issues and /issues/N/events."""

    system = "github"

    def is_page(self, path: str) -> bool:
        return path.partition("?")[0].endswith("/issues")

    def answer(self, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        if self.token and headers.get("Authorization") != f"Bearer {self.token}":
            return Reply({"message": "Bad credentials"}, 401)
        if path == f"/api/v3/repos/{self.project}/issues":
            return self._issues(path, query)
        if found := re.fullmatch(rf"/api/v3/repos/{self.project}/issues/(\d+)/events", path):
            return Reply(self._events(self.issues[int(found[1])]))
        return Reply({"message": "Not Found"}, 404)

    def _issues(self, path: str, query: dict[str, str]) -> Reply:
        assert (query["state"], query["sort"], query["direction"]) == ("all", "updated", "asc")
        since = datetime.fromisoformat(query["since"]) if "since" in query else None
        rows = [issue for issue in self.in_order() if since is None or issue.updated.replace(microsecond=0) >= since]
        size, number = min(self.page, int(query["per_page"])), int(query.get("page", "1"))
        headers = {"X-RateLimit-Remaining": "4999"}
        if len(rows) > number * size:
            following = f"{self.address}{path}?{urlencode(query | {'page': number + 1})}"
            headers["Link"] = f'<{following}>; rel="next", <{following}>; rel="last"'
        return Reply([self._entry(issue) for issue in rows[(number - 1) * size : number * size]], headers=headers)

    def _entry(self, issue: Issue) -> dict[str, Any]:
        return self.shaped(
            issue,
            {
                "number": issue.number, "title": issue.title, "body": None, "assignee": None, "milestone": None,
                "html_url": f"https://github.example/{self.project}/issues/{issue.number}",
                "state": "closed" if issue.closed else "open", "state_reason": "completed" if issue.closed else None,
                "labels": [{"name": label, "color": "aabbcc"} for label in issue.labels],
                "created_at": iso(issue.created), "updated_at": iso(issue.updated), "closed_at": iso(issue.closed),
            },
        )  # fmt: skip

    @staticmethod
    def _events(issue: Issue) -> list[dict[str, Any]]:
        closed = [{"event": "closed", "created_at": iso(issue.closed)}] if issue.closed else []
        given = [
            {"event": "labeled", "created_at": iso(at), "label": {"name": label}}
            for label, at in issue.labelled.items()
        ]
        return given + closed
