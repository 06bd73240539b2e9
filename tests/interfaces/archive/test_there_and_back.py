"""Exported, restored into an empty database, exported again: the same company, byte for byte."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from clearspan.core.actions import registry
from clearspan.core.imports import files
from clearspan.core.models import Change, Event, Import
from clearspan.core.undo import undo
from clearspan.interfaces.archive import checking, contents, restoring, upgrades
from clearspan.stages.opportunities.models import Opportunity
from tests.browser.pages import Rows
from tests.interfaces.archive.conftest import everything, wipe
from tests.interfaces.archive.forging import forged
from tests.world import PASSWORD, World

Export = Callable[..., Path]
Company = tuple[World, Rows]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_company_that_is_restored_is_the_same_byte_for_byte_but_for_the_stamp(
    company: Company, export: Export, settings: Settings, tmp_path: Path
) -> None:
    first, before = export("first.zip"), everything()
    assert not {name for name, rows in before.items() if not rows}, "a kind of row is not tried"
    wipe()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    restoring.restore(checking.check(first))
    assert everything() == before
    expected, again = members(first), members(export("again.zip"))
    stamps = [json.loads(held.pop("stamp.json")) for held in (expected, again)]
    assert again == expected
    assert {name for name in stamps[0] if stamps[0][name] != stamps[1][name]} <= {"written_at"}


def test_people_sign_in_undo_what_they_did_before_and_new_rows_get_new_numbers(
    company: Company, export: Export, settings: Settings, tmp_path: Path
) -> None:
    path, history = export(), Change.objects.count()
    highest = Opportunity.objects.order_by("pk").last().pk
    wipe()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    restoring.restore(checking.check(path))
    assert Change.objects.count() == history, "bringing rows in is no history"
    browser = Client()
    browser.post("/account/login/", {"login": "ines@example.org", "password": PASSWORD})
    assert "Know where who lies" in browser.get("/tideline/opportunities").content.decode()
    world, need = company[0], Opportunity.objects.get(title="Know where who lies")
    undo(world.ines, event=Event.objects.get(action="change_opportunity"))
    need.refresh_from_db()
    assert need.title == "Know who lies where"
    assert Opportunity.objects.filter(search="know").exists(), "what PostgreSQL works out is worked out"
    made = registry["create_opportunity"](world.ines, product=world.tideline, title="New here")
    assert made.pk == highest + 2, "the number of a row that is gone is not given again"
    assert Change.objects.filter(event__action="create_opportunity", row=made.pk).exists(), "history goes on"
    assert files.path_of(Import.objects.get().digest).read_bytes() == b"a,b\n1,2\n"


def test_references_are_held_after_a_restore_as_before(company: Company, export: Export) -> None:
    path = export()
    wipe()
    restoring.restore(checking.check(path))
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.update(product_id=99_999)
        connection.check_constraints()


def test_every_model_is_in_or_left_out_for_a_reason() -> None:
    there = {kind._meta.label for kind in apps.get_models(include_auto_created=True)}
    assert contents.LEFT_OUT.keys() <= there, "a reason for something that is no more"
    assert {table.name for table in contents.tables()} == there - contents.LEFT_OUT.keys()
    assert all(len(reason) > 20 for reason in contents.LEFT_OUT.values())


def test_no_file_of_the_company_lies_where_an_archive_would_miss_it() -> None:
    """Files are named by their content, below MEDIA_ROOT, and rows by digest. A FileField would name them otherwise."""
    fields = [field for kind in apps.get_models() for field in kind._meta.fields]
    assert not [str(field) for field in fields if isinstance(field, models.FileField)]


def test_a_person_reads_it_with_an_editor(company: Company, export: Export) -> None:
    held = members(export())
    assert "clearspan restore" in held["README.txt"].decode()
    lines = held["tables/catalogue.Account.jsonl"].decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    northmole = next(row for row in rows if row["name"] == "Northmole Marina")
    assert northmole["value"] == "12000.00"
    assert northmole["created_at"].endswith("+00:00")
    assert next(iter(northmole)) == "id"
    assert "search" not in northmole


def test_what_came_later_than_an_archive_gets_its_default(
    company: Company, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export()
    older = forged(path, lambda held: _without_column(held, "catalogue.Line", "created_at"))
    wipe()
    with pytest.raises(checking.Unusable, match="Line lacks created_at"):
        checking.check(older)
    older = forged(path, lambda held: _without_column(held, "core.Company", "discount_rate"))
    restoring.restore(checking.check(older))
    assert str(everything()["core.Company"][0]["discount_rate"]) == "0.0900"


def test_an_archive_of_an_older_format_goes_through_its_steps(
    company: Company, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export()

    def step(table: str, row: upgrades.Row) -> tuple[str, upgrades.Row] | None:
        if table == "catalogue.Line":
            row["name"] += ", renamed"
        return None if table == "core.Comment" else (table, row)

    monkeypatch.setattr(upgrades, "STEPS", {contents.FORMAT: step})
    for module in (checking, restoring):
        monkeypatch.setattr(module, "FORMAT", contents.FORMAT + 1)
    wipe()
    restoring.restore(checking.check(path))
    held = everything()
    assert held["catalogue.Line"][0]["name"] == "Harbour, renamed"
    assert held["core.Comment"] == []


def _without_column(held: dict[str, bytes], table: str, column: str) -> None:
    name = f"tables/{table}.jsonl"
    rows = [json.loads(line) for line in held[name].splitlines()]
    held[name] = b"".join(
        json.dumps({key: value for key, value in row.items() if key != column}).encode() + b"\n" for row in rows
    )
    manifest = json.loads(held["manifest.json"])
    next(one for one in manifest["tables"] if one["name"] == table)["columns"].remove(column)
    held["manifest.json"] = json.dumps(manifest).encode()
