"""The likelihood of every opportunity over the grid of detection and prevalence, segment by segment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.histogram import Histogram
from clearspan.engines.demand.inputs import Settings
from clearspan.engines.demand.likelihood import Nuisance, log_mixture, log_with_need, log_without_need
from clearspan.engines.demand.tally import SAID_NO, SAID_YES

Single = NDArray[np.float32]  # half the memory of doubles, and to 0.01 as good for a log-likelihood


def log_cells(cells: Histogram, grid: Grid, nuisance: Nuisance, settings: Settings) -> Single:
    """(C, P, Q): log-probability of one account in each cell at each detection and prevalence."""
    with_need = log_with_need(cells.n, cells.y, grid.p, nuisance) + _answer(cells.asked, settings.prompted_yes)[:, None]
    without = log_without_need(cells.n, cells.y, nuisance) + _answer(cells.asked, settings.prompted_false_yes)
    single = (with_need.astype(np.float32), without.astype(np.float32), grid.psi.astype(np.float32))
    return log_mixture(single[0][:, :, None], single[1][:, None, None], single[2])


def log_surface(histogram: Histogram, table: Single) -> Single:
    """(J, G, P, Q): log-likelihood of each opportunity in each segment."""
    cells, points, bins = table.shape
    flat = table.reshape(cells, points * bins)
    silent = np.asarray(histogram.silent @ flat)
    surface = np.asarray(histogram.changes @ flat).reshape(-1, histogram.segments, points * bins)
    surface += silent.astype(np.float32)
    return surface.reshape(-1, histogram.segments, points, bins)


def _answer(asked: NDArray[np.int64], yes: float) -> NDArray[np.float64]:
    return np.select([asked == SAID_YES, asked == SAID_NO], [np.log(yes), np.log1p(-yes)], 0.0)
