"""What is kept about a visitor: they see all of it, take it along, and have it erased."""

from __future__ import annotations

import json

from django.test import Client

from clearspan.core.models import Change, Event
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal.actions import comment_on_idea, publish_idea, publish_idea_comment, send_idea, subscribe
from clearspan.stages.portal.models import Idea, IdeaComment, Portal, Subscription, Visitor
from tests.stages.portal.small import SYSTEM, confirms, known, letters, link_in, open_portal, public_idea, sends
from tests.world import World


def said(world: World, portal: Portal, visitor: Visitor) -> Idea:
    """Ada has sent an idea, commented and asked for news; all of it was moderated."""
    who = {"address": visitor.address, "name": "Ada", "confirmed": True}
    idea: Idea = send_idea(SYSTEM, portal=portal, text="A tide alarm, please.", **who)
    publish_idea(world.ines, idea=idea)
    comment = comment_on_idea(SYSTEM, idea=idea, text="At night above all.", **who)
    publish_idea_comment(world.ines, comment=comment)
    subscribe(SYSTEM, portal=portal, address=visitor.address, confirmed=True)
    return idea


def test_one_page_shows_all_of_it_and_one_file_has_it(world: World) -> None:
    portal = open_portal(world)
    browser, visitor = known()
    idea = said(world, portal, visitor)
    page = browser.get("/portal/me").content.decode()
    for words in (visitor.address, idea.title, "At night above all.", "We are finding out", "news of Tideline"):
        assert words in page, words
    file = json.loads(browser.get("/portal/me.json").content)
    assert (file["address"], len(file["ideas"]), len(file["comments"])) == (visitor.address, 1, 1)


def test_a_stranger_gets_the_way_in_by_mail_and_learns_nothing_of_who_is_known(world: World, client: Client) -> None:
    open_portal(world)
    known()
    answers = [
        client.post("/portal/me", {"form": form, "address": address}).content.decode().replace(address, "")
        for form, address in zip(_forms(2), ("ada@quay.example", "nobody@quay.example"), strict=True)
    ]
    assert answers[0] == answers[1]
    assert [letter["to"] for letter in letters()] == ["ada@quay.example"]
    confirms(client, letters()[0])
    assert "What we keep about you" in client.get("/portal/me").content.decode()


def _forms(count: int) -> list[str]:
    from tests.stages.portal.small import read_form

    return [read_form() for _ in range(count)]


def test_the_history_has_nothing_that_a_visitor_wrote(world: World, client: Client) -> None:
    portal = open_portal(world)
    _, visitor = known()
    send_idea(SYSTEM, portal=portal, text="A tide alarm, please.", name="Ada", address=visitor.address, confirmed=True)
    kept = json.dumps([list(Event.objects.values_list("given", "summary")), list(Change.objects.values_list("after"))])
    for word in ("quay.example", "tide alarm", "Ada"):
        assert word not in kept, word


def test_who_is_erased_leaves_no_name_no_address_no_vote_and_no_letter_behind(world: World) -> None:
    portal = open_portal(world)
    browser, visitor = known()
    idea = said(world, portal, visitor)
    assert browser.post("/portal/me/erase").status_code == 200
    idea.refresh_from_db()
    assert (idea.author, idea.votes, idea.visitor, idea.state) == ("", 0, None, Idea.State.PUBLIC)
    assert not Visitor.objects.exists()
    assert not Subscription.objects.exists()
    assert letters() == []
    kept = json.dumps([*Event.objects.values_list("given", "summary"), *Change.objects.values_list("before", "after"),
                       *Feedback.objects.values_list("author", "text"), *Idea.objects.values_list("author", "text"),
                       *IdeaComment.objects.values_list("author", "text")])  # fmt: skip
    assert "quay.example" not in kept
    assert "Ada" not in kept
    assert "letter with the way in" in browser.get("/portal/me").content.decode()


def test_what_was_written_goes_too_when_that_is_wished(world: World) -> None:
    portal = open_portal(world)
    browser, visitor = known()
    idea = said(world, portal, visitor)
    browser.post("/portal/me/erase", {"texts": "1"})
    assert browser.get(f"/portal/tideline/ideas/{idea.pk}").status_code == 404
    kept = json.dumps([*Feedback.objects.values_list("title", "text"), *Idea.objects.values_list("title", "text"),
                       *IdeaComment.objects.values_list("text"),
                       *Change.objects.values_list("before", "after")])  # fmt: skip
    assert "tide alarm" not in kept
    assert "At night" not in kept


def test_a_browser_that_was_let_go_is_a_strangers(world: World) -> None:
    open_portal(world)
    browser, _ = known()
    browser.post("/portal/me/leave")
    assert "letter with the way in" in browser.get("/portal/me").content.decode()


def test_a_link_that_was_tampered_with_opens_nothing(world: World, client: Client) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    sends(client, f"ideas/{idea.pk}/vote", address="ada@quay.example")
    assert client.get(link_in(letters()[0])[:-2] + "xx").status_code == 404


def test_news_end_with_one_click_of_the_mail_program(world: World, client: Client) -> None:
    from clearspan.stages.portal.actions import draft_entry, publish_entry

    portal = open_portal(world)
    subscribe(SYSTEM, portal=portal, address="ada@quay.example", confirmed=True)
    entry = draft_entry(world.ines, product=world.tideline, title="Quicker", text="On old tablets.")
    publish_entry(world.ines, entry=entry)
    (letter,) = letters()
    assert letter["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["headers"]["List-Unsubscribe"].strip("<>").partition("/portal/")[2]
    assert "No more letters?" in client.get(f"/portal/{address}").content.decode()
    client.post(f"/portal/{address}", {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()


def test_a_customer_comes_in_with_the_account_they_have(world: World, client: Client) -> None:
    client.force_login(world.cora.person)
    assert client.get("/portal/me/enter").status_code == 302
    assert "cora@example.org" in client.get("/portal/me").content.decode()


def test_who_is_of_the_company_is_led_to_where_ideas_are_answered(world: World, client: Client) -> None:
    open_portal(world)
    client.force_login(world.devi.person)
    page = client.get("/portal/me/enter").content.decode()
    assert "You are of the company." in page
    assert 'href="/tideline/portal"' in page
