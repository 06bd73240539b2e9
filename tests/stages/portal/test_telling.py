"""Those who asked hear what became of it: each once, and it stands where they asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from clearspan.core.actions import Invalid, Refused
from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.portal.actions import tell_those_who_asked
from clearspan.stages.portal.models import Idea, Subscription, Telling, Told
from clearspan.stages.portal.queries.asking import who_asked
from clearspan.stages.trace.queries import line_of
from clearspan.stages.trace.sentences import became, plain
from tests.stages.portal.small import known, letters, open_portal, public_idea
from tests.world import World


@pytest.fixture
def need(world: World) -> Opportunity:
    """Ada voted for the idea; Bo of Northmole said it on the telephone, and his address is known."""
    open_portal(world)
    idea = public_idea(world)
    made: Opportunity = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    bo = world.northmole.contacts.create(name="Bo", email="bo@northmole.example")
    said = world.feedback("Where do they lie?", contact=bo)
    link_evidence(world.ines, opportunity=made, feedback=[idea.feedback, said])
    browser, _ = known()
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    return made


def tell(world: World, need: Opportunity, **given: str) -> None:
    tell_those_who_asked(
        world.ines, opportunity=need, **{"occasion": "launched", "subject": "It is here", "text": "A map.", **given}
    )


def test_everybody_who_asked_and_can_be_reached_is_told_once(world: World, need: Opportunity) -> None:
    tell(world, need)
    assert [(letter["to"], letter["subject"]) for letter in letters()] == [
        ("ada@quay.example", "It is here"), ("bo@northmole.example", "It is here"),
    ]  # fmt: skip
    with pytest.raises(Invalid, match="nobody to tell"):
        tell(world, need)
    assert Told.objects.count() == 2


def test_who_asks_later_is_told_then_and_nobody_again(world: World, need: Opportunity) -> None:
    tell(world, need)
    browser, _ = known("cleo@quay.example", "Cleo")
    browser.post(f"/portal/tideline/ideas/{Idea.objects.get().pk}/vote", {"want": "1"})
    tell(world, need)
    assert [letter["to"] for letter in letters()][2:] == ["cleo@quay.example"]


def test_one_person_in_two_places_gets_one_letter(world: World, need: Opportunity) -> None:
    ada = world.northmole.contacts.create(name="Ada", email="Ada+work@quay.example")
    link_evidence(world.ines, opportunity=need, feedback=[world.feedback("And at night?", contact=ada)])
    assert [one.key for one in who_asked(need, "launched")].count("ada@quay.example") == 1


def test_who_wants_no_more_news_of_an_idea_is_not_told(world: World, need: Opportunity) -> None:
    Subscription.objects.all().delete()
    assert [one.address for one in who_asked(need, "launched")] == ["bo@northmole.example"]


def test_a_letter_that_is_not_finished_is_not_sent(world: World, need: Opportunity) -> None:
    with pytest.raises(Invalid, match="not written yet"):
        tell(world, need, text="We will not do it, because [why not].")
    assert not Telling.objects.exists()


def test_only_who_manages_the_product_tells(world: World, need: Opportunity) -> None:
    with pytest.raises(Refused):
        tell_those_who_asked(world.devi, opportunity=need, occasion="launched", subject="x", text="y")


def test_it_stands_on_the_idea_on_the_feedback_and_in_the_sentence(world: World, need: Opportunity) -> None:
    tell(world, need)
    Told.objects.update(sent_at=datetime(2026, 6, 3, tzinfo=UTC))
    Telling.objects.update(sent_at=datetime(2026, 6, 3, tzinfo=UTC))
    client = Client()
    client.force_login(world.ines.person)
    idea = Idea.objects.get()
    assert "Who was told" in client.get(f"/tideline/portal/ideas/{idea.pk}").content.decode()
    assert "What they were told" in client.get(f"/tideline/feedback/{idea.feedback_id}").content.decode()
    line = line_of(world.ines, need)
    assert line is not None
    said = plain(became(world.ines, line)).replace("\xa0", " ")
    assert said.endswith("2 of those who asked were told on 3 June 2026.")


def test_the_visitors_own_page_says_what_was_written_to_them(world: World, need: Opportunity) -> None:
    tell(world, need)
    browser, _ = known()
    assert "It is here" in browser.get("/portal/me").content.decode()
