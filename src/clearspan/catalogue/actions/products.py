"""Products, and who has which role on them."""

from __future__ import annotations

from typing import Annotated

from django.utils.text import slugify
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import MarketName, change, clear, create, remove
from clearspan.catalogue.models import LifecycleStage, Line, Product, ProductRole, Role
from clearspan.catalogue.rules import admins, either, manages, product_people
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User

LineName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=80),
    Field(description="Made when it is new; empty: its own"),
]
# The first part of an address that is no product's.
RESERVED = {
    "account", "admin", "api", "audit", "digests", "do", "earnings", "files", "find", "for", "healthy", "import",
    "imports", "me", "mcp", "patterns", "portal", "practice", "settings", "static", "supplying", "switch-person",
    "trace", "waiting", "welcome",
}  # fmt: skip


@action(rule=either(product_people, admins), says="added the product {result}")
def create_product(
    actor: Actor,
    *,
    name: MarketName,
    line: LineName = "",
    stage: Annotated[LifecycleStage | None, Field(description="Where it stands in its life")] = None,
    description: str = "",
    is_confidential: Annotated[bool, Field(description="Seen only by leadership and people with a role on it")] = False,
) -> Product:
    """Adds a product. Who adds it manages it."""
    key = slugify(name)[:40]
    if not key or key in RESERVED:
        raise Invalid({"name": "it needs letters or digits, and may not be one of Clearspan's own words"})
    product = create(
        Product, name=name, key=key, line=_line(line or name), stage=stage, description=description,
        is_confidential=is_confidential,
    )  # fmt: skip
    manager = Role.objects.filter(grants=Role.Grants.MANAGE).order_by("pk").first()
    if actor.person is not None and manager is not None:
        ProductRole.objects.create(product=product, person=actor.person, role=manager)
    return product


@action(rule=manages, says="changed the product {product}")
def change_product(
    actor: Actor,
    *,
    product: Product,
    name: MarketName | None = None,
    line: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] | None = None,
    stage: LifecycleStage | None = None,
    description: str | None = None,
    is_confidential: bool | None = None,
    is_archived: Annotated[bool | None, Field(description="True: leaves the menus; everything it has stays")] = None,
    without_stage: Annotated[bool, Field(description="True: where it stands in its life is not said")] = False,
) -> Product:
    """Changes what is given and leaves the rest. Its name in addresses stays, so that links keep working."""
    clear(product, stage=without_stage)
    return change(
        product, name=name, line=_line(line) if line else None, stage=stage, description=description,
        is_confidential=is_confidential, is_archived=is_archived,
    )  # fmt: skip


@action(rule=either(product_people, admins), says="renamed the line {line}")
def rename_line(actor: Actor, *, line: Line, name: MarketName) -> Line:
    """Gives a product line another name."""
    return change(line, name=name)


@action(rule=either(product_people, admins), says="removed the line {line}")
def remove_line(actor: Actor, *, line: Line) -> None:
    """Removes a product line that has no products."""
    remove(line, "line", "products are in it; move them first")


@action(rule=either(manages, admins), says="made {person} {role} of {product}")
def give_role(actor: Actor, *, product: Product, person: User, role: Role) -> ProductRole:
    """Gives a person a role on a product, in place of the one they had there."""
    if person.function is None or not person.is_active:
        raise Invalid({"person": "roles are for people of the company who may sign in"})
    if role.grants != Role.Grants.MANAGE:
        _somebody_else_manages(product, person)
    return ProductRole.objects.update_or_create(product=product, person=person, defaults={"role": role})[0]


@action(rule=either(manages, admins), says="took {person}'s role on {product}")
def take_role(actor: Actor, *, product: Product, person: User) -> None:
    """Takes a person's role on a product away. Somebody must go on managing it."""
    _somebody_else_manages(product, person)
    if not ProductRole.objects.filter(product=product, person=person).delete()[0]:
        raise Invalid({"person": "this person has no role there"})


def _line(name: str) -> Line:
    return Line.objects.get_or_create(name=name)[0]


def _somebody_else_manages(product: Product, person: User) -> None:
    """Raises Invalid when `person` alone manages the product."""
    managers = ProductRole.objects.filter(product=product, role__grants=Role.Grants.MANAGE)
    others = managers.exclude(person=person).filter(person__is_active=True)
    if managers.filter(person=person).exists() and not others.exists():
        raise Invalid({"person": "nobody else manages this product; give somebody the role first"})
