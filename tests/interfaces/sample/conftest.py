"""The sample company's market and words, drawn once; and a small one in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from clearspan.interfaces.sample import building, cast, deals, feedback, occupancy
from clearspan.interfaces.sample.rows import Rows

TODAY = date(2026, 3, 18)
SEED = 1
NAMES = ("Rimewatch", "Bayslot", "Lotbook")


@dataclass(frozen=True)
class Drawn:
    """Everything that was said, before it becomes rows."""

    market: occupancy.Market
    parties: list[cast.Party]
    pieces: list[feedback.Piece]


def draw(seed: int = SEED, today: date = TODAY) -> Drawn:
    market = occupancy.draw(seed)
    parties = cast.cast(market, seed)
    return Drawn(market, parties, feedback.write(market, parties, NAMES, today, seed))


@pytest.fixture(scope="session")
def drawn() -> Drawn:
    return draw()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company that says a tenth of what the sample company says."""
    make_small(monkeypatch)


def make_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "TOTAL", 700)
    monkeypatch.setattr(feedback, "UNSORTED", 80)
    monkeypatch.setattr(occupancy, "OCCASIONS", {"rimewatch": 330, "bayslot": 140, "lotbook": 130})
    monkeypatch.setattr(occupancy, "LOUD", {"rimewatch": 20, "bayslot": 8, "lotbook": 8})
    monkeypatch.setattr(occupancy, "SURVEYS", {"rimewatch": ("only-when-worth-it", 210, 30)})
    monkeypatch.setattr(deals, "DEALS", 60)
    monkeypatch.setattr(deals, "ASKS", 16)


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:
    """A small sample company in the database, without its studies; taken away after the module."""
    with pytest.MonkeyPatch.context() as monkeypatch, django_db_blocker.unblock(), transaction.atomic():
        make_small(monkeypatch)
        yield building.write_rows(TODAY, SEED)
        transaction.set_rollback(True)
