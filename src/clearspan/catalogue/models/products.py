from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.models import Function, User
from clearspan.core.once import is_remembering, once
from clearspan.core.records import Record, Records


class OwnRecords(Records):
    """What every employee may see and nobody else."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_employee else self.none()


class Line(Record):
    """A product line: products that are planned and accounted for together."""

    prefix = "PL"

    name = models.CharField(max_length=80, unique=True)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LifecycleStage(Record):
    """A stage of a product's life, as this company names it."""

    prefix = "LS"

    name = models.CharField(max_length=60, unique=True)
    is_live = models.BooleanField(default=False, help_text="Customers use products in this stage.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Gate(Record):
    """A point at which the company decides whether to go on, and what it wants to know there."""

    prefix = "GA"

    name = models.CharField(max_length=60, unique=True)
    asks = models.TextField(blank=True, help_text="What must be known to pass.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Role(Record):
    """A role on a product, as this company names it, and what it grants there."""

    prefix = "RO"

    class Grants(models.TextChoices):
        MANAGE = "manage", "manages the product"
        CONTRIBUTE = "contribute", "works on the product"
        SEE = "see", "sees the product"

    name = models.CharField(max_length=60, unique=True)
    grants = models.CharField(max_length=10, choices=Grants, default=Grants.CONTRIBUTE)

    objects = OwnRecords.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProductRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Employees see every product but the confidential ones, which only leadership and those with a role see."""
        if actor.is_system or (actor.is_employee and actor.kind == "leadership"):
            return self
        if not actor.is_employee or actor.person is None:
            return self.none()
        mine = ProductRole.objects.filter(person=actor.person).values("product")
        return self.filter(models.Q(is_confidential=False) | models.Q(pk__in=mine))

    def seen_by(self, actor: Actor) -> Self | list[int]:
        """The products `actor` may see, for the condition of another row: `product__in=Product.objects.seen_by(actor)`.

        On a page, where a dozen lists and counts ask it, their numbers, read once; elsewhere the question itself.
        """
        if actor.person is None or not is_remembering():
            return self.visible_to(actor)
        return [product.pk for product in Product.all_for(actor)]


class Product(Record):
    """What is managed: something sold, or to be sold, for which somebody answers."""

    prefix = "PR"

    name = models.CharField(max_length=80, unique=True)
    key = models.SlugField(max_length=40, unique=True, help_text="Its name in addresses.")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="products")
    stage = models.ForeignKey(LifecycleStage, null=True, blank=True, on_delete=models.PROTECT, related_name="products")
    description = models.TextField(blank=True)
    is_confidential = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)

    objects = ProductRecords.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def all_for(cls, actor: Actor) -> list[Product]:
        """Every product that `actor` may see, those put away too, with line and stage, by name; read once a page."""

        def read() -> list[Product]:
            return list(cls.objects.visible_to(actor).select_related("line", "stage"))

        return once(("products", actor.person and actor.person.pk, actor.kind), read)

    @classmethod
    def opened_by(cls, actor: Actor, key: str | None) -> Product | None:
        """Where a person is: the product with that key, which they opened last; else the first that they have a role
        on, else the first of all. None where there is none."""
        products = [product for product in cls.all_for(actor) if not product.is_archived]
        if opened := next((product for product in products if product.key == key), None):
            return opened
        roles = ProductRole.objects.filter(person=actor.person)
        mine = once(("roles on", actor.person and actor.person.pk), lambda: {*roles.values_list("product", flat=True)})
        return next((product for product in products if product.pk in mine), products[0] if products else None)


class ProductRoleRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Who has which role is seen by whoever sees the product."""
        return self.filter(product__in=Product.objects.seen_by(actor))


class ProductRole(Record):
    """A person's role on a product."""

    prefix = "PO"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")

    objects = ProductRoleRecords.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "person"], name="one_role_a_product")]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} of {self.product}"


__all__ = ["Function", "Gate", "LifecycleStage", "Line", "OwnRecords", "Product", "ProductRole", "Role"]
