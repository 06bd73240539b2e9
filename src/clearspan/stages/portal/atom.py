"""The changelog as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings

from clearspan.core.models import Company
from clearspan.stages.portal import links
from clearspan.stages.portal.models import ChangelogEntry, Portal
from clearspan.ui.markdown import markdown

_NAMES = "http://www.w3.org/2005/Atom"


def feed(portal: Portal, entries: Sequence[ChangelogEntry]) -> bytes:
    """The feed's document, UTF-8. An id never changes, whatever the address by which it is reached."""
    key, company = portal.product.key, Company.ours().name
    root = Element("feed", {"xmlns": _NAMES, "xml:lang": "en"})
    _text(root, "id", _id(portal.created_at, f"portal/{portal.pk}"))
    _text(root, "title", f"{company} {portal.product}: what is new")
    newest = max((_updated(one) for one in entries), default=portal.created_at)
    _text(root, "updated", _moment(newest))
    SubElement(
        root, "link", {"rel": "self", "type": "application/atom+xml", "href": links.absolute("portal_feed", key)}
    )
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": links.absolute("portal_new", key)})
    _text(SubElement(root, "author"), "name", company)
    _text(root, "generator", "Clearspan")
    for one in entries:
        _entry(root, key, one)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, key: str, entry: ChangelogEntry) -> None:
    here = SubElement(root, "entry")
    assert entry.published_at is not None, "a draft is in no feed"
    _text(here, "id", _id(entry.created_at, f"entry/{entry.pk}"))
    _text(here, "title", entry.title)
    _text(here, "published", _moment(entry.published_at))
    _text(here, "updated", _moment(_updated(entry)))
    address = links.absolute("portal_entry", key, entry.pk)
    SubElement(here, "link", {"rel": "alternate", "type": "text/html", "href": address})
    SubElement(here, "content", {"type": "html"}).text = _clean(str(markdown(entry.text)) or entry.title)


def _updated(entry: ChangelogEntry) -> datetime:
    """When it was last changed for its readers; a draft's changes are none."""
    assert entry.published_at is not None
    return max(entry.published_at, entry.changed_at)


def _id(since: datetime, what: str) -> str:
    """A tag (RFC 4151): the host, the day on which it was made, what it is."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"tag:{host},{since:%Y-%m-%d}:{what}"


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _clean(words)


def _clean(words: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in words if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
