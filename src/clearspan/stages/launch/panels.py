"""What launches say on earlier pages: how far a need has come, and an option's way to market."""

from __future__ import annotations


def provide() -> None:
    """Registers this stage's answers."""
