"""A receiver on this machine, which answers as it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from pytest_django.fixtures import Settings

from clearspan.core.actor import Actor
from clearspan.interfaces.webhooks.actions import create_webhook
from clearspan.interfaces.webhooks.models import Webhook


@dataclass
class Receiver:
    """What it got, and what it answers: one after the other, the last again and again."""

    address: str
    answers: list[tuple[int, dict[str, str], bytes, float]] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def answer(
        self, *statuses: int, headers: dict[str, str] | None = None, body: bytes = b"ok", after: float = 0
    ) -> None:
        self.answers = [(status, headers or {}, body, after) for status in statuses]


@pytest.fixture
def receivers(settings: Settings) -> Iterator[Callable[[], Receiver]]:
    """Makes receivers, which a webhook may be sent to."""
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1"),)
    servers: list[ThreadingHTTPServer] = []

    def make() -> Receiver:
        made = Receiver("")

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                made.got.append((dict(self.headers), content))
                status, headers, body, wait = made.answers.pop(0) if len(made.answers) > 1 else made.answers[0]
                time.sleep(wait)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):  # who asks may have gone
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        made.address = f"http://127.0.0.1:{server.server_port}/hook"
        made.answer(200)
        return made

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    return receivers()


Hook = Callable[..., Webhook]


@pytest.fixture
def hook(receiver: Receiver) -> Hook:
    """Makes a webhook to the receiver; its secret is on it as `told`."""

    def make(actor: Actor, address: str = "", **given: object) -> Webhook:
        made = create_webhook(actor, name="our chat", address=address or receiver.address, **given)
        made["webhook"].told = made["secret"]
        return made["webhook"]  # type: ignore[no-any-return]

    return make
