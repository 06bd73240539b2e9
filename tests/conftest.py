"""What every test may ask for."""

from __future__ import annotations

import pytest

from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """A small company of named people; see tests/world.py."""
    return World.make()
