"""The pages of the market: who gets them, what they answer, and that longer lists ask the database no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Account, Competitor, Contact, Deal, MarketSize, Segment
from clearspan.catalogue.queries import accounts
from clearspan.catalogue.queries.competition import RIVALS
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Ask, Intelligence
from tests.world import World

LISTS = ("market", "accounts", "deals")
FORMS = ("new_account", "new_deal", "new_segment", "new_competitor")


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def address(name: str, *numbers: int, product: str = "tideline") -> str:
    return reverse(name, args=[product, *numbers])


def answer(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(
        response.content.decode().split('class="answer">')[1].split("</h1>")[0].replace("\u00a0", " ").split()
    )


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def ines(world: World) -> Client:
    return signed_in(world.ines)


@pytest.mark.parametrize("name", LISTS)
def test_employees_read_the_market_and_customers_are_told_nothing(world: World, name: str) -> None:
    for reader in (world.ines, world.sol, world.leda, world.otto):
        assert signed_in(reader).get(address(name)).status_code == 200
    for stranger in (world.cora, world.xan):
        assert signed_in(stranger).get(address(name)).status_code == 404
    assert signed_in(world.sol).get(address(name, product="umbra")).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_not_even_shown_to_who_may_not_send_it(world: World, name: str) -> None:
    assert signed_in(world.ines).get(address(name)).status_code == 200
    assert signed_in(world.leda).get(address(name)).status_code == 403


def test_the_market_says_how_large_it_is_and_how_much_of_it_is_ours(world: World, ines: Client) -> None:
    found = answer(ines, address("market"))
    assert found == "The market of Tideline is 1,420 accounts in 2 segments, worth £4.5 m a year; 2 of them are ours."


def test_an_unknown_market_says_so_and_leads_to_the_first_segment(world: World, ines: Client) -> None:
    Deal.objects.all().delete()
    Account.objects.update(segment=None)
    MarketSize.objects.all().delete()
    Segment.objects.all().delete()
    page = ines.get(address("market")).content.decode()
    assert "has not been said yet" in page
    assert address("new_segment") in page


def test_a_size_without_a_source_is_named(world: World, ines: Client) -> None:
    assert "guess" not in ines.get(address("market")).content.decode()
    MarketSize.objects.filter(segment=world.clubs).update(source="")
    page = ines.get(address("market")).content.decode()
    assert "nobody yet" in page
    assert "is a guess" in page


def test_accounts_that_were_heard_are_counted_once(world: World, ines: Client) -> None:
    for text in ("one", "two"):
        world.feedback(text)
    world.feedback("the same", state="copy", account=world.saltings)
    shown = ines.get(address("market_heard")).context
    assert shown["segments"] == {world.marinas.pk: 1, world.clubs.pk: 0}
    assert shown["whole"] == 1


def test_the_numbers_of_who_was_heard_find_the_cells_that_the_page_has(world: World, ines: Client) -> None:
    def cells(url: str) -> set[str]:
        page = ines.get(url).content.decode()
        asked = re.search(r'hx-get="([^"]*market/heard[^"]*)"', page)
        assert asked is not None
        told = set(re.findall(r'id="(heard-[^"]*)"', ines.get(asked[1]).content.decode()))
        assert told == set(re.findall(r'id="(heard-[^"]*)"', page))
        return told

    assert f"heard-{world.clubs.pk}" in cells(address("market"))
    assert f"heard-{world.clubs.pk}" not in cells(address("market_size", world.clubs.pk))
    MarketSize.objects.all().delete()
    assert "heard-all" not in cells(address("market"))


def test_of_many_competitors_those_met_most_come_first_and_the_rest_by_pages(world: World, ines: Client) -> None:
    for n in range(RIVALS + 2):
        Competitor.objects.create(product=world.tideline, name=f"Rival {n:02}")
    met = Competitor.objects.get(name=f"Rival {RIVALS + 1}")
    Deal.objects.create(product=world.tideline, account=world.saltings, name="Berths", competitor=met)
    page = ines.get(address("market"))
    assert page.context["rivals"][0]["one"].competitor == met
    assert "?page=2" in page.content.decode()
    assert "Rival 20" not in page.content.decode()
    assert "Rival 20" in ines.get(f"{address('market')}?page=2").content.decode()


def test_what_comes_next_is_said_until_somebody_was_heard(world: World, ines: Client) -> None:
    assert "Next: what the market says" in ines.get(address("market")).content.decode()
    world.feedback()
    assert "Next: what the market says" not in ines.get(address("market")).content.decode()


def test_a_size_is_changed_in_its_row_and_faults_stand_at_their_fields(world: World, ines: Client) -> None:
    url = address("market_size", world.clubs.pk)
    refused = ines.post(url, {"accounts": "many", "value_per_account": "1500"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["accounts"]
    ines.post(url, {"accounts": "1200", "value_per_account": "1500", "source": "Recount"})
    assert MarketSize.objects.get(product=world.tideline, segment=world.clubs).accounts == 1200
    assert signed_in(world.sol).post(url, {"accounts": "1", "value_per_account": "1"}).status_code == 403


def test_lost_deals_say_what_loses_most_whatever_the_case(world: World, ines: Client) -> None:
    for i, reason in enumerate(("Too dear", "too dear ", "No tide alarm", "")):
        Deal.objects.create(
            product=world.tideline,
            name=f"Lost {i}",
            state="lost",
            reason=reason,
            amount=100,
            closes_on=timezone.localdate(),
        )
    Deal.objects.create(product=world.tideline, name="Won", state="won", closes_on=timezone.localdate())
    page = ines.get(address("market"))
    assert page.context["won_finding"].replace("\u00a0", " ") == "1 of 5 deals was won in twelve months"
    assert [(why.lower(), tally.deals) for why, tally in page.context["won"].reasons] == [
        ("too dear", 2), ("", 1), ("no tide alarm", 1),
    ]  # fmt: skip
    copy = ines.get(address("market") + "?take=losses.csv")
    assert copy["Content-Type"].startswith("text/csv")


def test_accounts_are_found_by_word_segment_and_kind(world: World, ines: Client) -> None:
    Account.objects.create(name="Kelpie Moorings", is_customer=False)
    found = {
        query: [row.account.name for row in ines.get(f"{address('accounts')}?{query}").context["found"].rows]
        for query in (
            "q=north",
            f"segment={world.clubs.pk}",
            "segment=none",
            "kind=prospect",
            "q=nowhere",
            "sort=-value",
        )
    }
    assert found == {
        "q=north": ["Northmole Marina"],
        f"segment={world.clubs.pk}": ["Saltings Sailing Club"],
        "segment=none": ["Kelpie Moorings"],
        "kind=prospect": ["Kelpie Moorings"],
        "q=nowhere": [],
        "sort=-value": ["Northmole Marina", "Saltings Sailing Club", "Kelpie Moorings"],
    }


@pytest.mark.parametrize("query", ["", "?sort=-value", "?kind=customer"])
def test_pages_of_accounts_hold_each_once(world: World, ines: Client, query: str) -> None:
    Account.objects.bulk_create(Account(name=f"Mooring {n % 7}", value=n % 5) for n in range(120))
    seen: list[int] = []
    url = address("accounts") + query
    while url:
        found = ines.get(url).context["found"]
        seen += [row.account.pk for row in found.rows]
        joint = "&" if query else "?"
        url = f"{address('accounts')}{query}{joint}after={found.next}" if found.next else ""
    assert len(seen) == len(set(seen)) == 122


def test_an_account_says_what_it_pays_and_when_it_was_heard_last(world: World, ines: Client) -> None:
    url = address("account_page", world.northmole.pk)
    assert answer(ines, url) == "Northmole Marina pays £12,000 a year and has not been heard yet."
    world.feedback()
    assert answer(ines, url) == "Northmole Marina pays £12,000 a year and was heard once, last on 2 Mar 2026."
    assert "We book berths twice." in ines.get(url).content.decode()


def test_an_accounts_page_shows_only_what_the_reader_may_see(world: World) -> None:
    world.feedback("Said of Umbra.", product=world.umbra)
    page = signed_in(world.sol).get(address("account_page", world.northmole.pk)).content.decode()
    assert "Said of Umbra." not in page


def test_an_account_is_added_and_changed_by_form(world: World, ines: Client) -> None:
    given = {"name": "Kelpie Moorings", "segment": world.marinas.pk, "is_customer": "no", "value": "", "note": ""}
    response = ines.post(address("new_account"), given)
    made = Account.objects.get(name="Kelpie Moorings")
    assert response.url == address("account_page", made.pk)
    assert (made.is_customer, made.value) == (False, Decimal(0))
    ines.post(address("change_account", made.pk), {**given, "segment": "", "value": "1234.5"})
    made.refresh_from_db()
    assert (made.segment, made.value) == (None, Decimal("1234.50"))


def test_a_name_that_is_taken_is_said_at_its_field_and_what_was_written_stays(world: World, ines: Client) -> None:
    response = ines.post(address("new_account"), {"name": "Northmole Marina", "is_customer": "yes", "note": "Kept."})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert "Kept." in response.content.decode()


def test_a_contact_is_added_changed_and_removed_by_form(world: World, ines: Client) -> None:
    ines.post(address("new_contact", world.saltings.pk), {"name": "Ada Quill", "email": "ada@saltings.example"})
    ada = Contact.objects.get(name="Ada Quill")
    ines.post(address("change_contact", world.saltings.pk, ada.pk), {"name": "Ada Quill", "title": "Commodore"})
    ada.refresh_from_db()
    assert (ada.title, ada.email) == ("Commodore", "")
    assert ines.get(address("change_contact", world.northmole.pk, ada.pk)).status_code == 404
    ines.post(reverse("do", args=["remove_contact"]), {"contact": ada.ref})
    assert not Contact.objects.filter(pk=ada.pk).exists()


def test_deals_say_how_many_are_open_and_what_they_are_worth(world: World, ines: Client) -> None:
    assert answer(ines, address("deals")) == "1 deal is open, worth £2.4 k a year."
    assert answer(ines, address("deals") + "?state=lost") == "No deal is lost."
    assert answer(ines, address("deals") + "?q=salt") == "1 deal is open, worth £2.4 k a year."


def test_a_deal_goes_from_open_to_lost_and_says_why(world: World) -> None:
    client, url = signed_in(world.sol), address("deal", world.deal.pk)
    assert answer(client, url) == "Saltings, 40 berths: open, worth £2,400 a year."
    refused = client.post(address("close_deal", world.deal.pk), {"won": "no", "reason": ""})
    assert refused.status_code == 422
    client.post(address("close_deal", world.deal.pk), {"won": "no", "reason": "Too dear"})
    assert answer(client, url).startswith("Saltings, 40 berths: lost on ")
    assert answer(client, url).endswith("a year; Too dear.")


def test_a_deal_shows_its_asks_and_who_may_not_sell_no_buttons(world: World) -> None:
    feedback = world.feedback("We need a tide alarm.", account=world.saltings, channel="deal")
    Ask.objects.create(deal=world.deal, feedback=feedback, wants="A tide alarm", asked_by=world.sol.person)
    page = signed_in(world.sol).get(address("deal", world.deal.pk)).content.decode()
    assert "A tide alarm" in page
    assert address("close_deal", world.deal.pk) in page
    assert (
        address("close_deal", world.deal.pk)
        not in signed_in(world.leda).get(address("deal", world.deal.pk)).content.decode()
    )


def test_a_deals_account_is_written_by_name_or_reference(world: World) -> None:
    client = signed_in(world.sol)
    for words in ("Northmole Marina", world.northmole.ref, f"Northmole Marina ({world.northmole.ref})"):
        client.post(address("new_deal"), {"name": f"By {words}", "account": words})
        assert Deal.objects.get(name=f"By {words}").account == world.northmole
    refused = client.post(address("new_deal"), {"name": "By guess", "account": "Northmole"})
    assert list(refused.context["form"].errors) == ["account"]
    assert (
        "Northmole Marina ("
        in client.get(reverse("like", args=["tideline", "account"]), {"q": "north"}).content.decode()
    )


def test_words_that_english_leaves_out_still_begin_a_name(world: World) -> None:
    assert list(accounts.like(world.ines, "nor")) == [world.northmole]


def test_a_deal_of_another_product_is_not_there(world: World, ines: Client) -> None:
    assert ines.get(address("deal", world.deal.pk, product="umbra")).status_code == 404


def test_a_competitor_is_written_down_and_removed_where_it_is_changed(world: World, ines: Client) -> None:
    ines.post(address("new_competitor"), {"name": "Paper", "strengths": "Free.", "website": "paper.example"})
    paper = Competitor.objects.get(name="Paper")
    assert paper.website == "https://paper.example"
    page = ines.get(address("change_competitor", paper.pk)).content.decode()
    assert reverse("do", args=["remove_competitor"]) in page
    for_sales = signed_in(world.sol).get(address("change_competitor", paper.pk)).content.decode()
    assert reverse("do", args=["remove_competitor"]) not in for_sales


@pytest.fixture
def grow(world: World) -> Callable[[int], None]:
    """Adds to everything that the lists show."""

    def more(count: int) -> None:
        for n in range(count):
            segment = Segment.objects.create(name=f"Segment {count} {n}")
            MarketSize.objects.create(product=world.tideline, segment=segment, accounts=5, value_per_account=2)
            account = Account.objects.create(name=f"Account {count} {n}", segment=segment)
            deal = Deal.objects.create(product=world.tideline, account=account, name=f"Deal {count} {n}", amount=5)
            said = world.feedback(account=account)
            Ask.objects.create(deal=deal, feedback=said, wants="More", asked_by=world.sol.person)
            rival = Competitor.objects.create(product=world.tideline, name=f"Rival {count} {n}")
            known: dict[str, Any] = {"product": world.tideline, "seen_on": timezone.localdate(), "source": "Gazette"}
            Intelligence.objects.create(title=f"News {n}", competitor=rival, **known)
            Deal.objects.create(
                product=world.tideline, name="Lost", state="lost", reason=f"{n}", closes_on=timezone.localdate()
            )

    return more


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_asks_the_database_no_more(ines: Client, grow: Callable[[int], None], name: str) -> None:
    grow(2)
    queries(ines, address(name))  # the first visit of a session writes what later ones only read
    few = queries(ines, address(name))
    grow(9)
    assert queries(ines, address(name)) == few


def test_an_account_with_much_to_say_asks_the_database_no_more(world: World, ines: Client) -> None:
    url = address("account_page", world.northmole.pk)

    def more(count: int) -> None:
        for n in range(count):
            world.feedback(f"{count} {n}")
            Contact.objects.create(account=world.northmole, name=f"Contact {n}")
            Deal.objects.create(product=world.tideline, account=world.northmole, name=f"Deal {n}")

    more(2)
    queries(ines, url)
    few = queries(ines, url)
    more(9)
    assert queries(ines, url) == few
