"""How a long computation is limited, watched and stopped from outside. The engine itself has no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

Stop: TypeAlias = Callable[[], bool]
Progress: TypeAlias = Callable[[float, str], None]


@dataclass(frozen=True)
class Limits:
    """How much work a solution may take, in counts that are the same on every machine.

    `iterations`: rounds of the local search for each option. `nodes` of branch and bound (None: no limit). `seed` of
    both.
    """

    iterations: int = 5
    nodes: int | None = 200
    seed: int = 0

    def share(self, part: float) -> Limits:
        """The same with a part of the work, for one of many re-solves."""
        nodes = None if self.nodes is None else max(1, round(part * self.nodes)) if self.nodes else 0
        return replace(self, iterations=round(part * self.iterations), nodes=nodes)


def never() -> bool:
    """A stop that is not asked for."""
    return False


def silent(fraction: float, words: str) -> None:
    """Progress that nobody watches."""


def within(progress: Progress, low: float, high: float) -> Progress:
    """Progress of a part that runs from `low` to `high` of the whole."""
    return lambda fraction, words: progress(low + (high - low) * fraction, words)
