"""Competitors, what they offer, and what that costs and cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue import competing
from clearspan.catalogue.actions import (
    change_offer,
    change_price,
    close_deal,
    look_over_competitor,
    record_competitor,
    record_offer,
    record_price,
    remove_competitor,
)
from clearspan.catalogue.models import Competitor, Deal, Offer, Price
from clearspan.catalogue.queries import competition as reads
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.imports.actions import run_import, start_import, undo_import
from clearspan.core.undo import undo
from tests.world import World


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def rival(world: World) -> Competitor:
    made: Competitor = record_competitor(world.sol, product=world.tideline, name="Moorings Plus")
    return made


@pytest.fixture
def offer(world: World, rival: Competitor) -> Offer:
    """£49 two hundred days ago, £39 since ten days."""
    made: Offer = record_offer(
        world.sol, product=world.tideline, competitor=rival, name="Moorings", plan="Small", amount=Decimal(49),
        per="a berth, a year", seen_on=ago(200), source="Their list",
    )  # fmt: skip
    record_price(world.sol, offer=made, amount=Decimal(39), seen_on=ago(10), source="Their site")
    return made


def found(world: World, offer: Offer) -> reads.Offered:
    one = reads.one_offer(world.ines, world.tideline, offer.pk)
    assert one is not None
    return one


def said(client: Client, name: str, *parts: Any) -> str:
    response = client.get(reverse(name, args=["tideline", *parts]))
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


# --- prices ---------------------------------------------------------------------------------------------------------


def test_a_price_that_changed_shows_old_and_new(world: World, offer: Offer) -> None:
    one = found(world, offer)
    assert competing.amount(one.now) == "£39 a berth, a year"
    assert competing.moved(one).replace("\u00a0", " ").startswith("was £49; 20 % cheaper since")


def test_a_new_price_keeps_the_currency_and_the_unit_of_the_one_before(world: World, offer: Offer) -> None:
    newest = found(world, offer).now
    assert newest is not None
    assert (newest.currency, newest.per) == ("GBP", "a berth, a year")


def test_a_price_says_who_says_so(world: World, offer: Offer) -> None:
    with pytest.raises(Invalid, match="who says so"):
        record_price(world.sol, offer=offer, amount=Decimal(1), source=" ")


def test_two_prices_of_one_day_are_refused(world: World, offer: Offer) -> None:
    with pytest.raises(Invalid, match="of that day"):
        record_price(world.sol, offer=offer, amount=Decimal(1), seen_on=ago(10), source="A buyer")


def test_a_price_that_begins_later_is_announced_and_not_what_it_costs(world: World, offer: Offer) -> None:
    record_price(world.sol, offer=offer, amount=Decimal(45), seen_on=ago(-30), source="Their letter")
    one = found(world, offer)
    assert one.now is not None and one.now.amount == 39
    assert one.announced is not None and one.announced.amount == 45


def test_a_price_on_request_is_no_nought(world: World, offer: Offer) -> None:
    record_price(world.sol, offer=offer, seen_on=ago(1), source="Their site")
    one = found(world, offer)
    assert competing.amount(one.now) == "on request"
    assert competing.moved(one) == ""


def test_prices_in_other_money_are_not_held_against_each_other(world: World, offer: Offer) -> None:
    record_price(world.sol, offer=offer, amount=Decimal(45), currency="EUR", seen_on=ago(1), source="Their site")
    assert found(world, offer).before is None
    ours = Price(amount=Decimal(40), currency="GBP", per="a berth,  a YEAR")
    theirs = Price(amount=Decimal(39), currency="GBP", per="a berth, a year")
    assert competing.against(ours, theirs) == "£1 less than ours"
    assert competing.against(ours, Price(amount=Decimal(39), currency="GBP", per="a month")) == ""


def test_a_fact_that_nobody_looked_at_for_half_a_year_is_stale(world: World, offer: Offer) -> None:
    assert not found(world, offer).is_stale
    Price.objects.filter(offer=offer, amount=39).delete()
    assert found(world, offer).is_stale
    assert "seen 7 months ago" in competing.of_offer(found(world, offer))
    change_offer(world.sol, offer=offer, ended_on=ago(3))
    assert not found(world, offer).is_stale  # nothing to look for any more


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (12, "12 days ago"), (49, "7 weeks ago"), (426, "14 months ago"),
     (1100, "3 years ago")],
)  # fmt: skip
def test_how_old_a_fact_is_is_said_in_words(days: int, words: str) -> None:
    assert competing.ago(date(2026, 5, 1) - timedelta(days=days), date(2026, 5, 1)) == words


def test_a_wrong_price_is_put_right_and_can_be_taken_back(world: World, offer: Offer) -> None:
    price = found(world, offer).now
    assert price is not None
    done = change_price.perform(world.sol, price=price, amount=Decimal("38.50"))
    assert competing.amount(found(world, offer).now) == "£38.50 a berth, a year"
    undo(world.sol, event=done.event)
    assert competing.amount(found(world, offer).now) == "£39 a berth, a year"


def test_sales_keep_prices_and_support_reads_them(world: World, offer: Offer) -> None:
    with pytest.raises(Refused):
        record_price(world.otto, offer=offer, amount=Decimal(1), source="A caller")
    assert reads.one_offer(world.otto, world.tideline, offer.pk) is not None
    for guest in (world.cora, world.kit, world.xan):
        assert not Price.objects.visible_to(guest).exists()
        assert not Offer.objects.visible_to(guest).exists()


def test_what_belongs_to_a_confidential_product_does_not_exist_for_others(world: World) -> None:
    hidden = Competitor.objects.create(product=world.umbra, name="Penumbra")
    offer = Offer.objects.create(product=world.umbra, competitor=hidden, name="Shade")
    price = Price.objects.create(offer=offer, amount=1, currency="GBP", seen_on=ago(1), source="A spy")
    for rows, row in ((Competitor, hidden), (Offer, offer), (Price, price)):
        assert not rows.objects.visible_to(world.sol).filter(pk=row.pk).exists()
    with pytest.raises(NotThere):
        record_price(world.sol, offer=offer, amount=Decimal(1), source="x")


def test_an_offer_of_another_products_competitor_is_refused(world: World) -> None:
    other = Competitor.objects.create(product=world.umbra, name="Penumbra")
    with pytest.raises(Invalid, match="another product"):
        record_offer(world.ines, product=world.tideline, competitor=other, name="Shade")


def test_a_removed_competitor_comes_back_whole(world: World, rival: Competitor, offer: Offer) -> None:
    Deal.objects.filter(pk=world.deal.pk).update(competitor=rival)
    done = remove_competitor.perform(world.ines, competitor=rival)
    assert not Offer.objects.exists()
    assert Deal.objects.get(pk=world.deal.pk).competitor is None
    undo(world.ines, event=done.event)
    assert Price.objects.count() == 2
    assert Deal.objects.get(pk=world.deal.pk).competitor == rival


# --- pages ----------------------------------------------------------------------------------------------------------


def test_the_market_page_says_against_whom(world: World, offer: Offer) -> None:
    page = said(client_of(world.ines), "market")
    assert "none of them are ours" in page or "of them are ours" in page or "of them is ours" in page
    assert "We sell against Moorings Plus." in page
    assert "was £49; 20 % cheaper since" in page


def test_the_page_of_a_competitor_says_who_wins_and_what_it_costs(
    world: World, rival: Competitor, offer: Offer
) -> None:
    close_deal(world.sol, deal=world.deal, won=False, reason="Too dear", competitor=rival)
    page = said(client_of(world.sol), "competitor", rival.pk)
    assert "Moorings Plus wins more than we do: of 1 deal decided it took 1; it costs £39 a berth, a year." in page
    assert "Saltings, 40 berths" in page and "Too dear" in page


def test_what_somebody_went_over_today_is_not_stale(world: World, rival: Competitor) -> None:
    assert "nobody looked yet" in said(client_of(world.sol), "competitor", rival.pk)
    look_over_competitor(world.sol, competitor=rival)
    page = said(client_of(world.sol), "competitor", rival.pk)
    assert "seen today" in page and "nobody looked yet" not in page


def test_more_offers_ask_no_more_queries(world: World, rival: Competitor, offer: Offer) -> None:
    client = client_of(world.ines)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            for name, parts in (("market", ()), ("competitor", (rival.pk,))):
                said(client, name, *parts)
        return len(captured)

    asked()  # the first visit also writes which product one is on
    before = asked()
    for number in range(4):
        another = Competitor.objects.create(product=world.tideline, name=f"Rival {number}")
        for whose in (rival, another):
            made = Offer.objects.create(product=world.tideline, competitor=whose, name=f"Plan {number}")
            Price.objects.create(offer=made, amount=number, currency="GBP", seen_on=ago(number), source="Site")
    assert asked() == before


def test_a_price_noted_on_the_offers_page_stands_above_the_one_before(world: World, offer: Offer) -> None:
    client, url = client_of(world.sol), reverse("offer", args=["tideline", offer.pk])
    refused = client.post(url, {"amount": "35", "source": ""})
    assert refused.status_code == 422
    client.post(url, {"amount": "35", "source": "A buyer", "is_confidential": "on"})
    page = said(client, "offer", offer.pk)
    assert "costs £35 a berth, a year, seen today; was £39" in page
    assert "not to be handed out" in page


# --- files ----------------------------------------------------------------------------------------------------------

LIST = """Vendor,Product,Tier,Price,Currency,Unit,Date,Source
Moorings Plus,Moorings,Small,£49.00,gbp,a berth a year,2025-01-10,Price list
moorings plus,Moorings,Small,£39.00,GBP,a berth a year,2025-11-03,Price list
Harbourly,Harbourly,,,GBP,,2025-11-03,Their site
Ours,Tideline,Small,42,GBP,a berth a year,2026-01-01,Our list
"""


def brought(world: World, settings: Any, tmp_path: Any, text: str = LIST, **given: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "files"
    file = start_import(world.sol, name="prices.csv", kind="offers", content=text, options={"product": "tideline"})
    return run_import(world.sol, file=file, **given)


def test_a_list_of_prices_comes_in_with_its_competitors(world: World, settings: Any, tmp_path: Any) -> None:
    done = brought(world, settings, tmp_path)
    assert done.status == "done", done.words
    assert done.added == 4
    assert sorted(Competitor.objects.values_list("name", flat=True)) == ["Harbourly", "Moorings Plus"]
    assert Offer.objects.filter(competitor=None).get().name == "Tideline"
    moorings = Offer.objects.get(name="Moorings")
    assert [float(price.amount) for price in moorings.prices.all()] == [39.0, 49.0]
    assert Offer.objects.get(name="Harbourly").prices.get().amount is None


def test_a_list_taken_back_leaves_nothing(world: World, settings: Any, tmp_path: Any) -> None:
    undo_import(world.sol, file=brought(world, settings, tmp_path))
    for kind in (Price, Offer, Competitor):
        assert not kind.objects.exists()


def test_the_same_list_again_adds_nothing_and_puts_right_what_it_may(
    world: World, settings: Any, tmp_path: Any
) -> None:
    brought(world, settings, tmp_path)
    again = brought(world, settings, tmp_path, LIST.replace("39.00", "38.00"), update=True)
    assert (again.added, again.known) == (0, 4)
    assert Price.objects.filter(amount=38).count() == 1
    undo_import(world.sol, file=again)
    assert not Price.objects.filter(amount=38).exists()
    assert Price.objects.count() == 4


def test_a_currency_that_is_none_is_named_with_its_row(world: World, settings: Any, tmp_path: Any) -> None:
    done = brought(world, settings, tmp_path, LIST.replace("gbp", "£££"))
    assert done.status == "failed"
    assert done.faults[0]["row"] == 2


def test_deals_come_in_with_whom_they_were_lost_to(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    Competitor.objects.create(product=world.tideline, name="Moorings Plus")
    text = (
        "Deal ID,Account Name,Stage,Close Date,Amount,Loss Reason,Lost To\n"
        "1,Northmole Marina,Closed Lost,2026-01-10,900,Price,moorings plus\n"
        "2,Quay West,Closed Won,2026-01-11,800,Service,Harbourly\n"
        "3,Quay West,Closed Lost,2026-01-12,,No decision,\n"
    )
    file = start_import(world.sol, name="deals.csv", kind="deals", content=text, options={"product": "tideline"})
    done = run_import(world.sol, file=file)
    assert done.status == "done", done.words
    rows = {deal.external_id: deal for deal in Deal.objects.exclude(external_id="").select_related("competitor")}
    assert str(rows["1"].competitor) == "Moorings Plus" and rows["1"].reason == "Price"
    assert str(rows["2"].competitor) == "Harbourly"
    assert rows["3"].competitor is None
    undo_import(world.sol, file=done)
    assert list(Competitor.objects.values_list("name", flat=True)) == ["Moorings Plus"]
