"""The company's own settings: who changes them, and that nothing in use is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clearspan.catalogue.actions import (
    change_company,
    change_function,
    change_gate,
    change_lifecycle_stage,
    change_role,
    remove_function,
    remove_gate,
    remove_lifecycle_stage,
    remove_role,
)
from clearspan.catalogue.models import Gate, LifecycleStage, Role
from clearspan.core.actions import Action, Invalid, Refused
from clearspan.core.models import Company, Function
from clearspan.core.undo import undo
from tests.world import World


def test_the_company_changes_what_is_given(world: World) -> None:
    change_company(world.ines, currency="SEK", discount_rate=Decimal("0.12"))
    company = Company.ours()
    assert (company.name, company.currency, company.discount_rate) == ("Harbour & Vale", "SEK", Decimal("0.12"))


@pytest.mark.parametrize(
    "given",
    [{"currency": "pounds"}, {"discount_rate": 9}, {"need_threshold": 0}, {"year_starts": 13}, {"name": "  "}],
    ids=str,
)
def test_what_a_setting_cannot_be_is_refused(world: World, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=next(iter(given))):
        change_company(world.ines, **given)


@pytest.mark.parametrize(
    "setting", [change_company, change_function, change_role, change_lifecycle_stage, change_gate], ids=lambda a: a.name
)
def test_only_admins_change_settings(world: World, setting: Action) -> None:
    for actor in (world.devi, world.sol, world.leda, world.cora):
        with pytest.raises(Refused):
            setting(actor, name="Mine")


@pytest.mark.parametrize(
    ("setting", "model"),
    [
        (change_function, Function),
        (change_role, Role),
        (change_lifecycle_stage, LifecycleStage),
        (change_gate, Gate),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_new_one_needs_a_name_of_its_own_and_stands_last(world: World, setting: Action, model: Any) -> None:
    made = setting(world.ines, name="Something new")
    if hasattr(made, "position"):
        assert made == model.objects.order_by("position").last()
    with pytest.raises(Invalid, match="of this name already"):
        setting(world.ines, name="Something new")
    with pytest.raises(Invalid, match="needs a name"):
        setting(world.ines)


def test_a_function_with_people_stays(world: World) -> None:
    with pytest.raises(Invalid, match="are of it"):
        remove_function(world.ines, function=Function.objects.get(name="Sales"))
    done = remove_function.perform(world.ines, function=Function.objects.get(name="Legal"))
    undo(world.ines, event=done.event)
    assert Function.objects.filter(name="Legal").exists()


def test_a_stage_with_products_and_a_role_somebody_has_stay(world: World) -> None:
    stage = LifecycleStage.objects.get(name="Growing")
    world.tideline.stage = stage
    world.tideline.save()
    with pytest.raises(Invalid, match="move the product first"):
        remove_lifecycle_stage(world.ines, stage=stage)
    with pytest.raises(Invalid, match="people have it"):
        remove_role(world.ines, role=Role.objects.get(name="Engineering lead"))


def test_a_gate_goes(world: World) -> None:
    remove_gate(world.ines, gate=Gate.objects.get(name="Worth building"))
    assert not Gate.objects.filter(name="Worth building").exists()
