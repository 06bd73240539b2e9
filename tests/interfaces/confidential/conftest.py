"""One company for all these tests: each works in a transaction inside the one that made it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from clearspan.ui import pdf
from tests.interfaces.confidential.doors import Doors
from tests.interfaces.confidential.planted import Rows, company
from tests.world import World


@pytest.fixture(scope="package")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, Rows]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield company()
        transaction.set_rollback(True)


@pytest.fixture
def world(planted: tuple[World, Rows], db: None) -> World:
    return planted[0]


@pytest.fixture
def rows(planted: tuple[World, Rows], db: None) -> Rows:
    return planted[1]


@pytest.fixture(scope="package")
def doors(planted: tuple[World, Rows]) -> Doors:
    """Where the product's manager gets to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "pdf", lambda document: repr(document).encode())
        return Doors.of(*planted)


@pytest.fixture(autouse=True)
def documents_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is packed: it is read here before it is set."""
    monkeypatch.setattr(pdf, "pdf", lambda document: repr(document).encode())
