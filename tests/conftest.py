"""Where tests run: a database server of their own under var/test, started when it is first needed."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
for name in [name for name in os.environ if name.startswith("CLEARSPAN_") and name != "CLEARSPAN_BENCH_DATA"]:
    del os.environ[name]  # what a developer has set for themselves must not change what the tests say
os.environ["CLEARSPAN_HOME"] = os.environ.get("HOME_OF_TESTS", str(ROOT / "var" / "test"))

import pytest  # noqa: E402 the environment comes first: Django's settings are read from it

from tests.world import World  # noqa: E402


@pytest.fixture
def world(db: None) -> World:
    """A small company of named people; see tests/world.py."""
    return World.make()
