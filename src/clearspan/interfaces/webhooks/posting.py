"""Sends one body to one address: guarded, in seconds, and never led elsewhere."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from clearspan import __version__
from clearspan.interfaces.connectors import guard
from clearspan.stages.development.systems import Stopped

CONNECT, WHOLE = 5.0, 10.0  # seconds: to a connection, and to the end of the answer's beginning
READ = 500  # bytes of the answer that are kept


@dataclass(frozen=True)
class Outcome:
    """How it went. `words` say why it did not go well; "" when it did."""

    status: int | None
    milliseconds: int
    answer: str = ""
    words: str = ""

    @property
    def is_well(self) -> bool:
        return not self.words


def post(address: str, headers: Mapping[str, str], content: bytes) -> Outcome:
    """Posts `content`. Never raises: what went wrong is in the outcome."""
    began = time.monotonic()

    def after(status: int | None, words: str, answer: bytes = b"") -> Outcome:
        said = "".join(char if char.isprintable() else " " for char in answer.decode("utf-8", "replace"))
        return Outcome(status, int((time.monotonic() - began) * 1000), said[:READ], words[:300])

    parts = urlsplit(address)
    line = _Line(parts.hostname or "", parts.port, secure=parts.scheme == "https")
    over = threading.Timer(WHOLE, line.cut)
    over.start()
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        line.request("POST", path, content, {"User-Agent": f"clearspan/{__version__}", **headers})
        answer = line.getresponse()
        return after(answer.status, _verdict(answer.status), answer.read1(READ))
    except TimeoutError:
        return after(None, "it did not answer in time")
    except Stopped as reason:
        return after(None, str(reason))
    except ssl.SSLError as error:
        return after(None, f"its certificate cannot be trusted: {getattr(error, 'verify_message', '') or error.reason}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        if line.was_cut:
            return after(None, "it did not answer in time")
        return after(
            None, f"it could not be reached: {getattr(error, 'strerror', '') or error or type(error).__name__}"
        )
    finally:
        over.cancel()
        line.close()


def _verdict(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"it sends on to another address ({status}), which is not followed"
    return f"it answered {status}"


class _Line(http.client.HTTPConnection):
    """One that the guard has opened, and that is cut when it takes too long."""

    def __init__(self, host: str, port: int | None, *, secure: bool) -> None:
        super().__init__(host, port or (443 if secure else 80), timeout=CONNECT)
        self.secure, self.was_cut = secure, False
        self.default_port = 443 if secure else 80  # which the Host header leaves out
        self._opened: socket.socket | None = None

    def connect(self) -> None:
        self._opened = guard.open_socket(
            self.host, self.port, secure=self.secure, timeout=CONNECT, allowed=settings.WEBHOOK_NETWORKS,
            named="CLEARSPAN_WEBHOOK_NETWORKS",
        )  # fmt: skip
        self._opened.settimeout(WHOLE)
        self.sock = self._opened
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self._opened, server_hostname=self.host)

    def cut(self) -> None:
        self.was_cut = True
        for one in (self.sock, self._opened):
            if one is not None:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
