"""The changelog as a feed: held against what RFC 4287 requires, and as static as it can be."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

from django.test import Client

from clearspan.core.actions import Invalid
from clearspan.stages.launch.models import Launch
from clearspan.stages.portal.actions import change_entry, draft_entry, publish_entry, withdraw_entry
from clearspan.stages.portal.models import ChangelogEntry
from tests.stages.portal.small import known, open_portal, public_idea
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client) -> ElementTree.Element:
    answer = client.get("/portal/tideline/new.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - it is our own


def published(world: World, title: str = "Quicker & <better>", text: str = "On *old* tablets.\x0b") -> ChangelogEntry:
    entry = draft_entry(world.ines, product=world.tideline, title=title, text=text)
    done: ChangelogEntry = publish_entry(world.ines, entry=entry)
    return done


def test_it_has_what_the_standard_requires(world: World, client: Client) -> None:
    open_portal(world)
    published(world)
    published(world, "Another")
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):  # 4.1.1: exactly one each
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    assert len(root.findall(f"{ATOM}author/{ATOM}name")) == 1  # 4.1.1: the entries have none of their own
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated"):  # 4.1.2
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        links = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(links) == 1
        assert links[0].get("href", "").startswith("http")
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert (content.get("type"), len(content)) == ("html", 0)  # 4.1.3.3: text, no child elements
    ids = [root.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
    assert len(set(ids)) == 3  # 4.2.6: unique IRIs
    assert all(str(one).startswith("tag:") for one in ids)
    for moment in root.iter():
        if moment.tag in (f"{ATOM}updated", f"{ATOM}published"):  # 3.3: RFC 3339 with a zone
            assert datetime.fromisoformat(str(moment.text)).tzinfo is not None
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == {"Quicker & <better>", "Another"}


def test_an_entry_keeps_its_id_and_moves_its_day_when_it_is_corrected(world: World, client: Client) -> None:
    open_portal(world)
    entry = published(world)
    before = feed(client)
    change_entry(world.ines, entry=entry, text="On tablets from 2017.")
    after = feed(client)
    assert before.findtext(f"{ATOM}entry/{ATOM}id") == after.findtext(f"{ATOM}entry/{ATOM}id")
    assert str(before.findtext(f"{ATOM}updated")) <= str(after.findtext(f"{ATOM}updated"))


def test_a_draft_is_in_no_feed_and_what_is_taken_back_leaves_it(world: World, client: Client) -> None:
    open_portal(world)
    draft_entry(world.ines, product=world.tideline, title="Not yet")
    assert feed(client).findall(f"{ATOM}entry") == []
    entry = published(world)
    withdraw_entry(world.ines, entry=entry)
    assert feed(client).findall(f"{ATOM}entry") == []


def test_an_entry_drafted_from_a_launch_is_not_published_with_gaps_in_it(world: World) -> None:
    launch = Launch.objects.create(product=world.tideline, title="A map of berths", planned_on="2026-09-01")
    entry = draft_entry(world.ines, product=world.tideline, launch=launch)
    assert entry.title == "A map of berths"
    try:
        publish_entry(world.ines, entry=entry)
    except Invalid as error:
        assert "missing" in str(error)
    else:
        raise AssertionError("it was published with a gap")


def test_a_page_is_kept_by_caches_and_not_sent_twice(world: World, client: Client) -> None:
    open_portal(world)
    public_idea(world)
    for path in ("", "/ideas", "/coming", "/new", "/new.atom", "/how"):
        first = client.get(f"/portal/tideline{path}")
        assert first["Cache-Control"] == "public, max-age=60", path
        assert client.get(f"/portal/tideline{path}", headers={"If-None-Match": first["ETag"]}).status_code == 304, path
        assert not first.cookies, path
        assert "sessionid" not in client.cookies


def test_what_is_for_one_visitor_is_kept_by_no_cache(world: World) -> None:
    open_portal(world)
    browser, _ = known()
    assert browser.get("/portal/tideline")["Cache-Control"] == "private, no-cache"
    assert browser.get("/portal/me")["Cache-Control"] == "no-store"
    assert browser.get("/portal/tideline/say")["Cache-Control"] == "no-store"


def test_a_signed_in_employee_reads_what_everybody_reads(world: World, client: Client) -> None:
    open_portal(world)
    public_idea(world)
    stranger = client.get("/portal/tideline").content
    client.force_login(world.ines.person)
    assert client.get("/portal/tideline").content == stranger


def test_public_pages_carry_the_strict_policy_and_nothing_of_third_parties(world: World, client: Client) -> None:
    open_portal(world)
    answer = client.get("/portal/tideline")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "http://" not in answer.content.decode().replace("http://www.w3.org", "").replace("http://localhost", "")
    assert "https://" not in answer.content.decode()
