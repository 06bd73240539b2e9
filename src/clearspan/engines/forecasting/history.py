"""What kind of past a series has, with its gaps filled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from clearspan.engines.forecasting.inputs import Floats, Series

FEW = 8  # values under which no method can be fitted
OFTEN_NOTHING = 1 - 1 / 1.32  # share of zeros from which demand is intermittent (Syntetos, Boylan and Croston 2005)
SAME_MONTHS = 0.9  # zeros that agree so much from season to season are a season, not chance


class Kind(StrEnum):
    """What can be said of a past before any method is tried."""

    USUAL = "usual"
    SHORT = "short"  # or mostly gaps
    CONSTANT = "constant"
    INTERMITTENT = "intermittent"


@dataclass(frozen=True)
class History:
    """A past without gaps."""

    values: Floats
    season: int  # 1 where the past is too short to show one
    kind: Kind
    filled: int  # periods that were gaps


def history(series: Series) -> History:
    """The past of a series, every gap filled."""
    gaps = int(np.isnan(series.values).sum())
    season = series.season if len(series.values) >= 2 * series.season + 3 else 1
    values = _filled(series.values, season) if gaps else series.values
    return History(values, season, _kind(values, season, known=len(values) - gaps), gaps)


def _kind(values: Floats, season: int, known: int) -> Kind:
    if known > 1 and np.all(values == values[0]):
        return Kind.CONSTANT
    if known < FEW or 2 * known < len(values):
        return Kind.SHORT
    nothing = values == 0
    if np.all(values >= 0) and np.mean(nothing) > OFTEN_NOTHING and not _seasonal(nothing, season):
        return Kind.INTERMITTENT
    return Kind.USUAL


def _seasonal(nothing: np.ndarray, season: int) -> bool:
    return season > 1 and bool(np.mean(nothing[season:] == nothing[:-season]) >= SAME_MONTHS)


def _filled(values: Floats, season: int) -> Floats:
    """Gaps become the straight line between their neighbours, plus what the place in the season usually adds."""
    at = np.arange(len(values))
    known = np.isfinite(values)
    line = np.interp(at, at[known], values[known])
    if season == 1:
        return line
    slope, level = np.polyfit(at[known], values[known], 1)
    place = at % season
    counts = np.bincount(place[known], minlength=season)
    usual = np.bincount(place[known], (values - level - slope * at)[known], season) / np.maximum(counts, 1)
    without = np.where(known, values - usual[place], np.nan)
    filled = np.interp(at, at[known], without[known]) + usual[place]
    return np.where(known, values, filled)
