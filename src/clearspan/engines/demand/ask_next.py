"""Where would a few more interviews make the verdict surer?"""

from __future__ import annotations

import numpy as np
from scipy.special import expit
from scipy.stats import binom

from clearspan.engines.demand.grid import Grid
from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.verdict import VERDICTS, label


def value_of_interviews(drawn: Floats, grid: Grid, settings: Settings) -> Floats:
    """(J, G) rise in the probability that the most probable verdict is right, by a round of interviews in a segment.

    Accounts not heard from yet are asked about this very opportunity. The expected value of sample information
    (Raiffa and Schlaifer 1961) under a gain of one for a right verdict; it is never negative. `drawn` has the joint
    draws (J, S, G) of the segments' prevalences.
    """
    opportunities, draws, segments = drawn.shape
    verdict = label((drawn >= settings.threshold).sum(axis=2), segments)  # (J, S)
    # Draws are counted by segment, verdict and bin of prevalence: answers are then weighed a bin and not a draw.
    bin_ = np.searchsorted(expit(grid.edges[1:-1]), drawn)
    shape = (opportunities, segments, len(VERDICTS), len(grid.psi))
    place = np.arange(opportunities)[:, None] * segments * shape[2] + verdict  # of the first segment
    place = place[..., None] + np.arange(segments) * shape[2]
    share = np.bincount((place * shape[3] + bin_).ravel(), minlength=int(np.prod(shape))).reshape(shape) / draws
    after = (share @ _answers(grid.psi, settings)).max(axis=2).sum(axis=2)
    return np.asarray(np.maximum(after - share.sum(axis=3).max(axis=2), 0.0))


def _answers(psi: Floats, settings: Settings) -> Floats:
    """(Q, interviews + 1) probability of so many yeses at each prevalence."""
    yes = settings.prompted_false_yes + psi * (settings.prompted_yes - settings.prompted_false_yes)
    return np.asarray(binom.pmf(np.arange(settings.interviews + 1), settings.interviews, yes[:, None]))
