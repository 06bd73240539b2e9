"""The company's own settings: its name and money, functions, roles, stages of a product's life, gates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.actions.changing import PersonName, Position, ShortName, change, create, named, remove
from clearspan.catalogue.models import Gate, LifecycleStage, Product, ProductRole, Role
from clearspan.catalogue.rules import admins
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor, Kind
from clearspan.core.models import Company, Function

KIND = "^(" + "|".join(kind for kind, _ in Kind.LABELS) + ")$"


@action(rule=admins, says="changed the company's settings")
def change_company(
    actor: Actor,
    *,
    name: PersonName | None = None,
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="Three letters, such as GBP")] | None = None,
    discount_rate: Annotated[
        Decimal, Field(ge=0, lt=1, max_digits=5, decimal_places=4, description="A year, as a fraction: 0.09")
    ]
    | None = None,
    need_threshold: Annotated[
        Decimal, Field(gt=0, lt=1, max_digits=5, decimal_places=4, description="As a fraction of a segment: 0.05")
    ]
    | None = None,
    year_starts: Annotated[
        int | None, Field(ge=1, le=12, description="The month that a year of the books begins with: 4 is April")
    ] = None,
) -> Company:
    """Changes the company's name, currency, discount rate (a year), the share from which a need is a segment's, and the
    month that its years begin with."""
    return change(
        Company.ours(), name=name, currency=currency, discount_rate=discount_rate, need_threshold=need_threshold,
        year_starts=year_starts,
    )  # fmt: skip


@action(rule=admins, says="set the function {result}")
def change_function(
    actor: Actor,
    *,
    function: Annotated[Function | None, Field(description="None adds one")] = None,
    name: ShortName | None = None,
    kind: Annotated[str, Field(pattern=KIND, description="What its people may do")] | None = None,
    is_scarce: Annotated[bool | None, Field(description="Its people limit what can be built: plans count them")] = None,
    position: Position | None = None,
) -> Function:
    """Adds or changes a function of the company."""
    if function is not None:
        return change(function, name=name, kind=kind, is_scarce=is_scarce, position=position)
    place = Function.objects.count() if position is None else position
    return create(Function, name=named(name), kind=kind or Kind.OTHER, is_scarce=bool(is_scarce), position=place)


@action(rule=admins, says="removed the function {function}")
def remove_function(actor: Actor, *, function: Function) -> None:
    """Removes a function that has no people and that no estimate or plan counts."""
    remove(function, "function", "people, invitations, estimates or plans are of it")


@action(rule=admins, says="set the role {result}")
def change_role(
    actor: Actor,
    *,
    role: Annotated[Role | None, Field(description="None adds one")] = None,
    name: ShortName | None = None,
    grants: Annotated[Role.Grants | None, Field(description="manage, contribute or see")] = None,
) -> Role:
    """Adds or changes a role that people may have on products."""
    if role is None:
        return create(Role, name=named(name), grants=grants or Role.Grants.CONTRIBUTE)
    if role.grants == Role.Grants.MANAGE and grants not in (None, Role.Grants.MANAGE):
        _somebody_still_manages(role, "grants")
    return change(role, name=name, grants=grants)


@action(rule=admins, says="removed the role {role}")
def remove_role(actor: Actor, *, role: Role) -> None:
    """Removes a role that nobody has."""
    if role.grants == Role.Grants.MANAGE:
        _somebody_still_manages(role, "role")
    remove(role, "role", "people have it; give them another first")


@action(rule=admins, says="set the life-cycle stage {result}")
def change_lifecycle_stage(
    actor: Actor,
    *,
    stage: Annotated[LifecycleStage | None, Field(description="None adds one")] = None,
    name: ShortName | None = None,
    is_live: Annotated[bool | None, Field(description="Customers use products in this stage")] = None,
    position: Position | None = None,
) -> LifecycleStage:
    """Adds or changes a stage of a product's life."""
    if stage is not None:
        return change(stage, name=name, is_live=is_live, position=position)
    place = LifecycleStage.objects.count() if position is None else position
    return create(LifecycleStage, name=named(name), is_live=bool(is_live), position=place)


@action(rule=admins, says="removed the life-cycle stage {stage}")
def remove_lifecycle_stage(actor: Actor, *, stage: LifecycleStage) -> None:
    """Removes a stage that no product is in."""
    remove(stage, "stage", "a product is in it; move the product first")


@action(rule=admins, says="set the gate {result}")
def change_gate(
    actor: Actor,
    *,
    gate: Annotated[Gate | None, Field(description="None adds one")] = None,
    name: ShortName | None = None,
    asks: Annotated[str | None, Field(description="What must be known to pass")] = None,
    position: Position | None = None,
) -> Gate:
    """Adds or changes a gate at which it is decided whether to go on."""
    if gate is not None:
        return change(gate, name=name, asks=asks, position=position)
    place = Gate.objects.count() if position is None else position
    return create(Gate, name=named(name), asks=asks or "", position=place)


@action(rule=admins, says="removed the gate {gate}")
def remove_gate(actor: Actor, *, gate: Gate) -> None:
    """Removes a gate; decisions that passed it stay."""
    gate.delete()


def _somebody_still_manages(without: Role, parameter: str) -> None:
    """Raises Invalid when, without this role's rights, a product has no manager or a new one could have none."""
    managing = Role.objects.filter(grants=Role.Grants.MANAGE).exclude(pk=without.pk)
    if not managing.exists():
        raise Invalid({parameter: "it is the only role that manages products; make another first"})
    kept = ProductRole.objects.filter(role__in=managing, person__is_active=True).values("product")
    orphan = Product.objects.filter(roles__role=without).exclude(pk__in=kept).order_by("name").first()
    if orphan is not None:
        raise Invalid({parameter: f"nobody else would manage {orphan}; give somebody another managing role first"})
