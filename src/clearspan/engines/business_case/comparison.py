"""Cases beside each other: which is best, how sure that is, and what finding out would be worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clearspan.engines.business_case import information
from clearspan.engines.business_case.distributions import Array


@dataclass(frozen=True)
class Comparison:
    """Across cases, in the same draws.

    best: the case with the highest mean NPV, None when none is above 0. probability_best: the share of draws in which
    a case has the highest NPV of all the cases, ties shared. probability_none: the share in which all lose.
    regret[a][b]: the mean of what b would have brought over a, where it would. evpi, evppi: choosing the best or none.
    """

    best: str | None
    probability_best: Mapping[str, float]
    probability_none: float
    regret: Mapping[str, Mapping[str, float]]
    evpi: float
    evppi: Mapping[str, float]


def compare(npv: Mapping[str, Array], evppi: Mapping[str, float]) -> Comparison:
    """`npv`: (draws,) of each case; `evppi` by quantity, computed beside the cases' own."""
    names, values = list(npv), np.stack(list(npv.values()))
    means = values.mean(axis=1)
    wins = values == values.max(axis=0)
    shares = (wins / wins.sum(axis=0)).mean(axis=1)
    regret = {
        a: {b: float(np.maximum(values[j] - values[i], 0).mean()) for j, b in enumerate(names) if j != i}
        for i, a in enumerate(names)
    }
    return Comparison(
        best=names[int(means.argmax())] if means.max() > 0 else None,
        probability_best=dict(zip(names, map(float, shares), strict=True)),
        probability_none=float((values < 0).all(axis=0).mean()),
        regret=regret,
        evpi=information.evpi(values),
        evppi=evppi,
    )
