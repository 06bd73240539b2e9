"""Battlecards: what a seller needs against one competitor, and nothing that is confidential."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.actions import record_competitor, record_offer, record_price
from clearspan.catalogue.models import Competitor, Deal
from clearspan.interfaces import reads
from clearspan.stages.evidence.models import Ask, Intelligence
from clearspan.stages.launch import battlecard_text as text
from clearspan.stages.launch.queries.battlecards import battlecard
from clearspan.stages.opportunities.actions import allow_quote, say_who_meets
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.world import World


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def rival(world: World) -> Competitor:
    made: Competitor = record_competitor(
        world.sol, product=world.tideline, name="Moorings Plus", strengths="Their list prints.",
        weaknesses="We know the tide.", reply="Ask how often they print.", landmines="Who answers at night?",
    )  # fmt: skip
    return made


@pytest.fixture
def need(world: World, rival: Competitor) -> Opportunity:
    made = Opportunity.objects.create(product=world.tideline, title="Be warned of the tide")
    say_who_meets(world.sol, opportunity=made, says="yes", source="We tried it")
    say_who_meets(world.sol, opportunity=made, competitor=rival, says="no", source="Their manual", note="by mail only")
    return made


def card(world: World, rival: Competitor) -> str:
    return text.markdown(battlecard(world.sol, rival)).replace("\u00a0", " ")


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def test_it_says_why_we_win_where_they_are_better_and_what_to_say(
    world: World, rival: Competitor, need: Opportunity
) -> None:
    said = card(world, rival)
    assert "Against Moorings Plus we win with “Be warned of the tide”; nothing known is better there." in said
    for words in ("We know the tide.", "Their list prints.", "Ask how often they print.", "Who answers at night?"):
        assert words in said
    assert "**Be warned of the tide**: we yes, they no: by mail only (Their manual, " in said


def test_price_stands_against_price(world: World, rival: Competitor) -> None:
    terms: dict[str, Any] = {"product": world.tideline, "per": "a berth, a year", "source": "List", "seen_on": ago(9)}
    record_offer(world.sol, name="Tideline", amount=Decimal(42), **terms)
    theirs = record_offer(world.sol, competitor=rival, name="Moorings", amount=Decimal(45), **terms)
    record_price(world.sol, offer=theirs, amount=Decimal(39), source="Their site")
    said = card(world, rival)
    assert "| Ours: Tideline | £42 a berth, a year |" in said
    assert "£39 a berth, a year; £3 less than ours; was £45; 13 % cheaper since" in said


def test_what_is_old_is_said_to_be(world: World, rival: Competitor) -> None:
    record_offer(
        world.sol, product=world.tideline, competitor=rival, name="Moorings", amount=Decimal(39), source="List",
        seen_on=ago(430),
    )  # fmt: skip
    said = text.freshness(battlecard(world.sol, rival))
    assert "Last seen 14 months ago" in said
    assert "Look again at what Moorings costs and what is written here, which nobody has gone over yet." in said


def test_nothing_confidential_stands_on_it(world: World, rival: Competitor, need: Opportunity) -> None:
    offer = record_offer(world.sol, product=world.tideline, competitor=rival, name="Moorings")
    record_price(
        world.sol,
        offer=offer,
        amount=Decimal("31.17"),
        source="SECRET-SOURCE",
        note="SECRET-NOTE",
        is_confidential=True,
    )
    Intelligence.objects.create(
        product=world.tideline, competitor=rival, title="SECRET-NEWS", source="A friend", seen_on=ago(2),
        is_confidential=True,
    )  # fmt: skip
    Deal.objects.filter(pk=world.deal.pk).update(
        competitor=rival, state="lost", closes_on=ago(3), name="SECRET-DEAL", reason="SECRET-REASON"
    )
    heard = world.feedback("The tide alarm saved our SECRET-BOAT.")
    Mention.objects.create(opportunity=need, feedback=heard, quote="The tide alarm saved our SECRET-BOAT.")
    client = client_of(world.sol)
    pages = [
        client.get(reverse(name, args=["tideline", rival.pk])).content.decode()
        for name in ("battlecard", "print_battlecard")
    ]
    pages.append(client.get(reverse("battlecard_as", args=["tideline", rival.pk, "md"])).content.decode())
    read = next(one for one in reads.READS if one.name == "competitors")
    pages.append(reads.row(world.sol, read, rival.ref)["battlecard"])
    for page in pages:
        assert "SECRET" not in page and "31.17" not in page
        assert "Moorings Plus" in page


def test_only_a_quote_that_may_be_told_is_told(world: World, rival: Competitor, need: Opportunity) -> None:
    heard = world.feedback("The tide alarm saved our boat.")
    mention = Mention.objects.create(opportunity=need, feedback=heard, quote="The tide alarm saved our boat.")
    assert "saved our boat" not in card(world, rival)
    allow_quote(world.sol, mention=mention, agreed="Cora Finch, by mail on 3 March")
    assert "> “The tide alarm saved our boat.”\n>\n> Northmole Marina" in card(world, rival)
    allow_quote(world.sol, mention=mention, agreed="")
    assert "saved our boat" not in card(world, rival)


def test_words_of_people_are_no_markup(world: World, rival: Competitor) -> None:
    Competitor.objects.filter(pk=rival.pk).update(name="*Moor* | <b>ings</b>", strengths="<script>alert(1)</script>")
    page = client_of(world.sol).get(reverse("battlecard", args=["tideline", rival.pk])).content.decode()
    assert "<script>alert(1)" not in page and "<b>ings" not in page


def test_it_names_what_sales_will_miss(world: World) -> None:
    bare = record_competitor(world.sol, product=world.tideline, name="Paper")
    gaps = battlecard(world.sol, bare).gaps
    assert "what to say to that" in gaps and "what they cost" in gaps
    assert "Nobody has looked yet" in text.freshness(battlecard(world.sol, bare))


def test_it_is_a_pdf_too(world: World, rival: Competitor, need: Opportunity) -> None:
    answer = client_of(world.sol).get(reverse("battlecard_as", args=["tideline", rival.pk, "pdf"]))
    assert answer.content.startswith(b"%PDF")
    assert 'filename="battlecard-moorings-plus.pdf"' in answer["Content-Disposition"]


def test_it_is_one_click_from_a_deal_an_ask_and_the_competitor(world: World, rival: Competitor) -> None:
    ask = Ask.objects.create(deal=world.deal, feedback=world.feedback(), wants="A tide alarm")
    url, client = reverse("battlecard", args=["tideline", rival.pk]), client_of(world.sol)
    pages = (("deal", world.deal.pk), ("ask", ask.pk), ("competitor", rival.pk))
    for name, number in pages:  # nobody has said whom the deal is against: all that there are
        assert url in client.get(reverse(name, args=["tideline", number])).content.decode()
    other = Competitor.objects.create(product=world.tideline, name="Harbourly")
    Deal.objects.filter(pk=world.deal.pk).update(competitor=other)
    assert url not in client.get(reverse("deal", args=["tideline", world.deal.pk])).content.decode()


def test_guests_and_those_without_the_product_get_none(world: World, rival: Competitor) -> None:
    hidden = Competitor.objects.create(product=world.umbra, name="Penumbra")
    assert client_of(world.sol).get(reverse("battlecard", args=["umbra", hidden.pk])).status_code == 404
    for guest in (world.cora, world.kit, world.xan):
        for name in ("battlecard", "print_battlecard"):
            answer = client_of(guest).get(reverse(name, args=["tideline", rival.pk]))
            assert answer.status_code != 200 or "Moorings" not in answer.content.decode()
