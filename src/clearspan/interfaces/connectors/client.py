"""Asks a system over HTTP: patient with what passes, clear about what does not, and never led elsewhere.

An answer that fails for a moment (no connection, 5xx, cut off in the middle) is asked for again, more slowly each time;
a limit of requests is waited out, or left for `Later` when that takes long. What stays raises Stopped, in words.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings

from clearspan import __version__
from clearspan.interfaces.connectors import guard
from clearspan.stages.development.systems import Later, Stopped


@dataclass(frozen=True)
class Patience:
    """Seconds, tries and bytes."""

    connect: float = 10
    read: float = 30  # without a sign of life
    whole: float = 120  # for one answer
    tries: int = 4
    pause: float = 1  # before the second try; twice as long before each further one
    wait: float = 20  # a limit of requests that is over sooner is waited out
    largest: int = 64 * 1024 * 1024


PATIENCE = Patience()
_HOPS = 3
_LONGEST = timedelta(days=1)  # a system that wants to be left alone for longer is asked again after this


class Refused(Stopped):
    """The system answered that it will not do this: `status` is its HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(words)


class Passing(Exception):  # noqa: N818 it is tried again
    """An answer that may be gone at the next try. `wait` is what the system asked for, in seconds."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(words)


@dataclass(frozen=True)
class Answer:
    """What came, and the address of what follows it, from the Link header."""

    data: Any
    headers: Mapping[str, str]
    following: str | None


@dataclass
class Client:
    """Asks below one address. `name` and `needs` are for its sentences: GitHub, and what the token must be allowed."""

    root: str
    name: str
    needs: str
    headers: Mapping[str, str] = field(repr=False, default_factory=dict)

    largest: ClassVar[int | None] = None  # bytes of one answer; None: as patience has it
    tells_secrets: ClassVar[bool] = True  # so never over http on the internet

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Answer:
        """What `path` below the root (or an address that an answer gave) says. Raises Stopped, Refused and Later."""
        address = path if path.startswith(("http://", "https://")) else self.root.rstrip("/") + path
        address += f"?{urlencode(query)}" if query else ""
        for attempt in range(1, PATIENCE.tries + 1):
            try:
                return self._ask(address)
            except Passing as trouble:
                if trouble.wait is not None and trouble.wait > PATIENCE.wait:
                    at = datetime.now(UTC) + min(timedelta(seconds=trouble.wait), _LONGEST)
                    raise Later(at, f"{self.name} {trouble}") from None
                if attempt == PATIENCE.tries:
                    tries = f" {attempt} times in a row" if attempt > 1 else ""
                    raise Stopped(f"{self.name} {trouble}{tries}") from None
                time.sleep(PATIENCE.pause * 2 ** (attempt - 1) if trouble.wait is None else trouble.wait)
        raise AssertionError("unreachable")

    def _ask(self, address: str) -> Answer:
        for _ in range(_HOPS):
            if _origin(address) != _origin(self.root):
                raise Stopped(f"{self.name} sends us on to {urlsplit(address).hostname}. Give that as its address")
            status, headers, body = self._fetch(address)
            if status not in (301, 302, 303, 307, 308):
                return self._read(address, status, headers, body)
            address = urljoin(address, headers.get("location", ""))
        raise Stopped(f"{self.name} sends us round in a circle. Check the address")

    def _fetch(self, address: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(address)
        headers = {"Accept": "application/json", "User-Agent": f"clearspan/{__version__}", **self.headers}
        connection = _Connection(
            parts.hostname or "", parts.port, secure=parts.scheme == "https", tells_secrets=self.tells_secrets
        )
        try:
            connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, self._body(answer)
        except TimeoutError:
            raise Passing("did not answer in time") from None
        except ssl.SSLError as error:
            raise Stopped(f"{parts.hostname} cannot be trusted: {_reason(error)}. Check the address") from None
        except (OSError, http.client.HTTPException) as error:
            raise Passing(f"could not be reached ({_reason(error)})") from None
        finally:
            connection.close()

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        expected, until, parts, size = answer.length, time.monotonic() + PATIENCE.whole, [], 0
        largest = self.largest or PATIENCE.largest
        while part := answer.read1(1 << 16):
            parts.append(part)
            size += len(part)
            if size > largest:
                raise Stopped(f"{self.name} sent an answer of over {largest >> 20} MB, which was not read")
            if time.monotonic() > until:
                raise Passing("answered too slowly")
        if expected is not None and size < expected:
            raise Passing("broke off in the middle of an answer")
        return b"".join(parts)

    def _read(self, address: str, status: int, headers: dict[str, str], body: bytes) -> Answer:
        if status == 429 or (status in (403, 503) and limit_of(headers) is not None):
            raise Passing("wants fewer requests", limit_of(headers))
        if status >= 500 or status == 408:
            raise Passing(f"answered with an error ({status})")
        if status == 401:
            raise Refused(401, f"{self.name} does not accept the token: it is wrong, or has run out. Give a new one")
        if status == 403:
            raise Refused(403, f"{self.name} does not let this token read that. It needs {self.needs}")
        if status == 404:
            raise Refused(404, f"{self.name} knows no such project, or hides it from the token. {self._hint()}")
        if status >= 400:
            raise Refused(status, f"{self.name} did not understand the question ({status}{_said(body)})")
        try:
            return Answer(json.loads(body), headers, _following(address, headers.get("link", "")))
        except ValueError:
            if headers.get("content-type", "").startswith("text/html"):
                raise Stopped(f"{self.name} answered with a page for people. Is this the address of its API?") from None
            raise Passing("sent an answer that cannot be read") from None

    def _hint(self) -> str:
        return f"Check its name, and that the token has {self.needs}"


class _Connection(http.client.HTTPConnection):
    """One that the guard has opened."""

    def __init__(self, host: str, port: int | None, *, secure: bool, tells_secrets: bool = True) -> None:
        super().__init__(host, port or (443 if secure else 80), timeout=PATIENCE.read)
        self.secure, self.tells_secrets = secure, tells_secrets
        self.default_port = 443 if secure else 80  # which the Host header leaves out

    def connect(self) -> None:
        opened = guard.open_socket(
            self.host, self.port, secure=self.secure or not self.tells_secrets, timeout=PATIENCE.connect,
            allowed=settings.TRACKER_NETWORKS,
        )  # fmt: skip
        opened.settimeout(PATIENCE.read)
        self.sock = (
            ssl.create_default_context().wrap_socket(opened, server_hostname=self.host) if self.secure else opened
        )


def _origin(address: str) -> tuple[str, str | None, int]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def limit_of(headers: Mapping[str, str]) -> float | None:
    """Seconds until we may ask again, where the system says so."""
    after = headers.get("retry-after", "").strip()
    if after.isdigit():
        return float(after)
    if after:
        try:
            return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
        except (TypeError, ValueError):
            return None
    for remaining, reset in (
        ("x-ratelimit-remaining", "x-ratelimit-reset"),
        ("ratelimit-remaining", "ratelimit-reset"),
    ):
        if headers.get(remaining) == "0" and headers.get(reset, "").isdigit():
            return max(1.0, float(headers[reset]) - time.time())
    return None


def _following(address: str, link: str) -> str | None:
    for part in link.split(","):
        target, _, about = part.partition(";")
        if 'rel="next"' in about:
            return urljoin(address, target.strip(" <>"))
    return None


def _said(body: bytes) -> str:
    """What the system itself said, where that is short and readable."""
    try:
        data = json.loads(body)
    except ValueError:
        return ""
    said = data.get("message") or data.get("error") or data.get("errorMessages") if isinstance(data, dict) else None
    said = " ".join(map(str, said)) if isinstance(said, list) else said
    return f": {' '.join(said.split())[:120]}" if isinstance(said, str) and said else ""


def _reason(error: Exception) -> str:
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or getattr(error, "reason", "")
    return str(reason or error or type(error).__name__).lower()[:80]
