"""What the catalogue does when somebody comes in: who was invited as a supplier's contact is that contact from then on.

Slot `welcomed`, asked about a `Welcomed`; nothing is answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.catalogue.models import SupplierContact
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Invitation, User


@dataclass(frozen=True)
class Welcomed:
    """A person who came in, and by which invitation."""

    person: User
    invitation: Invitation


def provide() -> None:
    """Registers what is done."""
    panels.provide("welcomed", link_supplier_contact)


def link_supplier_contact(actor: Actor, who: Welcomed) -> None:
    """By the invitation and not by the address: an address can be written down for anybody."""
    SupplierContact.objects.filter(invitation=who.invitation, person=None).update(person=who.person)
