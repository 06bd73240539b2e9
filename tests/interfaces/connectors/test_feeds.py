"""Feeds over HTTP: only what changed, no private network, no bomb, nothing twice; and why not, in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Competitor
from clearspan.core.actions import Invalid, Refused
from clearspan.interfaces.connectors import client
from clearspan.stages.evidence import feed_reading, jobs
from clearspan.stages.evidence.actions import (
    change_feed,
    follow_feed,
    read_feed_now,
    remove_intelligence,
    unfollow_feed,
)
from clearspan.stages.evidence.feed_source import CannotRead
from clearspan.stages.evidence.models import Feed, FeedEntry, Intelligence
from tests.world import World

Reply = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A site whose feed answers as it is told to."""

    def __init__(self) -> None:
        site, self.asked = self, list[dict[str, str]]()
        self.reply: Reply = lambda _: None

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append({name.lower(): value for name, value in self.headers.items()})
                site.reply(self)

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/feed.xml"

    def says(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body

        def reply(to: BaseHTTPRequestHandler) -> None:
            to.send_response(status)
            for name, value in headers.items():
                to.send_header(name.replace("_", "-"), value)
            to.send_header("Content-Length", str(len(content)))
            to.end_headers()
            to.wfile.write(content)

        self.reply = reply


@pytest.fixture
def site() -> Iterator[Site]:
    started = Site()
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture(autouse=True)
def _at_hand(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TRACKER_NETWORKS = (ip_network("127.0.0.0/8"),)
    monkeypatch.setattr(client, "PATIENCE", client.Patience(connect=1, read=0.3, whole=0.5, tries=2, pause=0.01))


def item(title: str, guid: str = "", link: str = "", text: str = "", on: str = "Tue, 03 Mar 2026 08:00:00 GMT") -> str:
    return (
        f"<item><title>{title}</title><guid>{guid or title}</guid><link>{link}</link><pubDate>{on}</pubDate>"
        f"<description>{text}</description></item>"
    )


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'


@pytest.fixture
def followed(world: World, site: Site) -> Feed:
    made: Feed = follow_feed(world.sol, product=world.tideline, name="Moorings news", address=site.address)
    return made


def reading(feed: Feed, again: bool = False) -> Feed:
    """Does what the worker does."""
    if again:
        Feed.objects.filter(pk=feed.pk).update(status="waiting")
    jobs.read_feed(row=feed.pk)
    feed.refresh_from_db()
    return feed


def titles() -> list[str]:
    return sorted(Intelligence.objects.values_list("title", flat=True))


# --- what comes -----------------------------------------------------------------------------------------------------


def test_entries_become_intelligence_of_the_competitor_it_is_about(world: World, site: Site) -> None:
    rival = Competitor.objects.create(product=world.tideline, name="Moorings Plus")
    feed = follow_feed(world.sol, product=world.tideline, name="Moorings news", address=site.address, competitor=rival)
    site.says(rss(item("Prices fall", link="/news/1", text="&lt;p&gt;From &lt;b&gt;May&lt;/b&gt;.&lt;/p&gt;")))
    assert reading(feed).words.replace("\u00a0", " ") == "1 new entry of 1"
    (piece,) = Intelligence.objects.all()
    assert (piece.title, piece.text, piece.source) == ("Prices fall", "From May.", "Moorings news")
    assert piece.url == site.address.replace("/feed.xml", "/news/1")
    assert piece.competitor == rival
    assert f"{piece.seen_on}" == "2026-03-03"


def test_atom_comes_as_well_with_markup_inside(followed: Feed, site: Site) -> None:
    site.says(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">A &amp;amp; B</title>'
        '<link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>'
        "<updated>2026-02-01T10:00:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>berth</em></p></div></content>'
        "</entry></feed>"
    )
    reading(followed)
    (piece,) = Intelligence.objects.all()
    assert (piece.title, piece.text, piece.url) == ("A & B", "One berth", "https://x.example/1")


def test_what_could_run_on_a_page_is_gone(world: World, followed: Feed, site: Site) -> None:
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;Fine"
    site.says(rss(item("&lt;script&gt;alert(3)&lt;/script&gt;Title", link="javascript:alert(4)", text=nasty)))
    reading(followed)
    (piece,) = Intelligence.objects.all()
    assert (piece.title, piece.text, piece.url) == ("Title", "Fine", "")
    browser = Client()
    browser.force_login(world.sol.person)
    page = browser.get(reverse("intelligence_piece", args=["tideline", piece.pk])).content.decode()
    assert "alert(" not in page


def test_only_entries_with_a_wanted_word_come(world: World, followed: Feed, site: Site) -> None:
    change_feed(world.sol, feed=followed, only="price, berth")
    site.says(rss(item("Prices fall"), item("We hire"), item("More", text="Forty Berths added")))
    reading(followed)
    assert titles() == ["More", "Prices fall"]


def test_the_first_reading_brings_news_and_not_an_archive(followed: Feed, site: Site) -> None:
    site.says(rss(*(item(f"News {n}") for n in range(90))))
    reading(followed)
    assert Intelligence.objects.count() == 20
    reading(followed, again=True)
    assert Intelligence.objects.count() == 20  # the rest was seen, too


# --- never twice ----------------------------------------------------------------------------------------------------


def test_entries_never_double_whatever_their_ids(followed: Feed, site: Site) -> None:
    site.says(rss(item("Prices fall", guid="1", link="https://x.example/1")))
    reading(followed)
    site.says(rss(item("Prices fall", guid="a-new-system", link="https://x.example/1")))
    reading(followed, again=True)
    site.says(rss(item("Prices fall again, corrected", guid="a-new-system", link="https://x.example/1")))
    reading(followed, again=True)
    site.says(rss(item("Prices fall", guid="1", link="https://x.example/moved")))
    reading(followed, again=True)
    assert titles() == ["Prices fall"]


def test_entries_that_all_link_to_the_front_page_are_told_apart(followed: Feed, site: Site) -> None:
    site.says(rss(*(item(f"News {n}", guid=f"{n}", link="https://x.example/") for n in range(3))))
    reading(followed)
    assert len(titles()) == 3


def test_what_was_removed_does_not_come_again(world: World, followed: Feed, site: Site) -> None:
    site.says(rss(item("We hire")))
    reading(followed)
    remove_intelligence(world.ines, intelligence=Intelligence.objects.get())
    reading(followed, again=True)
    assert titles() == []


def test_a_feed_followed_again_brings_nothing_twice(world: World, followed: Feed, site: Site) -> None:
    site.says(rss(item("Prices fall", link="https://x.example/1")))
    reading(followed)
    unfollow_feed(world.sol, feed=followed)
    assert Intelligence.objects.get().feed is None
    again = follow_feed(world.sol, product=world.tideline, name="Moorings news", address=site.address)
    reading(again)
    assert titles() == ["Prices fall"]


def test_what_has_not_changed_is_not_sent_again(followed: Feed, site: Site) -> None:
    site.says(rss(item("Prices fall")), ETag='"7"', Last_Modified="Tue, 03 Mar 2026 08:00:00 GMT")
    reading(followed)
    site.says("", status=304)
    assert reading(followed, again=True).words == "Nothing has changed"
    assert site.asked[-1]["if-none-match"] == '"7"'
    assert site.asked[-1]["if-modified-since"] == "Tue, 03 Mar 2026 08:00:00 GMT"
    assert followed.status == "done"


# --- what goes wrong ------------------------------------------------------------------------------------------------

_BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
_FILE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (_BOMB, "defines entities"),
        (_FILE, "defines entities"),
        ("<rss><channel><item>", "no RSS or Atom"),
        ("", "no RSS or Atom"),
        ("\x00\x01\x02", "no RSS or Atom"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "can be read|encoding"),
        ("<opml/>", "no RSS or Atom"),
        ("<!doctype html><html><p>Hello", "a page for people"),
        (
            '<html><link rel="alternate" type="application/rss+xml" href="/news.rss"></html>',
            "its feed seems to be at http://site.example/news.rss",
        ),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str, words: str) -> None:
    with pytest.raises(CannotRead, match=words):
        feed_reading.read(body.encode(), "http://site.example/")


def test_a_feed_that_fails_says_why_and_is_tried_later_and_later(followed: Feed, site: Site) -> None:
    site.says("gone", status=404)
    reading(followed)
    assert followed.status == "failed"
    assert "nothing at this address (404)" in followed.words
    first = followed.next_at
    assert first is not None and first > timezone.now() + timedelta(hours=5)
    reading(followed, again=True)
    assert followed.failures == 2
    assert followed.next_at is not None and followed.next_at > first + timedelta(hours=5)
    site.says(rss(item("Prices fall")))
    reading(followed, again=True)
    assert (followed.status, followed.failures, titles()) == ("done", 0, ["Prices fall"])


def test_a_slow_feed_is_given_up(followed: Feed, site: Site) -> None:
    def dripping(to: BaseHTTPRequestHandler) -> None:
        to.send_response(200)
        to.end_headers()
        for _ in range(30):
            to.wfile.write(b" ")
            to.wfile.flush()
            time.sleep(0.1)

    site.reply = dripping
    began = time.monotonic()
    reading(followed)
    assert followed.status == "failed" and "slowly" in followed.words
    assert time.monotonic() - began < 3


def test_a_feed_that_is_too_large_is_not_read(followed: Feed, site: Site) -> None:
    site.says(b" " * (4 * 1024 * 1024 + 1))
    assert "over 4 MB" in reading(followed).words


@pytest.mark.parametrize(
    "to", ["http://10.0.0.5/feed", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"]
)
def test_a_redirect_into_a_private_network_is_not_followed(followed: Feed, site: Site, to: str) -> None:
    site.says("", status=302, Location=to)
    reading(followed)
    assert followed.status == "failed"
    assert "private network" in followed.words or "no place" in followed.words or "no web address" in followed.words


def test_a_redirect_to_another_site_is_followed(followed: Feed, site: Site) -> None:
    other = Site()
    other.says(rss(item("Moved here")))
    site.says("", status=301, Location=other.address)
    reading(followed)
    other.server.shutdown()
    other.server.server_close()
    assert titles() == ["Moved here"]


def test_a_redirect_in_a_circle_ends(followed: Feed, site: Site) -> None:
    site.says("", status=302, Location=site.address)
    assert "in a circle" in reading(followed).words


def test_a_feed_that_wants_to_be_left_alone_is(followed: Feed, site: Site) -> None:
    site.says("", status=429, Retry_After="7200")
    reading(followed)
    assert followed.next_at is not None and timezone.now() + timedelta(hours=1) < followed.next_at
    assert followed.next_at < timezone.now() + timedelta(hours=3)


# --- followed -------------------------------------------------------------------------------------------------------


def test_only_what_is_due_is_read(world: World, followed: Feed, site: Site) -> None:
    site.says(rss())
    reading(followed)
    assert jobs.queue_due() == 0
    Feed.objects.filter(pk=followed.pk).update(next_at=timezone.now() - timedelta(minutes=1))
    assert jobs.queue_due() == 1
    assert jobs.queue_due() == 0  # it waits for the worker
    followed.refresh_from_db()
    assert followed.status == "waiting"


@pytest.mark.parametrize("address", ["ftp://x.example/feed", "https://", "https://me:secret@x.example/f", "nonsense"])
def test_an_address_that_is_none_is_refused(world: World, address: str) -> None:
    with pytest.raises(Invalid, match="address"):
        follow_feed(world.sol, product=world.tideline, name="News", address=address)


def test_a_feed_is_followed_once(world: World, followed: Feed, site: Site) -> None:
    with pytest.raises(Invalid, match="followed already"):
        follow_feed(world.ines, product=world.tideline, name="Again", address=site.address)
    with pytest.raises(Invalid, match="being read"):
        read_feed_now(world.ines, feed=followed)


def test_support_follows_nothing_and_guests_see_nothing(world: World, followed: Feed, site: Site) -> None:
    with pytest.raises(Refused):
        follow_feed(world.otto, product=world.tideline, name="News", address="https://x.example/f")
    for guest in (world.cora, world.kit, world.xan):
        assert not Feed.objects.visible_to(guest).exists()


def test_the_page_of_feeds_says_which_fails(world: World, followed: Feed, site: Site) -> None:
    site.says("gone", status=404)
    reading(followed)
    browser = Client()
    browser.force_login(world.sol.person)
    page = browser.get(reverse("feeds", args=["tideline"])).content.decode()
    assert "Moorings news could not be read; what came before is kept, and it is tried again." in page
    assert FeedEntry.objects.count() == 0
