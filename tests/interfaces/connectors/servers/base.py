"""What the servers share: a thread on loopback, the issues, and trouble to order."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "t0ken-of-tideline"


@dataclass
class Issue:
    """An issue as a system knows it, before it is written in the system's own JSON."""

    number: int
    title: str
    created: datetime
    updated: datetime
    closed: datetime | None = None
    labels: list[str] = field(default_factory=list)
    labelled: dict[str, datetime] = field(default_factory=dict)  # when a label was given
    moves: list[tuple[datetime, str, str]] = field(default_factory=list)  # of status, for Jira
    more: dict[str, Any] = field(default_factory=dict)  # fields as they are sent, over those above
    without: set[str] = field(default_factory=set)  # fields that are not sent


@dataclass
class Reply:
    """What is sent back. `after` seconds late; `cut` leaves the end off, though the length was promised whole; `drip`
    seconds between one byte and the next."""

    data: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0
    cut: bool = False
    drip: float = 0
    body: bytes | None = None


class Server:
    """Answers from `issues`. `trouble` are replies sent instead, one a request; `before` runs before each answer."""

    system = ""
    project = "harbour/tideline"
    number = "number"  # the field with an issue's number
    title = "title"  # and its title

    def __init__(self) -> None:
        self.issues: dict[int, Issue] = {}
        self.trouble: list[Reply | None] = []
        self.asked: list[str] = []
        self.seen_headers: list[dict[str, str]] = []
        self.before: Callable[[], None] = lambda: None
        self.page = 100  # most items a page, whatever is asked for
        self.token = TOKEN
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def pages_asked(self) -> list[str]:
        """The requests for pages of issues only."""
        return [path for path in self.asked if self.is_page(path)]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def add(self, title: str, at: datetime, **fields: Any) -> Issue:
        number = len(self.issues) + 1
        self.issues[number] = Issue(number, title, at, at, **fields)
        return self.issues[number]

    def change(self, number: int, at: datetime, **fields: Any) -> None:
        issue = self.issues[number]
        issue.updated = at
        for name, value in fields.items():
            setattr(issue, name, value)

    def in_order(self) -> list[Issue]:
        return sorted(self.issues.values(), key=lambda issue: (issue.updated, issue.number))

    def is_page(self, path: str) -> bool:
        raise NotImplementedError

    def answer(self, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        raise NotImplementedError

    def shaped(self, issue: Issue, entry: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in (entry | issue.more).items() if name not in issue.without}

    def _reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(target)
        self.asked.append(target)
        self.seen_headers.append(dict(headers))
        self.before()
        instead = self.trouble.pop(0) if self.trouble and self.is_page(target) else None
        return instead or self.answer(parts.path, dict(parse_qsl(parts.query)), headers)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = server._reply(self.path, self.headers)  # type: ignore[arg-type]  # it is a mapping
                time.sleep(reply.after)
                body = reply.body if reply.body is not None else json.dumps(reply.data).encode()
                try:
                    self.send_response(reply.status)
                    for name, value in ({"Content-Type": "application/json"} | dict(reply.headers)).items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    for part in [body[at : at + 1] for at in range(len(body))] if reply.drip else [body]:
                        self.wfile.write(part[: len(part) // 2] if reply.cut else part)
                        time.sleep(reply.drip)
                except ConnectionError:
                    pass  # whoever asked has gone

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def iso(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
