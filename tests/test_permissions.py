"""Who may do and see what: one grid over every action and every kind of row, kept in permissions.txt.

The grid is golden: a change to it is a change of who may do what, and has to be meant. Write it anew with
`REWRITE=1 python -m pytest tests/test_permissions.py`, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from clearspan.catalogue.models import Product, ProductRole
from clearspan.catalogue.rules import manages, works_on
from clearspan.core import tracking
from clearspan.core.actions import Action, NotThere, find, registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import Event
from tests.one_of_each import one_of_each
from tests.world import PERSONAS, World

GRID = Path(__file__).with_name("permissions.txt")
WHO = {
    "ines": "product manager", "devi": "development", "sol": "sales", "leda": "leadership", "otto": "other function",
    "cora": "customer", "kit": "supplier", "xan": "outsider",
}  # fmt: skip
Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World) -> Rows:
    return one_of_each(world)


def test_the_grid_of_who_may_do_and_see_what_is_as_written(world: World, rows: Rows) -> None:
    grid = _grid(world, rows)
    if os.environ.get("REWRITE"):
        GRID.write_text(grid, encoding="utf-8")
    assert grid == GRID.read_text(encoding="utf-8")


def test_every_kind_of_row_is_in_the_grid(rows: Rows) -> None:
    missing = {model.__name__ for model in tracking.tracked_models()} - {model.__name__ for model in rows}
    assert not missing


def test_nobody_sees_a_confidential_product_without_a_role_on_it_but_leadership(world: World) -> None:
    sees = {who for who in PERSONAS if Product.objects.visible_to(getattr(world, who)).filter(key="umbra").exists()}
    assert sees == {"ines", "leda"}


def test_a_manager_of_one_product_may_do_nothing_to_another(world: World, rows: Rows) -> None:
    """Ines manages Umbra still: that must not help her with Tideline more than any product manager's kind does."""
    ProductRole.objects.filter(person=world.ines.person, product=world.tideline).delete()
    world.ines.person.is_admin = False
    by_role = [name for name, action in registry.items() if action.rule in (manages, works_on)]
    assert by_role
    assert [name for name in by_role if _may(registry[name], world.ines, rows) == "yes"] == []


def _grid(world: World, rows: Rows) -> str:
    width = max(len(name) for name in registry) + 2
    head = f"{'':{width}}" + "  ".join(f"{WHO[who]:15}" for who in PERSONAS).rstrip()
    lines = ["May do (yes), may not (no), does not see what it is about (-)", "", head]
    for name, action in sorted(registry.items(), key=lambda item: (item[1].stage, item[0])):
        cells = [_may(action, getattr(world, who), rows) for who in PERSONAS]
        lines.append(f"{name:{width}}" + "  ".join(f"{cell:15}" for cell in cells).rstrip())
    lines += ["", "Sees", "", head]
    for model in sorted(rows, key=lambda model: (model._meta.app_label, model.__name__)):
        cells = ["yes" if _sees(getattr(world, who), model, rows[model]) else "-" for who in PERSONAS]
        label = f"{model._meta.app_label} {model._meta.verbose_name}"
        lines.append(f"{label:{width}}" + "  ".join(f"{cell:15}" for cell in cells).rstrip())
    return "\n".join(lines) + "\n"


def _may(action: Action, actor: Actor, rows: Rows) -> str:
    given: dict[str, Any] = {}
    for name, (hint, _) in action.parameters.items():
        model, many = row_type(hint)
        if model is None:
            given[name] = None
            continue
        try:
            row = find(actor, model, rows[model] if model is Event else rows[model].ref)
        except NotThere:
            return "-"
        given[name] = [row] if many else row
    return "yes" if action.rule(actor, given) else "no"


def _sees(actor: Actor, model: type[models.Model], row: models.Model) -> bool:
    return bool(model._default_manager.visible_to(actor).filter(pk=row.pk).exists())  # type: ignore[attr-defined]
