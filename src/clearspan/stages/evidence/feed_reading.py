"""RSS (0.9 to 2.0, and RDF) and Atom, as entries of plain text. Nothing outside the document is looked up.

RSS: https://www.rssboard.org/rss-specification; Atom: RFC 4287. Entities are not expanded (defusedxml), so that a small
document cannot become a large one; markup in texts goes (nh3), so that nothing of it reaches a page.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from textwrap import shorten
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import nh3
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from clearspan.stages.evidence.feed_source import CannotRead

MOST = 500  # entries of one reading that are looked at
LONGEST = 20_000  # characters of a text that are kept
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("published", "pubDate", "date", "issued", "updated", "modified")


@dataclass(frozen=True)
class Entry:
    """One entry. `keys` are what it is known by: its identity, its address with its title, its words."""

    keys: tuple[str, ...]
    title: str
    text: str
    url: str
    on: date | None


def read(body: bytes, address: str) -> list[Entry]:
    """The entries in the order of the document, at most `MOST`. Raises CannotRead."""
    try:
        root = Xml.fromstring(body.lstrip(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise CannotRead("It defines entities, which feeds need not and attacks do, and was not read") from None
    except Xml.ParseError as error:
        raise CannotRead(_not_xml(body, address, error)) from None
    except (LookupError, ValueError):  # an encoding that nobody knows
        raise CannotRead("It is written in an encoding that is not known here") from None
    if _name(root) not in ("rss", "RDF", "feed"):
        raise CannotRead(_not_xml(body, address, None))
    found = [child for child in root.iter() if _name(child) in ("item", "entry")][:MOST]
    return [
        _entry(one, urljoin(address, root.get("{http://www.w3.org/XML/1998/namespace}base") or "")) for one in found
    ]


def _entry(node: Element, base: str) -> Entry:
    text = next((words for name in _TEXTS if (words := _clean(_words(node, name)))), "")[:LONGEST]
    title = " ".join(_clean(_words(node, "title")).split())
    title = shorten(title or text or "An entry without a title", 200, placeholder="…")
    url, on = _link(node, base), _day(node)
    identity = (_words(node, "guid") or _words(node, "id")).strip()
    names = [("id", identity)] if identity else []
    names += [("link", url, title)] if url else []
    names += [("words", title, text[:300])]
    return Entry(tuple(dict.fromkeys(map(_digest, names))), title, text, url, on)


def _link(node: Element, base: str) -> str:
    for link in _children(node, "link"):
        if link.get("rel", "alternate") == "alternate" and (given := (link.get("href") or link.text or "").strip()):
            try:
                address = urljoin(base, given)
                parts = urlsplit(address)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc and len(address) <= 500:
                return address
    return ""


def _day(node: Element) -> date | None:
    """The company's day of an entry; None where none is given or it cannot be read. No entry is of a day to come."""
    for name in _DATES:
        if given := _words(node, name).strip():
            found = _read_day(given)
            if found is not None and found.year > 1980:
                return min(found, timezone.localdate())
    return None


def _read_day(given: str) -> date | None:
    try:
        moment = parse_datetime(given)
        if moment is None:
            return parse_date(given) or _aware_day(parsedate_to_datetime(given))
        return _aware_day(moment)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _aware_day(moment: object) -> date | None:
    if not isinstance(moment, datetime):
        return None
    return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()


def _words(node: Element, name: str) -> str:
    """All that stands in a child, in document order: Atom may nest XHTML where RSS has escaped HTML."""
    return next(("".join(child.itertext()) for child in _children(node, name)), "")


def _children(node: Element, name: str) -> Iterator[Element]:
    return (child for child in node if _name(child) == name)


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _clean(words: str) -> str:
    """Plain text, paragraphs kept: markup gone, also what is escaped twice; nothing that a database cannot keep."""
    words = words.encode("utf-8", "replace").decode().replace("\x00", "")
    for _ in range(2):
        if "<" not in words and "&" not in words:
            break
        words = html.unescape(nh3.clean(_BREAKS.sub("\n", words), tags=set()))
    return re.sub(r"[^\S\n]*\n\s*\n\s*", "\n\n", words).strip()


_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/li|/h\d|/tr|/blockquote|/pre)\b[^>]*>")


def _digest(name: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(name).encode()).hexdigest()


_ALTERNATE = re.compile(rb"<link\b[^>]*type\s*=\s*[\"']application/(?:rss|atom)\+xml[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']([^\"'<>\s]+)[\"']", re.IGNORECASE)


def _not_xml(body: bytes, address: str, error: object) -> str:
    """What came instead of a feed; a page for people often says where its feed is."""
    start = body[:200_000]
    if re.search(rb"<html|<!doctype html", start[:2_000], re.IGNORECASE):
        link = _ALTERNATE.search(start)
        href = _HREF.search(link[0]) if link else None
        if href:
            return (
                f"It is a page for people; its feed seems to be at {urljoin(address, href[1].decode('latin-1'))[:200]}"
            )
        return "It is a page for people, not a feed. Look on it for a link that says RSS or Atom"
    where = f" ({error})" if error else ""
    return f"It is no RSS or Atom that can be read{where}"[:300]
