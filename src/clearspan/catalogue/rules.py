"""Who may do what, in terms of functions and roles. A rule takes the actor and everything the action was given.

A rule about products holds for every product that any given row belongs to: none slips in through a second argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from clearspan.catalogue.models import Product, ProductRole, Role, Supplier, SupplierContact
from clearspan.core.actions import Rule
from clearspan.core.actor import Actor, Kind
from clearspan.core.once import once

_WAYS = (
    "product",
    "opportunity",
    "option",
    "feedback",
    "deal",
    "offer",
    "case",
    "study",
    "interview",
    "definition",
    "requirement",
    "version",
    "tracker",
    "launch",
    "commitment",
    "campaign",
    "decision",
    "kpi",
    "proposal",
    "note",
    "brief",
    "idea",
)  # from a row to its product


def anybody_here(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Every employee. (Rows given were seen through `visible_to` already.)"""
    return actor.is_employee


def admins(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who may change the company's own settings."""
    return actor.is_admin


def manages(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who manages every product concerned."""
    return actor.is_system or _has_role(actor, given, Role.Grants.MANAGE)


def works_on(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who has a role on every product concerned, managing it or working on it."""
    return actor.is_system or _has_role(actor, given, Role.Grants.MANAGE, Role.Grants.CONTRIBUTE)


def product_people(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Every product manager of the company, whatever the product."""
    return actor.is_system or actor.kind == Kind.PRODUCT


def leads(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Senior management."""
    return actor.kind == Kind.LEADERSHIP


def develops(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of development."""
    return actor.kind == Kind.DEVELOPMENT


def sells(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of sales."""
    return actor.kind == Kind.SALES


def speaks_for_function(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of the very function that is given."""
    return actor.is_employee and actor.person is not None and actor.person.function_id == given["function"].pk


def supplies(actor: Actor, given: Mapping[str, Any]) -> bool:
    """People of the supplier that every given row is with."""
    if actor.guest is None:
        return False
    rows = [row for value in given.values() for row in _rows(value)]
    with_us = {row.pk if isinstance(row, Supplier) else getattr(row, "supplier_id", None) for row in rows} - {None}
    own = SupplierContact.objects.filter(person=actor.guest, supplier__in=with_us)
    return len(with_us) == 1 and own.exists()


def either(*rules: Rule) -> Rule:
    """At least one of the rules."""

    def rule(actor: Actor, given: Mapping[str, Any]) -> bool:
        return any(one(actor, given) for one in rules)

    rule.__doc__ = " Or: ".join((one.__doc__ or "").strip().split("\n")[0] for one in rules)
    return rule


def products_of(given: Mapping[str, Any]) -> set[int]:
    """The products that the given rows belong to."""
    return {key for value in given.values() for row in _rows(value) if (key := _product_key(row)) is not None}


def way_to_product(model: type[models.Model]) -> str | None:
    """How a query comes from a row of this kind to its product: version__product; None where it belongs to none."""
    way: list[str] = []
    for _ in range(4):  # as far as `_product_key` goes
        fields = {one.name: one.related_model for one in model._meta.concrete_fields if one.is_relation}
        step = next((name for name in _WAYS if isinstance(fields.get(name), type)), None)
        if step is None:
            return None
        way.append(step)
        if step == "product":
            return "__".join(way)
        model = fields[step]  # type: ignore[assignment]  # a class, as was asked above
    return None


def _has_role(actor: Actor, given: Mapping[str, Any], *grants: str) -> bool:
    products = products_of(given)
    if not products or not actor.is_employee or actor.person is None:
        return False
    person = actor.person
    roles = ProductRole.objects.filter(person=person).values_list("product", "role__grants")
    held = once(("roles", person.pk), lambda: dict(roles))
    return all(held.get(product) in grants for product in products)


def _rows(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def _product_key(row: Any) -> int | None:
    for _ in range(4):  # the longest way: study, case, option, product
        if isinstance(row, Product):
            return row.pk
        if hasattr(row, "product_id"):
            return int(row.product_id)
        way = next((way for way in _WAYS if hasattr(type(row), way)), None)
        if way is None:
            return None
        row = getattr(row, way)
    return None
