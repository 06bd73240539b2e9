"""Where would a few more interviews make the verdict surer?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from clearspan.engines.demand.inputs import Floats, Settings
from clearspan.engines.demand.verdict import VERDICTS, label


def value_of_interviews(drawn: Floats, settings: Settings) -> Floats:
    """(J, G) rise in the probability that the most probable verdict is right, by a round of interviews in a segment.

    Accounts not heard from yet are asked about this very opportunity. The expected value of sample information
    (Raiffa and Schlaifer 1961) under a gain of one for a right verdict; it is never negative. `drawn` has the joint
    draws (J, S, G) of the segments' prevalences.
    """
    opportunities, draws, segments = drawn.shape
    verdict = label((drawn >= settings.threshold).sum(axis=2), segments)  # (J, S)
    member = (verdict[:, None, :] == np.arange(len(VERDICTS))[:, None]).astype(float)  # (J, V, S)
    now = member.mean(axis=2).max(axis=1)
    yes = settings.prompted_false_yes + drawn * (settings.prompted_yes - settings.prompted_false_yes)
    after = np.zeros((opportunities, segments))
    for answers in range(settings.interviews + 1):
        chance = _binomial(answers, settings.interviews, yes)
        after += (member @ chance / draws).max(axis=1)
    return np.asarray(np.maximum(after - now[:, None], 0.0))


def _binomial(k: int, n: int, chance: Floats) -> NDArray[np.float64]:
    return np.asarray(binom.pmf(k, n, 0.5) * 2.0**n * chance**k * (1 - chance) ** (n - k))
