"""Ideas like the one being written are found by its words and by what it speaks of."""

from __future__ import annotations

from typing import Any

from django.test import Client

from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.opportunities.studies import suggestions
from clearspan.stages.portal.actions import erase_visitor
from clearspan.stages.portal.models import Idea, IdeaMeaning, Portal, Visitor
from clearspan.stages.portal.queries.similar import similar
from tests.stages.portal.small import SYSTEM, open_portal, public_idea
from tests.world import World


def test_an_idea_with_the_same_words_is_found_and_a_hidden_one_is_not(world: World) -> None:
    open_portal(world)
    tide, hidden = public_idea(world, "Warn me of the tide"), public_idea(world, "Warn me of the tide at night")
    Idea.objects.filter(pk=hidden.pk).update(state=Idea.State.WAITING)
    assert [like.idea for like in similar(world.tideline, "Could it warn us when the tide turns?")] == [tide]


def test_an_idea_in_other_words_is_found_by_the_need_it_is_linked_to(world: World) -> None:
    open_portal(world)
    idea = public_idea(world, "A map of the harbour")
    need = Opportunity.objects.create(product=world.tideline, title="Know which berths are free tonight")
    said = [world.feedback(f"Which berth is free tonight? Boat {n} waited off the mole.") for n in range(8)]
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback, *said])
    suggestions.rebuild(world.tideline.pk)
    assert idea in [
        like.idea for like in similar(world.tideline, "which berth is free tonight, we waited off the mole")
    ]


def test_a_word_or_two_find_nothing(world: World) -> None:
    open_portal(world)
    public_idea(world, "Tide")
    assert similar(world.tideline, "tide") == []


def test_without_javascript_a_page_in_between_shows_them(world: World, client: Client) -> None:
    open_portal(world)
    public_idea(world, "Warn me of the tide")
    page = client.get("/portal/tideline/say", {"text": "Could it warn us of the tide?"}).content.decode()
    assert "Is it one of these?" in page
    assert "Could it warn us of the tide?</textarea>" in page


def test_what_is_typed_is_looked_for_and_stands_in_no_attribute_unescaped(world: World, client: Client) -> None:
    open_portal(world)
    page = client.get("/portal/tideline/say", {"text": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_an_idea_without_one_of_the_words_is_found_by_what_it_means(world: World) -> None:
    open_portal(world)
    idea = public_idea(world, "Get alerts on my phone")
    public_idea(world, "Show the depth of the water at the pier")
    assert [like.idea for like in similar(world.tideline, "Mobile notifications, please")] == [idea]


def test_what_is_not_published_is_found_by_no_meaning_and_a_closed_portal_finds_nothing(world: World) -> None:
    portal = open_portal(world)
    idea = public_idea(world, "Get alerts on my phone")
    asked = "Mobile notifications, please"
    assert [like.idea for like in similar(world.tideline, asked)] == [idea]
    for state in (Idea.State.WAITING, Idea.State.HELD, Idea.State.DECLINED, Idea.State.MERGED):
        Idea.objects.filter(pk=idea.pk).update(state=state)
        assert similar(world.tideline, asked) == [], state
    Idea.objects.filter(pk=idea.pk).update(state=Idea.State.PUBLIC)
    Portal.objects.filter(pk=portal.pk).update(is_open=False)
    assert similar(world.tideline, asked) == []


def test_an_idea_put_clearer_is_found_by_its_new_words(world: World) -> None:
    open_portal(world)
    idea = public_idea(world, "Sparrow", text="Sparrow.")
    idea.title = idea.text = "Get alerts on my phone"
    idea.save(update_fields=["title", "text"])
    assert [like.idea for like in similar(world.tideline, "Mobile notifications, please")] == [idea]


def test_more_ideas_take_no_more_queries(world: World, django_assert_max_num_queries: Any) -> None:
    open_portal(world)
    for number in range(12):
        public_idea(world, f"Warn me of tide {number}")
    with django_assert_max_num_queries(7):
        assert len(similar(world.tideline, "Warn us when the tide turns")) == 5


def test_what_an_erased_visitor_wrote_is_kept_in_no_meaning(world: World) -> None:
    open_portal(world)
    visitor = Visitor.objects.create(address="ada@quay.example", key="ada@quay.example")
    idea = public_idea(world, "Get alerts on my phone", visitor=visitor)
    erase_visitor(SYSTEM, visitor=visitor, with_texts=True)
    assert not IdeaMeaning.objects.filter(idea=idea).exists()
