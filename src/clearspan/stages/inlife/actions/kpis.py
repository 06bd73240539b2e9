"""KPIs: what they are, where they should be by when, and what they stood at."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change, clear
from clearspan.catalogue.models import Product
from clearspan.catalogue.rules import works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.inlife.models import KPI, KPIReading

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), Field(description="What is counted")
]
Unit = Annotated[str, Field(max_length=40, description="Such as %, days, tickets a week")]
Value = Annotated[float, Field(allow_inf_nan=False)]
Target = Annotated[Value | None, Field(description="Where it should be")]
By = Annotated[date | None, Field(description="By when")]
Chance = Annotated[float | None, Field(ge=0, le=1, description="How likely it is that it gets there, 0 to 1")]
Text = Annotated[str, Field(max_length=10_000, description="What exactly it counts, and from where")]


@action(rule=works_on, says="keeps an eye on {result}")
def add_kpi(
    actor: Actor,
    *,
    product: Product,
    name: Name,
    unit: Unit = "",
    direction: Annotated[KPI.Direction, Field(description="up: more is better; down: less is")] = KPI.Direction.UP,
    text: Text = "",
    target: Target = None,
    target_on: By = None,
    chance: Chance = None,
    owner: Annotated[User | None, Field(description="Who answers for it; None is who asks")] = None,
) -> KPI:
    """Adds a number by which a product is steered."""
    _is_ours(owner)
    _target_fits(target, target_on, chance)
    try:
        with transaction.atomic():
            made: KPI = KPI.objects.create(
                product=product, name=name, unit=unit, direction=direction, text=text, target=target,
                target_on=target_on, chance=chance, owner=owner or actor.person,
                target_set_on=timezone.localdate() if target is not None else None,
            )  # fmt: skip
    except IntegrityError:
        raise Invalid({"name": "this product has a KPI of this name already"}) from None
    return made


@action(rule=works_on, says="changed the KPI {kpi}")
def change_kpi(
    actor: Actor,
    *,
    kpi: KPI,
    name: Name | None = None,
    unit: Unit | None = None,
    direction: KPI.Direction | None = None,
    text: Text | None = None,
    target: Target = None,
    target_on: By = None,
    chance: Chance = None,
    owner: User | None = None,
    without_target: Annotated[bool, Field(description="True: it has no target any more")] = False,
    is_archived: Annotated[bool | None, Field(description="True: it is no longer looked at; its readings stay")] = None,
) -> KPI:
    """Changes what is given and leaves the rest. A target that moves is a new one, from today."""
    _is_ours(owner)
    if without_target:
        clear(kpi, target=True, target_on=True, chance=True, target_set_on=True)
    else:
        aim = kpi.target if target is None else target
        by = kpi.target_on if target_on is None else target_on
        moves = (aim, by) != (kpi.target, kpi.target_on)
        chance = chance if chance is not None or moves else kpi.chance
        _target_fits(aim, by, chance)
        if moves:
            kpi.chance = chance
            change(kpi, target=aim, target_on=by, target_set_on=timezone.localdate())
            kpi.save(update_fields=["chance"])
        elif chance is not None:
            change(kpi, chance=chance)
    return change(kpi, name=name, unit=unit, direction=direction, text=text, owner=owner, is_archived=is_archived)


@action(rule=works_on, says="noted {kpi}: {result.value:g} {kpi.unit}")
def record_kpi_reading(
    actor: Actor,
    *,
    kpi: KPI,
    value: Value,
    day: Annotated[date | None, Field(description="What it stood at on which day; None is today")] = None,
    source: Annotated[str, Field(max_length=200, description="Where it is from")] = "",
    note: Annotated[str, Field(max_length=10_000, description="What explains it")] = "",
) -> KPIReading:
    """Notes what a KPI stood at. A day that was noted before is replaced."""
    on = day or timezone.localdate()
    if on > timezone.localdate():
        raise Invalid({"day": "that day is still to come"})
    made: KPIReading
    made, _ = KPIReading.objects.update_or_create(
        kpi=kpi, day=on, defaults={"value": value, "source": source, "note": note}
    )
    return made


@action(rule=works_on, says="took back {reading}")
def remove_kpi_reading(actor: Actor, *, reading: KPIReading) -> None:
    """Removes what was noted for a day."""
    reading.delete()


def _is_ours(owner: User | None) -> None:
    if owner is not None and owner.function_id is None:
        raise Invalid({"owner": "one of the company’s people answers for a KPI"})


def _target_fits(target: float | None, by: date | None, chance: float | None) -> None:
    if target is not None and by is None:
        raise Invalid({"target_on": "say by when; a target without a day can never be missed"})
    if target is None and by is not None:
        raise Invalid({"target": "say where it should be by then"})
    if target is None and chance is not None:
        raise Invalid({"chance": "there is no target that could be reached"})
