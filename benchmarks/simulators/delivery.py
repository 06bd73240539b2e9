"""Invented teams whose future is known: steady, uneven, in spells, drifting, and with holidays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS = ("steady", "uneven", "spells", "drifting", "holidays")
FUTURE = 400  # weeks simulated after the history
SLOWEST, FASTEST = 1.5, 12.0  # items a week
SHORTEST, LONGEST = 4.0, 16.0  # weeks of work that are left, at the past's mean pace


@dataclass(frozen=True)
class Team:
    """What was finished in each past week, the work that is left, and in which week it is finished."""

    kind: str
    past: Ints
    remaining: int
    took: int


def team(kind: str, weeks: int, rng: Generator) -> Team:
    """A team of that kind after so many weeks, one of which at least finished something."""
    while True:
        finished = rng.poisson(_pace(kind, weeks, rng))
        past, future = finished[:weeks].astype(np.int64), finished[weeks:]
        if past[0] and past.sum() >= 2:  # history begins with the first finish
            break
    remaining = max(1, round(float(past.mean() * rng.uniform(SHORTEST, LONGEST))))
    done = np.cumsum(future) >= remaining
    return Team(kind, past, remaining, int(done.argmax()) + 1 if done.any() else FUTURE + 1)


def _pace(kind: str, weeks: int, rng: Generator) -> Floats:
    """Expected items in each week of the history and the future."""
    count = weeks + FUTURE
    pace = np.full(count, np.exp(rng.uniform(np.log(SLOWEST), np.log(FASTEST))))
    if kind == "uneven":  # variance of a week: mean + mean^2 / 1.5
        pace *= rng.gamma(1.5, 1 / 1.5, count)
    if kind == "spells":  # good and bad months: the logarithm is an AR(1), 0.7 from week to week
        pace *= np.exp(_autoregressive(0.7, 0.5, count, rng))
    if kind == "drifting":  # 8 % a week up or down, for a year and more
        walk = np.cumsum(0.08 * rng.standard_normal(count))
        walk[weeks + 60 :] = walk[weeks + 59]
        pace *= np.exp(walk - walk[weeks // 2])
    if kind == "holidays":  # two weeks in which a tenth is done, every 14 to 33 weeks
        week = int(rng.integers(-20, 20))
        while week < count:
            pace[max(week, 0) : max(week + 2, 0)] *= 0.1
            week += int(rng.integers(14, 34))
    return pace


def _autoregressive(kept: float, spread: float, count: int, rng: Generator) -> Floats:
    noise = spread * rng.standard_normal(count)
    out = np.empty(count)
    out[0] = noise[0]
    for t in range(1, count):
        out[t] = kept * out[t - 1] + np.sqrt(1 - kept**2) * noise[t]
    return out
