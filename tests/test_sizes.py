"""No screen asks the database more often because there is more in it."""

from __future__ import annotations

from benchmarks.simulators.company import fill
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clearspan.catalogue.models import Product
from clearspan.core.models import Import
from tests.browser.company import found
from tests.browser.pages import SCREENS, Rows
from tests.world import World

# Share of a large company's rows (three at least), and pieces of feedback. Little is enough for studies to speak.
LITTLE, MUCH = (0.001, 20), (0.004, 60)


def test_screens_take_as_many_queries_for_much_as_for_little(db: None) -> None:
    world, rows = found()
    little, much = (_asked(world, rows, *size) for size in (LITTLE, MUCH))
    assert {title: (n, much[title]) for title, n in little.items() if much[title] != n} == {}


def _asked(world: World, rows: Rows, scale: float, heard: int) -> dict[str, int]:
    """Screen to its number of queries in a company of a size, which is gone afterwards."""
    with transaction.atomic():
        for number in range(heard):
            world.feedback(f"Boat {number} waited off the mole.", brought_by=rows[Import], external_id=f"T-{number}")
        fill(rows | {Product: world.tideline}, scale)
        told = {f"{one.title} {one.who}": _queries(world, one.address(rows), one.who) for one in SCREENS}
        transaction.set_rollback(True)
    return told


def _queries(world: World, address: str, who: str | None) -> int:
    client = Client()
    if who:
        client.force_login(getattr(world, who).person)
    client.get(address)  # what is remembered from one request to the next is not counted
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
