"""Runs a case over all draws, a block at a time, and keeps of each draw only what the result needs.

Blocks are small enough for their arrays to stay in a processor's cache, which is worth a factor of five; two are worked
on at once. What a block gives does not depend on the others, and sums over blocks are taken in their order, so the
digits are the same however they were scheduled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.business_case import measures
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.program import Program
from clearspan.engines.business_case.world import World

BLOCK = 2048
# Pictures and rates of return rest on this many draws: a longer run sharpens the means, and these no more to the eye.
DETAILED = 2**14

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Paths:
    """Draws of one case. `flows` (periods + 1, at most DETAILED draws); the other arrays are (draws,)."""

    npv: Array
    payback: Array
    peak_funding: Array
    irr: Array  # NaN where there is none or there are several; of the detailed draws
    irr_count: NDArray[np.intp]
    flows: Array
    line_means: Mapping[str, Array]  # by step name, (periods + 1,)


def simulate(program: Program, world: World, u: Array) -> Paths:
    """Runs a program on draws u (uncertain quantities, draws) of its world."""
    draws = u.shape[1]
    detailed = min(draws, DETAILED)
    own = [step for step in program.steps if step.target.startswith(f"[{program.case.name}]")]

    flows, means = np.empty((program.case.periods + 1, detailed)), [np.zeros(program.case.periods + 1) for _ in own]

    def condense(slots: Mapping[str, Array], block: slice) -> tuple[Array, Array, Array, list[Array]]:
        size = block.stop - block.start
        cash = flow(program, slots, size)
        total = measures.cumulated(cash)
        sums = []
        if block.stop <= detailed:
            flows[:, block] = cash
            sums = [_sum(slots[step.target], size) / detailed for step in own]
        return program.discount @ cash, measures.payback(total), measures.peak_funding(total), sums

    npv, payback, peak = np.empty(draws), np.empty(draws), np.empty(draws)
    for block, (worth, back, most, sums) in each_block(program, world, u, condense):
        npv[block], payback[block], peak[block] = worth, back, most
        for mean, part in zip(means, sums, strict=bool(sums)):
            mean += part
    irr, count = measures.irr(flows, program.case.periods_a_year)
    lines = {step.name: mean for step, mean in zip(own, means, strict=True)}
    return Paths(npv, payback, peak, irr, count, flows, lines)


def each_block(
    program: Program, world: World, u: Array, condense: Callable[[dict[str, Array], slice], _Found]
) -> Iterable[tuple[slice, _Found]]:
    """Runs the program on each block of draws, and what `condense` makes of its slots, in order."""
    draws = u.shape[1]
    blocks = [slice(start, min(start + BLOCK, draws)) for start in range(0, draws, BLOCK)]

    def work(block: slice) -> _Found:
        slots = program.run(world.values(u[:, block], program.drivers))
        return condense(slots, block)

    _keep_freed_memory()
    if len(blocks) == 1:
        return [(blocks[0], work(blocks[0]))]
    with ThreadPoolExecutor(max_workers=2) as pool:  # NumPy lets go of Python's lock while it computes
        return list(zip(blocks, pool.map(work, blocks), strict=True))


def flow(program: Program, slots: Mapping[str, Array], draws: int, *, gates: bool = True) -> Array:
    """The net cash of each period, (periods + 1, draws); without what gates cost when `gates` is False."""
    cash = np.zeros((program.case.periods + 1, draws))
    for step in program.cash:
        if gates or step.gate is None:
            (np.add if step.sign > 0 else np.subtract)(cash, slots[step.target], out=cash)
    return cash


def _sum(value: Array, size: int) -> Array:
    """The sum over a block's draws, of a value that may be the same in all of them."""
    return np.asarray(value @ np.ones(size) if value.shape[1] == size else value[:, 0] * size)


def _keep_freed_memory() -> None:
    """Makes glibc keep the memory of freed arrays for the next ones.

    It gives arrays of this size back to the system at once, and faults each page in anew, which takes ten times as
    long as the arithmetic; having seen a larger array freed, it stops. Elsewhere this does nothing, at no cost.
    """
    np.empty(30 * 2**20, dtype=np.uint8)
