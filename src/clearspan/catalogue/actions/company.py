"""The company's own settings: its name and money, functions, roles, stages of a product's life, gates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from django.db.models import ProtectedError
from pydantic import Field

from clearspan.catalogue.actions.changing import change, create
from clearspan.catalogue.models import Gate, LifecycleStage, Role
from clearspan.catalogue.rules import admins
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Company, Function

Name = Annotated[str, Field(min_length=1, max_length=60)]
KIND = "^(" + "|".join(kind for kind, _ in Kind.LABELS) + ")$"


@action(rule=admins, says="changed the company's settings")
def change_company(
    actor: Actor,
    *,
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None,
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="Three letters, such as GBP")] | None = None,
    discount_rate: Annotated[Decimal, Field(ge=0, lt=1, max_digits=5, decimal_places=4)] | None = None,
    need_threshold: Annotated[Decimal, Field(gt=0, lt=1, max_digits=5, decimal_places=4)] | None = None,
) -> Company:
    """Changes the company's name, currency, discount rate (a year), and the share from which a need is a segment's."""
    company = Company.ours()
    return change(company, name=name, currency=currency, discount_rate=discount_rate, need_threshold=need_threshold)


@action(rule=admins, says="set the function {result}")
def change_function(
    actor: Actor,
    *,
    function: Annotated[Function | None, Field(description="None adds one")] = None,
    name: Name | None = None,
    kind: Annotated[str, Field(pattern=KIND, description="What its people may do")] | None = None,
    is_scarce: Annotated[bool | None, Field(description="Its people limit what can be built: plans count them")] = None,
    position: int | None = None,
) -> Function:
    """Adds or changes a function of the company."""
    if function is not None:
        return change(function, name=name, kind=kind, is_scarce=is_scarce, position=position)
    place = Function.objects.count() if position is None else position
    return create(Function, name=_named(name), kind=kind or Kind.OTHER, is_scarce=bool(is_scarce), position=place)


@action(rule=admins, says="set the role {result}")
def change_role(
    actor: Actor,
    *,
    role: Annotated[Role | None, Field(description="None adds one")] = None,
    name: Name | None = None,
    grants: Annotated[Role.Grants | None, Field(description="manage, contribute or see")] = None,
) -> Role:
    """Adds or changes a role that people may have on products."""
    if role is not None:
        return change(role, name=name, grants=grants)
    return create(Role, name=_named(name), grants=grants or Role.Grants.CONTRIBUTE)


@action(rule=admins, says="set the life-cycle stage {result}")
def change_lifecycle_stage(
    actor: Actor,
    *,
    stage: Annotated[LifecycleStage | None, Field(description="None adds one")] = None,
    name: Name | None = None,
    is_live: Annotated[bool | None, Field(description="Customers use products in this stage")] = None,
    position: int | None = None,
) -> LifecycleStage:
    """Adds or changes a stage of a product's life."""
    if stage is not None:
        return change(stage, name=name, is_live=is_live, position=position)
    place = LifecycleStage.objects.count() if position is None else position
    return create(LifecycleStage, name=_named(name), is_live=bool(is_live), position=place)


@action(rule=admins, says="removed the life-cycle stage {stage}")
def remove_lifecycle_stage(actor: Actor, *, stage: LifecycleStage) -> None:
    """Removes a stage that no product is in."""
    try:
        stage.delete()
    except ProtectedError:
        raise Invalid({"stage": "a product is in it; move the product first"}) from None


@action(rule=admins, says="set the gate {result}")
def change_gate(
    actor: Actor,
    *,
    gate: Annotated[Gate | None, Field(description="None adds one")] = None,
    name: Name | None = None,
    asks: Annotated[str | None, Field(description="What must be known to pass")] = None,
    position: int | None = None,
) -> Gate:
    """Adds or changes a gate at which it is decided whether to go on."""
    if gate is not None:
        return change(gate, name=name, asks=asks, position=position)
    place = Gate.objects.count() if position is None else position
    return create(Gate, name=_named(name), asks=asks or "", position=place)


@action(rule=admins, says="removed the gate {gate}")
def remove_gate(actor: Actor, *, gate: Gate) -> None:
    """Removes a gate; decisions that passed it stay."""
    gate.delete()


def _named(name: str | None) -> str:
    if not name:
        raise Invalid({"name": "a new one needs a name"})
    return name
