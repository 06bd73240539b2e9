"""Accounts, contacts, deals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from clearspan.catalogue.actions import (
    change_account,
    change_contact,
    change_deal,
    close_deal,
    record_account,
    record_contact,
    record_deal,
    remove_account,
    remove_contact,
    reopen_deal,
)
from clearspan.catalogue.models import Account, Contact, Deal
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from tests.world import World


def test_sales_and_product_people_keep_accounts_and_nobody_else(world: World) -> None:
    made = record_account(world.sol, name=" Kelpie Moorings ", segment=world.marinas, value=Decimal("7500.50"))
    assert (made.name, made.segment, made.is_customer) == ("Kelpie Moorings", world.marinas, True)
    with pytest.raises(Refused):
        record_account(world.otto, name="Another")
    with pytest.raises(Refused):
        record_account(world.cora, name="Another")


def test_two_accounts_of_one_name_are_refused_whatever_the_case(world: World) -> None:
    with pytest.raises(Invalid, match="of this name already"):
        record_account(world.sol, name="NORTHMOLE marina")
    with pytest.raises(Invalid, match="of this name already"):
        change_account(world.sol, account=world.saltings, name="northmole marina")
    change_account(world.sol, account=world.northmole, name="Northmole MARINA")  # its own name is free


def test_an_account_keeps_what_is_not_given_and_loses_its_segment_when_told(world: World) -> None:
    change_account(world.ines, account=world.northmole, note="Two harbours.")
    world.northmole.refresh_from_db()
    assert (world.northmole.segment, world.northmole.note) == (world.marinas, "Two harbours.")
    change_account(world.ines, account=world.northmole, without_segment=True)
    world.northmole.refresh_from_db()
    assert world.northmole.segment is None


def test_an_account_that_was_heard_stays(world: World) -> None:
    world.feedback(account=world.saltings)
    Deal.objects.all().delete()
    with pytest.raises(Invalid, match="was heard"):
        remove_account(world.sol, account=world.saltings)


def test_an_account_nobody_needs_goes_with_its_contacts_and_comes_back_with_them(world: World) -> None:
    made = record_account(world.sol, name="Kelpie Moorings")
    record_contact(world.sol, account=made, name="Ada Quill")
    done = remove_account.perform(world.sol, account=made)
    assert not Contact.objects.filter(name="Ada Quill").exists()
    undo(world.sol, event=done.event)
    assert Account.objects.get(name="Kelpie Moorings").contacts.get().name == "Ada Quill"


def test_everybody_here_adds_and_changes_contacts(world: World) -> None:
    ada = record_contact(world.otto, account=world.saltings, name="Ada Quill", email="ada@saltings.example")
    change_contact(world.devi, contact=ada, title="Harbour master")
    ada.refresh_from_db()
    assert (ada.email, ada.title) == ("ada@saltings.example", "Harbour master")
    with pytest.raises(Invalid, match="email"):
        change_contact(world.devi, contact=ada, email="at home")


def test_a_contact_goes_and_what_they_said_stays(world: World) -> None:
    ada = record_contact(world.sol, account=world.saltings, name="Ada Quill")
    said = world.feedback(account=world.saltings, contact=ada)
    remove_contact(world.sol, contact=ada)
    said.refresh_from_db()
    assert said.contact is None
    with pytest.raises(Invalid, match="signs in"):
        remove_contact(world.sol, contact=Contact.objects.get(name="Cora Finch"))


def test_a_deal_is_opened_today_by_who_records_it(world: World) -> None:
    deal = record_deal(world.sol, product=world.tideline, account=world.northmole, name="Winter berths")
    assert (deal.state, deal.opened_on, deal.seller) == ("open", timezone.localdate(), "Sol Reyes")


def test_a_deal_changes_hands_and_loses_its_amount_and_date_when_told(world: World) -> None:
    change_deal(world.sol, deal=world.deal, account=world.northmole, closes_on=date(2027, 1, 5), seller="Leda Quist")
    change_deal(world.sol, deal=world.deal, without_amount=True, without_date=True)
    world.deal.refresh_from_db()
    assert (world.deal.account, world.deal.seller) == (world.northmole, "Leda Quist")
    assert (world.deal.amount, world.deal.closes_on) == (None, None)


def test_who_buys_is_a_customer_from_then_on_and_undo_takes_both_back(world: World) -> None:
    Account.objects.filter(pk=world.saltings.pk).update(is_customer=False)
    done = close_deal.perform(world.sol, deal=world.deal, won=True, reason="The tide alarm")
    world.saltings.refresh_from_db()
    assert done.event.summary == "closed the deal Saltings, 40 berths: won"
    assert (done.result.state, done.result.closes_on, world.saltings.is_customer) == ("won", timezone.localdate(), True)
    undo(world.sol, event=done.event)
    world.saltings.refresh_from_db()
    world.deal.refresh_from_db()
    assert (world.deal.state, world.saltings.is_customer) == ("open", False)


def test_a_deal_is_not_lost_tomorrow(world: World) -> None:
    with pytest.raises(Invalid, match="has come"):
        close_deal(world.sol, deal=world.deal, won=False, on=timezone.localdate() + timedelta(days=1))


def test_a_deal_opened_again_has_no_date_and_no_reason(world: World) -> None:
    with pytest.raises(Invalid, match="it is open"):
        reopen_deal(world.sol, deal=world.deal)
    close_deal(world.sol, deal=world.deal, won=False, reason="Too dear")
    reopen_deal(world.sol, deal=world.deal)
    world.deal.refresh_from_db()
    assert (world.deal.state, world.deal.closes_on, world.deal.reason) == ("open", None, "")


def test_deals_are_for_sales_and_who_works_on_the_product(world: World) -> None:
    with pytest.raises(Refused):
        close_deal(world.leda, deal=world.deal, won=True)
    change_deal(world.devi, deal=world.deal, step="Offer sent")
    hidden = record_deal(world.ines, product=world.umbra, account=world.northmole, name="Hidden")
    with pytest.raises(NotThere):
        change_deal(world.sol, deal=hidden, name="Seen")
