"""Small portfolios for the tests, and the answer found by trying every plan there is."""

from __future__ import annotations

from itertools import product

import numpy as np

from clearspan.engines.portfolio import NOT_CHOSEN, Bucket, Problem
from clearspan.engines.portfolio.check import violations
from clearspan.engines.portfolio.scoring import objective


def tried(problem: Problem) -> tuple[float, np.ndarray] | None:
    """The best plan of all, by enumeration: (objective, starts), or None when none keeps the rules."""
    choices = [range(NOT_CHOSEN, len(problem.periods))] * len(problem.options)
    plans = (np.array(starts) for starts in product(*choices))
    kept = [(objective(problem, starts), starts) for starts in plans if not violations(problem, starts)]
    return max(kept, key=lambda scored: scored[0], default=None)


def anything(seed: int, options: int = 5, periods: int = 3, *, risk: float = 0.0, draws: int = 40) -> Problem:
    """A random portfolio that uses every kind of rule."""
    rng = np.random.default_rng(seed)
    value = rng.uniform(-5, 40, options)
    return Problem.of(
        [f"option {k}" for k in range(options)],
        rng.integers(0, 7, (options, 2)),
        rng.integers(3, 7, (periods, 2)),
        value,
        duration=rng.integers(1, 3, options),
        earliest=rng.integers(0, 2, options),
        cost=rng.integers(0, 6, options),
        delay_cost=rng.uniform(0, 4, options),
        bucket=[("new", "upkeep")[k % 2] for k in range(options)],
        buckets=[Bucket("new", 0.2, 0.7)],
        requires=[(options - 1, 0)],
        excludes=[(1, 2)],
        draws=value + rng.normal(0, 10, (draws, options)) if risk else None,
        budget=14,
        risk=risk,
    )


def one_function(value: list[float], effort: list[float], room: list[float], **more: object) -> Problem:
    """Options that need one function only; `room` is its capacity a period."""
    names = [chr(ord("a") + k) for k in range(len(value))]
    columns = [[each] for each in effort]
    return Problem.of(names, columns, [[each] for each in room], value, functions=["design"], **more)  # type: ignore[arg-type]
