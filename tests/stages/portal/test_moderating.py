"""Nothing is public before a person has read it, and nothing is told but what was published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.decisions.actions import publish_on_roadmap, word_for_roadmap
from clearspan.stages.decisions.models import Decision
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.portal.actions import (
    answer_idea,
    block_visitor,
    decline_idea,
    mark_idea_spam,
    merge_idea,
    publish_idea,
    publish_idea_comment,
    say_standing,
    send_idea,
    set_up_portal,
)
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote
from clearspan.stages.portal.queries.public import one
from clearspan.stages.portal.queries.standing import line_of
from tests.stages.portal.small import SYSTEM, confirms, known, letters, open_portal, public_idea, sends
from tests.world import World


def stands(idea: Idea) -> str:
    found = one(idea.product, idea.pk, line_of(idea.product))
    assert found is not None
    return str(found.stands)  # type: ignore[attr-defined]  # annotated


def chosen(world: World, idea: Idea) -> Option:
    """An option was chosen for what the idea asks; nothing of it is published."""
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback])
    option: Option = Option.objects.create(product=world.tideline, title="Codename Heron", state="chosen")
    Meets.objects.create(option=option, opportunity=need)
    Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title="Chosen", reasons="Because.",
        decided_on=date(2026, 3, 1), starts=timezone.localdate().replace(day=1),
    )  # fmt: skip
    return option


def test_a_portal_is_closed_until_it_is_opened(world: World, client: Client) -> None:
    assert client.get("/portal/tideline").status_code == 404
    open_portal(world)
    assert client.get("/portal/tideline").status_code == 200
    set_up_portal(world.ines, product=world.tideline, is_open=False)
    assert client.get("/portal/tideline").status_code == 404


def test_a_confidential_product_has_no_portal(world: World, client: Client) -> None:
    with pytest.raises(Invalid, match="confidential"):
        set_up_portal(world.ines, product=world.umbra, is_open=True)
    assert client.get("/portal/umbra").status_code == 404


def test_an_idea_waits_for_its_address_then_for_a_person_and_is_feedback_in_between(world: World) -> None:
    open_portal(world)
    browser = Client()
    sends(browser, "say", text="I want a tide alarm.", title="A tide alarm", name="Ada", address="ada@quay.example")
    idea = Idea.objects.get()
    assert (idea.state, idea.feedback) == (Idea.State.SENT, None)
    confirms(browser, letters()[0])
    idea.refresh_from_db()
    assert (idea.state, idea.votes) == (Idea.State.WAITING, 1)
    assert (idea.feedback.state, idea.feedback.channel, idea.feedback.text) == ("new", "portal", "I want a tide alarm.")
    assert "tide alarm" not in browser.get("/portal/tideline/ideas").content.decode()
    publish_idea(world.ines, idea=idea)
    assert "A tide alarm" in browser.get("/portal/tideline/ideas").content.decode()


def test_sales_may_not_publish(world: World) -> None:
    portal = open_portal(world)
    idea = send_idea(SYSTEM, portal=portal, text="A tide alarm", address="ada@quay.example")
    with pytest.raises(Refused):
        publish_idea(world.sol, idea=idea)


def test_merging_moves_votes_and_doubles_none_and_can_be_undone(world: World) -> None:
    open_portal(world)
    first, second = public_idea(world, "Tide alarm"), public_idea(world, "Warn of the tide")
    for address, ideas in (("ada@quay.example", (first, second)), ("bo@quay.example", (second,))):
        browser, _ = known(address)
        for idea in ideas:
            browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    done = merge_idea.perform(world.ines, idea=second, into=first)
    first.refresh_from_db()
    assert first.votes == 2
    assert Client().get(f"/portal/tideline/ideas/{second.pk}").url == f"/portal/tideline/ideas/{first.pk}"
    assert Feedback.objects.get(pk=second.feedback_id).copy_of_id == first.feedback_id
    undo(world.ines, event=done.event)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.votes, second.votes, IdeaVote.objects.count()) == (1, 2, 3)


def test_who_sent_what_is_not_published_is_told_why(world: World) -> None:
    portal = open_portal(world)
    _, visitor = known()
    idea = send_idea(SYSTEM, portal=portal, text="Tides by voice", address=visitor.address, confirmed=True)
    decline_idea(world.ines, idea=idea, words="Few could use it.")
    assert "Few could use it." in letters()[-1]["text"]
    assert idea.feedback is None or idea.feedback.state != "away"  # it is evidence all the same


def test_a_decline_is_taken_back_and_the_idea_waits_again(world: World) -> None:
    portal = open_portal(world)
    browser, visitor = known()
    idea = send_idea(SYSTEM, portal=portal, text="Tides by voice", address=visitor.address, confirmed=True)
    done = decline_idea.perform(world.ines, idea=idea, words="Few could use it.")
    assert "Few could use it." in browser.get("/portal/me").content.decode()
    undo(world.ines, event=done.event)
    idea.refresh_from_db()
    assert (idea.state, idea.words) == (Idea.State.WAITING, "")


def test_a_public_idea_that_is_declined_stays_on_the_list_with_why_and_those_who_follow_it_are_told(
    world: World, client: Client
) -> None:
    open_portal(world)
    idea = public_idea(world)
    browser, _ = known()
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    done = decline_idea.perform(world.ines, idea=idea, words="It takes a pilot on every quay.")
    page = client.get(f"/portal/tideline/ideas/{idea.pk}").content.decode()
    assert "Not now" in page and "It takes a pilot on every quay." in page
    assert "Not now: It takes a pilot on every quay." in letters()[-1]["text"]
    undo(world.ines, event=done.event)
    assert stands(Idea.objects.get(pk=idea.pk)) == Idea.Standing.FINDING


def test_what_is_merged_or_said_at_length_is_not_declined(world: World) -> None:
    open_portal(world)
    idea, other = public_idea(world, "Tide alarm"), public_idea(world, "Warn of the tide")
    with pytest.raises(Invalid, match="400 characters at most"):
        decline_idea(world.ines, idea=idea, words="No. " * 101)
    merge_idea(world.ines, idea=other, into=idea)
    other.refresh_from_db()
    with pytest.raises(Invalid, match="merged"):
        decline_idea(world.ines, idea=other, words="No.")


def test_a_public_idea_is_declined_from_its_page_with_undo(world: World, client: Client) -> None:
    open_portal(world)
    idea = public_idea(world)
    client.force_login(world.ines.person)
    where = f"/tideline/portal/ideas/{idea.pk}"
    answer = client.post(where, {"do": "decline", "words": "", "tells": "on"})
    assert answer.status_code == 422 and not Idea.objects.get(pk=idea.pk).standing
    after = client.post(where, {"do": "decline", "words": "Few could use it."}, follow=True).content.decode()
    assert Idea.objects.get(pk=idea.pk).standing == Idea.Standing.NOT_NOW and 'data-undo="/' in after


def test_spam_is_put_away_and_nobody_is_told(world: World) -> None:
    portal = open_portal(world)
    _, visitor = known()
    idea = send_idea(SYSTEM, portal=portal, text="Buy followers", address=visitor.address, confirmed=True)
    mark_idea_spam(world.ines, idea=idea)
    idea.refresh_from_db()
    assert (idea.state, idea.feedback.state, letters()) == (Idea.State.SPAM, "away", [])


def test_what_a_blocked_person_sends_is_put_aside(world: World) -> None:
    portal = open_portal(world)
    _, visitor = known()
    idea = send_idea(SYSTEM, portal=portal, text="Buy followers", address=visitor.address, confirmed=True)
    block_visitor(world.ines, idea=idea)
    again = send_idea(SYSTEM, portal=portal, text="Buy more followers", address=visitor.address, confirmed=True)
    assert (again.state, again.why_held) == (Idea.State.HELD, "they are blocked")


def test_the_first_comment_of_a_person_waits_and_later_ones_appear(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    browser, _ = known()
    page = f"/portal/tideline/ideas/{idea.pk}"
    sends(browser, f"ideas/{idea.pk}/comment", text="We do it on paper.")
    assert "on paper" not in browser.get(page).content.decode()
    publish_idea_comment(world.ines, comment=IdeaComment.objects.get())
    sends(browser, f"ideas/{idea.pk}/comment", text="And it gets wet.")
    shown = browser.get(page).content.decode()
    assert "on paper" in shown
    assert "gets wet" in shown


def test_of_very_many_comments_the_newest_are_read_first(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    said = [
        IdeaComment(idea=idea, text=f"Word {n}.", state="public", said_at=idea.said_at + timedelta(hours=n))
        for n in range(60)
    ]
    IdeaComment.objects.bulk_create(said)
    page, ines = f"/tideline/portal/ideas/{idea.pk}", Client()
    ines.force_login(world.ines.person)
    newest = ines.get(page).content.decode()
    assert "10\xa0earlier comments" in newest
    assert "Word 9." not in newest
    assert newest.index("Word 10.") < newest.index("Word 59.")
    assert "Word 0." in ines.get(f"{page}?said=all").content.decode()


def test_ones_own_comment_is_changed_and_taken_back_and_nobody_elses_is(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    browser, _ = known()
    sends(browser, f"ideas/{idea.pk}/comment", text="We do it on paper.")
    comment = publish_idea_comment(world.ines, comment=IdeaComment.objects.get())
    own = f"/portal/tideline/ideas/{idea.pk}/comments/{comment.pk}"
    assert known("bo@quay.example")[0].post(own, {"withdraw": "1"}).status_code == 404
    browser.post(own, {"text": "We do it on a slate."})
    assert "on a slate" in browser.get(f"/portal/tideline/ideas/{idea.pk}").content.decode()
    browser.post(own, {"withdraw": "1"})
    comment.refresh_from_db()
    assert (comment.state, comment.text) == ("withdrawn", "")


def test_an_answer_of_the_company_is_marked_as_such_and_sent_to_who_follows(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    browser, _ = known()
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    answer_idea(world.ines, idea=idea, text="How many berths have you?")
    shown = Client().get(f"/portal/tideline/ideas/{idea.pk}").content.decode()
    assert "is-ours" in shown
    assert "Harbour &amp; Vale</span>" in shown
    assert "How many berths have you?" in letters()[-1]["text"]


def test_a_decision_that_was_not_published_is_not_told_by_the_ideas_state(world: World, client: Client) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    option = chosen(world, idea)
    assert stands(idea) == "finding"
    assert option.title not in client.get("/portal/tideline").content.decode()


def test_the_state_follows_what_is_published_of_the_roadmap_in_its_words(world: World, client: Client) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    option = chosen(world, idea)
    wording = word_for_roadmap(world.ines, option=option, audience="customers", title="A map of all berths")
    publish_on_roadmap(world.ines, wording=wording)
    assert stands(idea) in ("building", "planned")
    page = client.get("/portal/tideline").content.decode()
    assert "A map of all berths" in page
    assert option.title not in page


def test_what_is_launched_is_here(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    option, day = chosen(world, idea), date(2026, 6, 1)
    launch = Launch.objects.create(
        product=world.tideline, title="Map", planned_on=day, state="launched", launched_on=day
    )
    LaunchOption.objects.create(launch=launch, option=option)
    assert stands(idea) == "here"


def test_not_now_is_said_by_hand_and_with_why(world: World, client: Client) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    with pytest.raises(Invalid, match="why not"):
        say_standing(world.ines, idea=idea, standing="not_now")
    say_standing(world.ines, idea=idea, standing="not_now", words="Few could use it.")
    page = client.get(f"/portal/tideline/ideas/{idea.pk}").content.decode()
    assert "Not now" in page
    assert "Few could use it." in page
    assert "Few could" in client.get("/portal/tideline/ideas?state=not_now").content.decode()
