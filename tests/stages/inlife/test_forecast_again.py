"""A forecast is made again, once, when the books it was made of are others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.actions import Invalid
from clearspan.core.imports.actions import undo_import
from clearspan.core.models import Event
from clearspan.core.undo import undo
from clearspan.stages.inlife import jobs
from clearspan.stages.inlife.actions import (
    change_ledger_entry,
    count_ledger_version,
    put_ledger_version_aside,
    record_ledger_entry,
    remove_ledger_entry,
    remove_ledger_version,
)
from clearspan.stages.inlife.models import LedgerEntry, LedgerForecast, LedgerLine
from clearspan.stages.inlife.studies import forecast
from tests.core.imports.conftest import Begin, begin, bring
from tests.stages.inlife.books import book, grown, version
from tests.world import World

__all__ = ["begin", "bring"]

PAST = date(2026, 1, 1)


def waiting() -> list[int]:
    """Products whose forecast is to be looked at anew."""
    return [job.args["product"] for job in ProcrastinateJob.objects.filter(task_name="inlife.refresh")]


def clear() -> None:
    """As if the worker had done them. The queue's own table is not for Django to write."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'inlife.refresh'")


def record(world: World, amount: int, **more: object) -> LedgerEntry:
    line = LedgerLine.objects.get(name="Subscriptions")
    return record_ledger_entry(
        world.ines, product=world.tideline, line=line, month=PAST, amount=Decimal(amount), **more
    )


def test_many_entries_by_hand_ask_for_it_once(world: World) -> None:
    entries = [record(world, amount) for amount in (10, 20, 30)]
    change_ledger_entry(world.ines, entry=entries[0], amount=Decimal(11))
    remove_ledger_entry(world.ines, entry=entries[1])
    assert waiting() == [world.tideline.pk]


@pytest.mark.parametrize("does", [count_ledger_version, put_ledger_version_aside, remove_ledger_version])
def test_which_version_counts_is_another_ledger(world: World, does: object) -> None:
    actual = version(world.tideline)
    does(world.ines, version=actual)  # type: ignore[operator]  # one of the three
    assert waiting() == [world.tideline.pk]


def test_a_plan_tells_nothing_of_what_will_be(world: World) -> None:
    record(world, 10, kind="budget")
    assert waiting() == []


def test_a_change_that_is_undone_asks_again(world: World) -> None:
    entry = record(world, 10)
    change_ledger_entry(world.ines, entry=entry, amount=Decimal(11))
    clear()
    undo(world.ines, event=Event.objects.get(action="change_ledger_entry"))
    assert waiting() == [world.tideline.pk]
    clear()
    undo(world.ines, event=Event.objects.get(action="record_ledger_entry"))
    assert waiting() == [world.tideline.pk], "an entry that went"


def test_an_import_that_is_taken_back_asks_again(world: World, bring: Begin) -> None:
    rows = "Product,Type,Line,Period,Value\nTideline,{},Subscriptions,2026-01,300\n"
    planned = bring(world.ines, rows.format("Budget"), "ledger", options={})
    undo_import(world.ines, file=planned)
    assert waiting() == []
    undo_import(world.ines, file=bring(world.ines, rows.format("Actual"), "ledger", options={}))
    assert waiting() == [world.tideline.pk]


def test_what_is_refused_asks_for_nothing(world: World) -> None:
    with pytest.raises(Invalid):
        record_ledger_entry(
            world.ines,
            product=world.tideline,
            line=LedgerLine.objects.first(),
            month=date(2999, 1, 1),
            amount=Decimal(1),
        )
    assert waiting() == []


def test_the_worker_makes_it_only_of_other_books(world: World) -> None:
    book(version(world.tideline), grown("Subscriptions", date(2025, 6, 1), 8, 100, 5))
    jobs.refresh(world.tideline.pk)
    assert LedgerForecast.objects.get().status == "waiting"
    forecast.run(LedgerForecast.objects.get().pk)
    jobs.refresh(world.tideline.pk)
    assert LedgerForecast.objects.count() == 1
    book(version(world.tideline), [("Subscriptions", date(2026, 1, 1), 7)])
    jobs.refresh(world.tideline.pk)
    assert LedgerForecast.objects.count() == 2
