from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import Invitation, User
from clearspan.core.records import Record, Records


class SupplierRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see all suppliers, a supplier's people their own."""
        if actor.is_employee:
            return self
        if actor.guest is None:
            return self.none()
        return self.filter(pk__in=SupplierContact.objects.filter(person=actor.guest).values("supplier"))


class Supplier(Record):
    """A company that builds, makes or delivers something for us: a party like a team of our own."""

    prefix = "SU"
    guest_fields = ("name",)  # the note is ours

    name = models.CharField(max_length=160, unique=True)
    note = models.TextField(blank=True, help_text="What they do for us, and under which contract.")
    website = models.URLField(blank=True)

    objects = SupplierRecords.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SupplierContactRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employee:
            return self
        return self.filter(person=actor.guest) if actor.guest else self.none()


class SupplierContact(Record):
    """A person at a supplier. With `person`, one who signs in and sees what is the supplier's own."""

    prefix = "SC"
    guest_fields = ("name", "email")

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="supplier_contact",
        help_text="The link they were handed: who comes in by it is this contact.",
    )  # fmt: skip
    person = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="supplier_contact"
    )

    objects = SupplierContactRecords.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
