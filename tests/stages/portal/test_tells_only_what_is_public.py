"""The public sees what was published and nothing else.

Every text of every row of the company has a marker in it; what was published is then put into clear words. The marker
must not come out of any public page, feed, letter or file, whatever a mistake anywhere does.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import models
from django.test import Client

from clearspan.core import tracking
from clearspan.core.models import Company
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment, Portal, Visitor
from tests.audiences.suppliers.test_sees_nothing_else import SECRET, plant
from tests.browser.pages import SCREENS
from tests.one_of_each import one_of_each
from tests.stages.portal.small import known, letters, read_form
from tests.world import World

PUBLIC = [screen for screen in SCREENS if screen.name.startswith("portal") and not screen.of_product
          and screen.name not in ("portal_enter",)]  # fmt: skip
Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World) -> Rows:
    """A secret in every text there is, but in what was published; beside each public row one that is not."""
    rows = one_of_each(world)
    for state in (state for state in Idea.State if state not in Idea.SHOWN):
        Idea.objects.create(product=world.tideline, title="x", state=state, said_at=rows[Idea].said_at)
    for state in (state for state in IdeaComment.State if state != IdeaComment.State.PUBLIC):
        IdeaComment.objects.create(idea=rows[Idea], text="x", state=state, said_at=rows[Idea].said_at)
    ChangelogEntry.objects.create(product=world.tideline, title="x", text="x")
    for model in tracking.tracked_models():
        for row in model._default_manager.all():
            plant(row)
    Company.objects.update(name="Harbour")
    type(world.tideline).objects.filter(pk=world.tideline.pk).update(name="Tideline")
    Portal.objects.update(headline="What you asked for.", how="We ask.", privacy="Write to us.")
    Idea.objects.filter(pk=rows[Idea].pk).update(
        title="See free berths", text="From the water.", author="Ada", words=""
    )
    IdeaComment.objects.filter(pk=rows[IdeaComment].pk).update(text="At night.", author="Ada")
    ChangelogEntry.objects.filter(pk=rows[ChangelogEntry].pk).update(title="Quicker", text="On old tablets.")
    return rows


def keeps(answer: Any, about: str) -> None:
    text = answer.content.decode() if hasattr(answer, "content") else json.dumps(answer, default=str)
    assert SECRET not in text, about


def test_no_public_page_tells(rows: Rows, client: Client) -> None:
    shown = set()
    for screen in PUBLIC:
        answer = client.get(screen.address(rows))
        keeps(answer, screen.title)
        if answer.status_code == 200:
            shown.add(screen.name)
    assert {"portal", "portal_ideas", "portal_idea", "portal_new", "portal_entry", "portal_coming"} <= shown


def test_what_was_published_is_there(rows: Rows, client: Client) -> None:
    """Else the other tests would hold of nothing."""
    page = client.get("/portal/tideline").content.decode()
    assert "See free berths" in page
    assert "Quicker" in page


@pytest.mark.parametrize("path", ["ideas?q={}", "similar?text={}+where+is+it", "say?text={}+is+it"])
def test_no_search_tells_but_what_was_asked(rows: Rows, client: Client, path: str) -> None:
    said = client.get(f"/portal/tideline/{path.format(SECRET)}").content.decode()
    assert not re.search(rf"{SECRET}\d", said)  # each marker in a row has the row's number behind it
    assert "portal/tideline/ideas/" not in said


def test_no_feed_and_no_file_tells(rows: Rows, client: Client) -> None:
    keeps(client.get("/portal/tideline/new.atom"), "the feed")
    browser, _ = known("eve@else.example", "Eve")
    keeps(browser.get("/portal/me"), "one's own page")
    keeps(browser.get("/portal/me.json"), "one's own file")


def test_what_is_not_public_is_not_there_by_its_number_either(rows: Rows, client: Client) -> None:
    for idea in Idea.objects.exclude(state=Idea.State.PUBLIC):
        for path in ("", "/vote", "/comment", "/follow"):
            answer = client.get(f"/portal/tideline/ideas/{idea.pk}{path}")
            assert answer.status_code == 404, f"{idea.state} {path}"
            keeps(answer, idea.state)
    for entry in ChangelogEntry.objects.filter(published_at=None):
        assert client.get(f"/portal/tideline/new/{entry.pk}").status_code == 404


def test_no_answer_to_what_is_sent_and_no_letter_tells(rows: Rows, client: Client) -> None:
    idea = rows[Idea].pk
    for path in ("say", f"ideas/{idea}/vote", f"ideas/{idea}/comment", f"ideas/{idea}/follow", "new/by-mail"):
        given = {"form": read_form(), "text": "A tide alarm", "address": "eve@else.example"}
        keeps(client.post(f"/portal/tideline/{path}", given), path)
    assert len(letters()) == 4  # of the fifth there are enough
    for letter in letters():
        keeps(letter, letter["subject"])


def test_a_closed_portal_is_as_if_it_were_not_there(rows: Rows, client: Client) -> None:
    Portal.objects.update(is_open=False)
    for screen in PUBLIC:
        if screen.name not in ("portals", "portal_me"):
            assert client.get(screen.address(rows)).status_code == 404, screen.title
    assert client.get("/portal/tideline/new.atom").status_code == 404


def test_nobody_reads_addresses_over_the_programs_door(rows: Rows, world: World) -> None:
    from clearspan.interfaces import reads

    assert Visitor not in {read.model for read in reads.READS}
    told = json.dumps([reads.row(world.otto, read, row.ref) for read in reads.READS if read.name in
                       ("ideas", "idea_comments", "tellings") for row in read.model.objects.visible_to(world.otto)],
                      default=str)  # fmt: skip
    assert f"{Visitor.objects.get().address}" not in told
