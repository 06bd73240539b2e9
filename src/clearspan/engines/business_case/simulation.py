"""Runs a case over all draws, a block at a time, and keeps of each draw only what the result needs.

Blocks are small enough for their arrays to stay in a processor's cache, which is worth a factor of five.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from clearspan.engines.business_case import measures
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.program import Program
from clearspan.engines.business_case.world import World

BLOCK = 1024
# Pictures and rates of return rest on this many draws: a longer run sharpens the means, and these no more to the eye.
DETAILED = 2**14


@dataclass(frozen=True)
class Level:
    """What the mean NPV is with one quantity held at its p10 and at its p90, the others drawn as ever."""

    label: str
    p10: float
    p90: float
    npv_at_p10: float
    npv_at_p90: float


@dataclass(frozen=True)
class Paths:
    """Draws of one case. `flows` (periods + 1, at most DETAILED draws); the other arrays are (draws,)."""

    npv: Array
    payback: Array
    peak_funding: Array
    irr: Array  # NaN where there is none or there are several; of the detailed draws
    irr_count: Array
    flows: Array
    line_means: Mapping[str, Array]  # by step name, (periods + 1,)
    levels: tuple[Level, ...]


def simulate(program: Program, world: World, u: Array, *, tornado: bool) -> Paths:
    """Runs a program on draws u (uncertain quantities, draws) of its world."""
    draws, periods = u.shape[1], program.case.periods
    detailed = min(draws, DETAILED)
    npv, payback, peak = np.empty(draws), np.empty(draws), np.empty(draws)
    flows, irr, count = np.empty((periods + 1, detailed)), np.empty(detailed), np.empty(detailed)
    means = {step.target: np.zeros(periods + 1) for step in program.steps}
    swings = _Swings(program, world) if tornado else None
    for block, slots in blocks(program, world, u):
        cash = flow(program, slots, block.stop - block.start)
        total = measures.cumulated(cash)
        npv[block] = program.discount @ cash
        payback[block], peak[block] = measures.payback(total), measures.peak_funding(total)
        if block.stop <= detailed:
            flows[:, block] = cash
            irr[block], count[block] = measures.irr(cash, program.case.periods_a_year)
        for target, mean in means.items():
            mean += slots[target].mean(axis=1) * (cash.shape[1] / draws)
        if swings:
            swings.add(slots, cash.shape[1])
    levels = swings.levels(float(npv.mean()), draws) if swings else ()
    lines = {
        step.name: means[step.target] for step in program.steps if step.target.startswith(f"[{program.case.name}]")
    }
    return Paths(npv, payback, peak, irr, count, flows, lines, levels)


def blocks(program: Program, world: World, u: Array) -> Iterator[tuple[slice, dict[str, Array]]]:
    """Each block of draws with every slot of the program computed on it."""
    for start in range(0, u.shape[1], BLOCK):
        block = slice(start, min(start + BLOCK, u.shape[1]))
        yield block, program.run(world.values(u[:, block], program.drivers))


def flow(program: Program, slots: Mapping[str, Array], draws: int, *, gates: bool = True) -> Array:
    """The net cash of each period, (periods + 1, draws); without what gates cost when `gates` is False."""
    cash = np.zeros((program.case.periods + 1, draws))
    for step in program.cash:
        if gates or step.gate is None:
            (np.add if step.sign > 0 else np.subtract)(cash, slots[step.target], out=cash)
    return cash


class _Swings:
    """Gathers, over the blocks, by how much the NPV moves when one quantity is held at its p10 or p90.

    Only the steps that read the quantity, directly or not, are computed anew.
    """

    def __init__(self, program: Program, world: World) -> None:
        self.program = program
        self.labels = [label for label in program.drivers if world.quantities[label].is_uncertain]
        self.ends = {
            label: world.quantities[label].distribution.quantile(np.array([0.1, 0.9])) for label in self.labels
        }
        self.after = {label: program.after(label) for label in self.labels}
        self.moved = {label: np.zeros(2) for label in self.labels}

    def add(self, slots: Mapping[str, Array], draws: int) -> None:
        worth = {step.target: self._worth(slots[step.target]) for step in self.program.cash}
        for label in self.labels:
            for end in (0, 1):
                held = {**slots, label: self.ends[label][end : end + 1]}
                changed = self.program.run(held, self.after[label])
                self.moved[label][end] += draws * sum(
                    step.sign * (self._worth(changed[step.target]) - worth[step.target])
                    for step in self.after[label]
                    if step.sign
                )

    def levels(self, mean: float, draws: int) -> tuple[Level, ...]:
        return tuple(
            Level(label, *map(float, self.ends[label]), *map(float, mean + self.moved[label] / draws))
            for label in self.labels
        )

    def _worth(self, value: Array) -> float:
        return float((self.program.discount @ value).mean())
