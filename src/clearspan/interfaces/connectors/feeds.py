"""Asks for a feed over HTTP: only what has changed, never into a private network, and never more than it may be."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from clearspan.interfaces.connectors.client import Answer, Client, Passing, limit_of
from clearspan.stages.development.systems import Later, Stopped
from clearspan.stages.evidence.feed_source import CannotRead, Fetched

_HOPS = 5
_ACCEPT = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.8"


def fetch(address: str, etag: str, modified: str) -> Fetched:
    """What the address has to say since. Raises CannotRead."""
    marks = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"Accept": f"{_ACCEPT}, */*;q=0.1"} | {name: mark for name, mark in marks.items() if mark}
    try:
        found: Fetched = _Reader(address, "The site", "", headers).get(address).data
        return found
    except Later as later:
        raise CannotRead(str(later), later.at) from None
    except Stopped as reason:
        raise CannotRead(str(reason)) from None


class _Reader(Client):
    """A client for what everybody may read: it goes where it is sent, as each step is checked by the guard."""

    largest = 4 * 1024 * 1024
    tells_secrets = False

    def _ask(self, address: str) -> Answer:
        for _ in range(_HOPS):
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise Stopped("The site sends us on to what is no web address. Give the feed’s own address")
            status, headers, body = self._fetch(address)
            if status not in (301, 302, 303, 307, 308):
                return self._read(address, status, headers, body)
            address = urljoin(address, headers.get("location", ""))
        raise Stopped("The site sends us round in a circle. Check the address")

    def _read(self, address: str, status: int, headers: Mapping[str, str], body: bytes) -> Answer:
        if status == 304:
            return Answer(Fetched(None), headers, None)
        if status == 429 or (status in (403, 503) and limit_of(headers) is not None):
            raise Passing("wants fewer requests", limit_of(headers))
        if status >= 500 or status == 408:
            raise Passing(f"answered with an error ({status})")
        if status in (401, 403):
            raise Stopped(f"The site does not let us read it ({status}). A feed that is followed must be open to all")
        if status in (404, 410):
            raise Stopped(f"There is nothing at this address ({status}). Look on the site where its feed has gone")
        if status != 200:
            raise Stopped(f"The site did not understand the question ({status})")
        if headers.get("content-encoding", "identity") not in ("", "identity"):
            raise Stopped("The site sent something packed, which was not asked for and not read")
        return Answer(Fetched(body, headers.get("etag", ""), headers.get("last-modified", "")), headers, None)
