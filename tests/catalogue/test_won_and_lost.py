"""Won and lost: rates with how little few deals say, reasons in counts and money, and the way to the deals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue import winning_words as words
from clearspan.catalogue.models import Account, Competitor, Deal
from clearspan.catalogue.queries.slices import Slice
from clearspan.catalogue.queries.winning import WonAndLost, won_and_lost
from tests.world import World


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def deals(world: World, won: int, lost: int, account: Account | None = None, **given: Any) -> None:
    given.setdefault("closes_on", ago(40))
    Deal.objects.bulk_create(
        Deal(
            product=world.tideline, account=account or world.northmole, name=f"Deal {number}",
            state="won" if number < won else "lost", **given,
        )
        for number in range(won + lost)
    )  # fmt: skip


@pytest.fixture
def rival(world: World) -> Competitor:
    made: Competitor = Competitor.objects.create(product=world.tideline, name="Moorings Plus")
    return made


def found(world: World, **asked: str) -> WonAndLost:
    return won_and_lost(world.ines, world.tideline, Slice(**asked))


def test_nothing_decided_says_so(world: World) -> None:
    assert words.answer(found(world)) == "No deal was won or lost so far."


def test_few_deals_say_little(world: World) -> None:
    deals(world, 2, 1)
    assert "too few to say more than" in words.answer(found(world))


def test_many_deals_say_how_often_we_win(world: World) -> None:
    deals(world, 300, 200)
    said = words.answer(found(world)).replace("\u00a0", " ")
    assert said == "300 of 500 deals decided in twelve months were won: surely about 6 in 10."


def test_a_competitor_against_whom_we_win_less_is_named(world: World, rival: Competitor) -> None:
    deals(world, 60, 40)
    deals(world, 3, 37, competitor=rival)
    assert words.answer(found(world)).endswith("; against Moorings Plus fewer.")


def test_a_segment_of_three_deals_is_not_named_however_they_ended(world: World) -> None:
    deals(world, 60, 40)
    deals(world, 0, 3, account=world.saltings)
    clubs = next(group for group in found(world).segments if group.name == "Sailing clubs")
    assert words.stands(clubs) == "too few to say"
    assert clubs.five[4] > 0.3


def test_reasons_are_told_in_deals_and_money(world: World) -> None:
    deals(world, 0, 4, reason="Price", amount=1_000)
    deals(world, 0, 2, reason=" price ", amount=500)
    deals(world, 0, 3)
    found_ = found(world)
    assert [(why.reason, why.deals, why.worth) for why in found_.lost_for] == [("Price", 6, 5_000.0), ("", 3, 0.0)]
    said = words.lost_money(found_.lost_for, "GBP").replace("\u00a0", " ")
    assert said == "“Price” lost most: 6 deals, worth £5.0 k a year; of 3 deals nobody has said why"


def test_an_old_export_is_shown_as_far_back_as_it_takes(world: World) -> None:
    deals(world, 5, 5, closes_on=date(2017, 6, 1))
    assert found(world).period == "ever"
    assert found(world, period="12").whole.decided == 0


def test_sizes_known_of_one_side_only_say_nothing(world: World) -> None:
    deals(world, 40, 0, amount=5_000)
    deals(world, 0, 40, amount=0)
    assert found(world).sizes_say_nothing
    page = Client()
    page.force_login(world.ines.person)
    text = page.get(reverse("won_and_lost", args=["tideline"])).content.decode()
    assert "so size says nothing" in text


@pytest.mark.parametrize("by", ["competitor", "segment", "size", "quarter", "reason"])
def test_every_number_leads_to_its_deals(world: World, rival: Competitor, by: str) -> None:
    deals(world, 6, 5, competitor=rival, amount=5_000, reason="Price")
    deals(world, 3, 4, account=world.saltings, amount=200_000, closes_on=ago(140), reason="Service")
    deals(world, 1, 2, amount=None)
    groups = {
        "competitor": found(world).competitors, "segment": found(world).segments, "size": found(world).sizes,
        "quarter": found(world).quarters,
    }  # fmt: skip
    lost = [(one.key, one.lost) for one in groups.get(by, ())] or [
        (why.reason or "none", why.deals) for why in found(world).lost_for
    ]
    client = Client()
    client.force_login(world.sol.person)
    assert len(lost) > 1
    for key, number in lost:
        query = Slice("12").address(**{by: key}, state="lost")
        page = client.get(f"{reverse('deals', args=['tideline'])}?{query}")
        assert page.context["page"].paginator.count == number, (by, key)


def test_what_an_address_asks_that_nobody_can_read_narrows_nothing(world: World) -> None:
    assert Slice.read({"segment": "x", "size": "99", "quarter": "2026-Q7", "period": "1"}) == Slice()


def test_more_deals_ask_no_more_queries(world: World, rival: Competitor) -> None:
    client = Client()
    client.force_login(world.ines.person)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("won_and_lost", args=["tideline"])).status_code == 200
        return len(captured)

    deals(world, 3, 3, reason="Price")
    asked()  # the first visit also writes which product one is on
    before = asked()
    deals(world, 9, 9, account=world.saltings, competitor=rival, reason="Service", amount=9_000)
    assert asked() == before


def test_guests_and_people_without_the_product_see_nothing(world: World) -> None:
    Deal.objects.create(product=world.umbra, name="Hidden", state="won", closes_on=ago(3))
    assert won_and_lost(world.sol, world.umbra, Slice()).whole.decided == 0
    client = Client()
    client.force_login(world.cora.person)
    assert client.get(reverse("won_and_lost", args=["tideline"])).status_code in (302, 403, 404)
