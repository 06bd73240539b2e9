from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LIMIT = 3.267  # D4 for ranges of two: mean range to upper limit
FEWEST = 5  # moves before it, under which nobody can say what is usual
RUN = 3  # moves in the wrong direction


@dataclass(frozen=True)
class Surprise:
    """A reading moved by `moved`; until then it moved by `usual` in the mean, up or down."""

    moved: float
    usual: float

    @property
    def times(self) -> float:
        """How many times the usual move; infinite where it never moved."""
        return abs(self.moved) / self.usual if self.usual else float("inf")


def surprise(values: Sequence[float]) -> Surprise | None:
    """Whether the last of the values is surprising after those before it; None when it is not, or too few are known."""
    moves = [after - before for before, after in pairwise(values)]
    if len(moves) <= FEWEST:
        return None
    usual = sum(map(abs, moves[:-1])) / (len(moves) - 1)
    found = Surprise(moves[-1], usual)
    return found if abs(moves[-1]) > LIMIT * usual else None


def gets_worse(values: Sequence[float], up_is_good: bool) -> bool:
    """Whether the last `RUN` moves all went the wrong way."""
    last = list(values[-RUN - 1 :])
    if len(last) <= RUN:
        return False
    return all((after < before) if up_is_good else (after > before) for before, after in pairwise(last))
