"""Intelligence from files: each thing once, with the competitor and segment it is about where these are here."""

from __future__ import annotations

from typing import Any

from clearspan.catalogue.models import Competitor
from clearspan.core.imports.actions import run_import, start_import, undo_import
from clearspan.stages.evidence.models import Intelligence
from tests.world import World

FILE = (
    "Headline,Source,Date,Rival,Segment\n"
    "Moorings Plus hires in the north,Job advertisements,2026-02-01,moorings plus,Marinas\n"
    "A new harbour law,Gazette,2026-01-02,Nobody Known,\n"
)


def brought(world: World, settings: Any, tmp_path: Any, text: str = FILE) -> Any:
    settings.MEDIA_ROOT = tmp_path / "files"
    Competitor.objects.get_or_create(product=world.tideline, name="Moorings Plus")
    file = start_import(
        world.otto, name="known.csv", kind="intelligence", content=text, options={"product": "tideline"}
    )
    return run_import(world.otto, file=file)


def test_each_thing_comes_once_with_whom_it_is_about(world: World, settings: Any, tmp_path: Any) -> None:
    done = brought(world, settings, tmp_path)
    assert done.status == "done", done.words
    assert any("no competitor Nobody Known" in note for note in done.result["notes"])
    hires = Intelligence.objects.get(title__startswith="Moorings")
    assert (str(hires.competitor), hires.segment, hires.source) == (
        "Moorings Plus",
        world.marinas,
        "Job advertisements",
    )
    again = brought(world, settings, tmp_path)
    assert (again.added, again.known, Intelligence.objects.count()) == (0, 2, 2)
    undo_import(world.otto, file=done)
    assert not Intelligence.objects.exists()


def test_a_day_to_come_is_named_with_its_row(world: World, settings: Any, tmp_path: Any) -> None:
    done = brought(world, settings, tmp_path, FILE.replace("2026-01-02", "2999-01-02"))
    assert done.faults[0]["row"] == 3
