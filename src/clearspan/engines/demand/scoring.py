"""Scores opportunities against a prior, in batches that fit a processor's cache better than all at once would."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from clearspan.engines.demand.beliefs import Beliefs, beliefs, joined
from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram, LeftOut
from clearspan.engines.demand.inputs import Floats, Market, Settings
from clearspan.engines.demand.posterior import Other, mixed, posterior, turns
from clearspan.engines.demand.prior import Prior
from clearspan.engines.demand.surface import Single, log_cells, log_surface

BATCH_BYTES = 2_000_000  # of one (J, G, P, Q) array


@dataclass(frozen=True)
class Scorer:
    """Everything but the opportunities: the grid, the prior, the market and the points at which it is drawn."""

    grid: Grid
    prior: Prior
    market: Market
    points: Floats
    settings: Settings

    def score(self, histogram: Histogram, left_out: LeftOut) -> Beliefs:
        """Beliefs about every opportunity in the histogram."""
        size = histogram.segments * len(self.grid.p) * len(self.grid.psi) * 4
        count = histogram.changes.shape[0] // histogram.segments
        step = max(1, BATCH_BYTES // size)
        tables = [log_cells(histogram, self.grid, node.nuisance, self.settings) for node in self.prior.nodes]

        def batch(start: int) -> Beliefs:
            stop = min(start + step, count)
            part = replace(histogram, changes=histogram.changes[start * histogram.segments : stop * histogram.segments])
            alone = LeftOut(left_out.segment[start:stop], left_out.cell[start:stop])
            return self._batch(part, alone, tables)

        starts = range(0, count, step)
        if len(starts) == 1:
            return batch(0)
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # NumPy and SciPy let go of the interpreter's lock
            return joined(list(pool.map(batch, starts)))

    def _batch(self, histogram: Histogram, left_out: LeftOut, tables: list[Single]) -> Beliefs:
        parts = []
        rows = np.flatnonzero(left_out.cell >= 0)
        segment = left_out.segment[rows]
        weights = np.array([node.weight for node in self.prior.nodes])
        turn = turns(weights, len(self.points))
        for i, (node, table) in enumerate(zip(self.prior.nodes, tables, strict=True)):
            surface = log_surface(histogram, table)
            other = Other(rows, segment, surface[rows, segment] - table[left_out.cell[rows]])
            parts.append(posterior(surface, other, self.grid, node, self.points[turn == i]))
        return beliefs(mixed(parts, weights), self.grid, self.market, self.settings)
