"""Ideas like the one being written are found by its words and by what it speaks of."""

from __future__ import annotations

from django.test import Client

from clearspan.stages.opportunities.actions import link_evidence
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.opportunities.studies import suggestions
from clearspan.stages.portal.models import Idea
from clearspan.stages.portal.queries.similar import similar
from tests.stages.portal.small import open_portal, public_idea
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
