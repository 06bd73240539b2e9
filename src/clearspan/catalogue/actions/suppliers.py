"""Who builds, makes or delivers something for us, and the people there: known, invited, let go."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.actions.changing import Name, PersonName, change, create, remove
from clearspan.catalogue.actions.customers import Email
from clearspan.catalogue.models import Supplier, SupplierContact
from clearspan.catalogue.rules import admins, develops, either, product_people
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.people import invite_person

Note = Annotated[str, Field(description="What they do for us, and under which contract. They never see it")]
Website = Annotated[str, Field(max_length=200, pattern=r"^$|^https?://")]
keeps_suppliers = either(product_people, develops, admins)


@action(rule=keeps_suppliers, says="added the supplier {result}")
def record_supplier(actor: Actor, *, name: Name, note: Note = "", website: Website = "") -> Supplier:
    """Adds a company that builds, makes or delivers something for us."""
    return create(Supplier, name=name, note=note, website=website)


@action(rule=keeps_suppliers, says="changed the supplier {supplier}")
def change_supplier(
    actor: Actor,
    *,
    supplier: Supplier,
    name: Name | None = None,
    note: Note | None = None,
    website: Website | None = None,
) -> Supplier:
    """Changes what is given and leaves the rest."""
    return change(supplier, name=name, note=note, website=website)


@action(rule=keeps_suppliers, says="removed the supplier {supplier}")
def remove_supplier(actor: Actor, *, supplier: Supplier) -> None:
    """Removes a supplier with whom nothing was agreed; its contacts go with it."""
    remove(supplier, "supplier", "it has teams, quotes or milestones, and what was agreed stays")


@action(rule=keeps_suppliers, says="added {result} at {supplier}")
def record_supplier_contact(
    actor: Actor, *, supplier: Supplier, name: PersonName, email: Email = ""
) -> SupplierContact:
    """Adds a person at a supplier."""
    return create(SupplierContact, supplier=supplier, name=name, email=email)


@action(rule=keeps_suppliers, says="changed the contact {contact}")
def change_supplier_contact(
    actor: Actor, *, contact: SupplierContact, name: PersonName | None = None, email: Email | None = None
) -> SupplierContact:
    """Changes what is given and leaves the rest. A link that was handed to another address closes."""
    if email is not None and email != contact.email:
        _close_link(contact)
    return change(contact, name=name, email=email)


@action(rule=keeps_suppliers, says="removed the contact {contact}")
def remove_supplier_contact(actor: Actor, *, contact: SupplierContact) -> None:
    """Removes a person at a supplier. Who signed in as this contact sees nothing of the supplier from then on."""
    _close_link(contact)
    contact.delete()


@action(rule=admins, says="invited {contact} of {contact.supplier}", irreversible=True)
def invite_supplier_contact(actor: Actor, *, contact: SupplierContact) -> dict[str, Any]:
    """Invites a supplier's person, who then sees that supplier's quotes and milestones and nothing else.

    The answer has the link's secret, which is shown once; it opens for seven days.
    """
    if contact.person is not None:
        raise Invalid({"contact": "this person signs in here already"})
    if not contact.email:
        raise Invalid({"contact": "an invitation needs their email address; write it down first"})
    _close_link(contact)
    try:
        invited: dict[str, Any] = invite_person(actor, email=contact.email, name=contact.name)
    except Invalid as error:
        raise Invalid({"contact": "; ".join(error.faults.values())}) from None
    change(contact, invitation=invited["invitation"])
    return invited


def _close_link(contact: SupplierContact) -> None:
    invitation = contact.invitation
    if invitation is not None and invitation.is_open:
        invitation.expires_at = timezone.now()
        invitation.save(update_fields=["expires_at"])
