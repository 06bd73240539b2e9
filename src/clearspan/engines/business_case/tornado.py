"""By how much the mean NPV moves when one quantity is held at its p10 and at its p90, the others drawn as ever.

All ends are run on the same draws, so that the swing is the quantity's alone and not chance's. What is correlated with
it is not moved along: the question is what this one number does. Only the steps that read it, directly or through
other steps, are computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.program import Program
from clearspan.engines.business_case.simulation import each_block
from clearspan.engines.business_case.world import World


@dataclass(frozen=True)
class Swing:
    """A quantity's p10 and p90, and the mean NPV with it held at either."""

    label: str
    p10: float
    p90: float
    npv_at_p10: float
    npv_at_p90: float


def tornado(program: Program, world: World, u: Array, mean: float) -> list[Swing]:
    """The swing of every uncertain quantity, widest first. u: the draws it is run on; mean: of the NPV."""
    labels = [label for label in program.drivers if world.quantities[label].is_uncertain]
    ends = {label: world.quantities[label].distribution.quantile(np.array([0.1, 0.9])) for label in labels}
    after = {label: program.after(label) for label in labels}

    def moved(slots: Mapping[str, Array], block: slice) -> Array:
        """By how much the NPV moves in the mean of a block, times its size: (quantities, 2)."""
        worth = {step.target: _worth(program, slots[step.target]) for step in program.cash}
        out = np.zeros((len(labels), 2))
        for row, label in enumerate(labels):
            for end in (0, 1):
                changed = program.run({**slots, label: ends[label][end : end + 1]}, after[label])
                for step in after[label]:
                    if step.sign:
                        out[row, end] += step.sign * (_worth(program, changed[step.target]) - worth[step.target])
        return np.asarray(out * (block.stop - block.start))

    total = np.zeros((len(labels), 2))
    for _, part in each_block(program, world, u, moved):
        total += part
    at = mean + total / u.shape[1]
    swings = [Swing(label, *map(float, ends[label]), *map(float, at[row])) for row, label in enumerate(labels)]
    return sorted(swings, key=lambda swing: -abs(swing.npv_at_p90 - swing.npv_at_p10))


def _worth(program: Program, value: Array) -> float:
    return float((program.discount @ value).mean())
