"""Suppliers and the people there: known, invited, let go."""

from __future__ import annotations

import pytest
from django.test import Client

from clearspan.catalogue.actions import (
    change_supplier,
    change_supplier_contact,
    invite_supplier_contact,
    record_supplier,
    record_supplier_contact,
    remove_supplier,
    remove_supplier_contact,
)
from clearspan.catalogue.models import Supplier, SupplierContact
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.models import Invitation, User
from clearspan.core.undo import undo
from clearspan.stages.development.models import Quote
from tests.world import World

PASSWORD = "moorings-and-more-42"


@pytest.fixture
def contact(world: World) -> SupplierContact:
    made: SupplierContact = record_supplier_contact(
        world.devi, supplier=world.buoyline, name="Bo Lind", email="bo@buoyline.example"
    )
    return made


def test_product_people_and_development_keep_suppliers(world: World) -> None:
    made = record_supplier(world.devi, name="Quayside Cables", note="Cables, framework of 2025")
    change_supplier(world.ines, supplier=made, website="https://quayside.example")
    assert Supplier.objects.get(name="Quayside Cables").website == "https://quayside.example"
    with pytest.raises(Refused):
        record_supplier(world.sol, name="Bollard Bros")


def test_a_name_stands_once(world: World) -> None:
    with pytest.raises(Invalid, match="there is a supplier of this name"):
        record_supplier(world.ines, name="Buoyline Sensors")


def test_a_supplier_with_whom_something_was_agreed_stays(world: World) -> None:
    Quote.objects.create(product=world.tideline, supplier=world.buoyline, title="Sensors")
    with pytest.raises(Invalid, match="what was agreed stays"):
        remove_supplier(world.ines, supplier=world.buoyline)


def test_who_comes_in_by_the_link_is_the_contact_and_sees_the_supplier(world: World, contact: SupplierContact) -> None:
    secret = invite_supplier_contact(world.ines, contact=contact)["secret"]
    answer = Client().post(f"/welcome/{secret}", {"name": "Bo Lind", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/supplying"
    contact.refresh_from_db()
    assert contact.person == User.objects.get(email="bo@buoyline.example")
    assert list(Supplier.objects.visible_to(Actor(contact.person))) == [world.buoyline]


def test_the_address_alone_links_nobody(world: World, contact: SupplierContact) -> None:
    """Anybody may write down an address; only the link that was handed to the contact makes somebody the contact."""
    from clearspan.core.people import invite_person

    secret = invite_person(world.ines, email=contact.email, name="Bo Lind")["secret"]
    Client().post(f"/welcome/{secret}", {"name": "Bo Lind", "password": PASSWORD})
    contact.refresh_from_db()
    assert contact.person is None


def test_only_admins_let_people_in(world: World, contact: SupplierContact) -> None:
    with pytest.raises(Refused):
        invite_supplier_contact(world.devi, contact=contact)


def test_an_invitation_needs_an_address_and_somebody_who_is_not_in_yet(world: World) -> None:
    nameless = record_supplier_contact(world.ines, supplier=world.buoyline, name="Bo")
    with pytest.raises(Invalid, match="needs their email"):
        invite_supplier_contact(world.ines, contact=nameless)
    with pytest.raises(Invalid, match="signs in here already"):
        invite_supplier_contact(world.ines, contact=SupplierContact.objects.get(person=world.kit.person))
    change_supplier_contact(world.ines, contact=nameless, email="otto@example.org")
    with pytest.raises(Invalid, match="here already"):
        invite_supplier_contact(world.ines, contact=nameless)


def test_a_link_closes_when_the_address_changes_or_the_contact_goes(world: World, contact: SupplierContact) -> None:
    invite_supplier_contact(world.ines, contact=contact)
    change_supplier_contact(world.ines, contact=contact, email="bo.lind@buoyline.example")
    assert not Invitation.objects.get(email="bo@buoyline.example").is_open
    contact.refresh_from_db()
    invite_supplier_contact(world.ines, contact=contact)
    contact.refresh_from_db()
    remove_supplier_contact(world.ines, contact=contact)
    assert not Invitation.objects.get(email="bo.lind@buoyline.example").is_open


def test_a_contact_that_is_removed_sees_nothing_until_that_is_undone(world: World) -> None:
    kit = SupplierContact.objects.get(person=world.kit.person)
    removed = remove_supplier_contact.perform(world.ines, contact=kit)
    assert not Supplier.objects.visible_to(world.kit).exists()
    undo(world.ines, event=removed.event)
    assert Supplier.objects.visible_to(world.kit).exists()


def test_suppliers_are_nothing_to_customers(world: World) -> None:
    with pytest.raises(NotThere):
        change_supplier(world.cora, supplier=world.buoyline, name="Mine")
