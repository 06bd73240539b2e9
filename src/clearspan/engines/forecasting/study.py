"""The forecast study: from what was, by period, to what comes, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from clearspan.engines.forecasting.hierarchy import Hierarchy, reconciled, summed
from clearspan.engines.forecasting.history import Kind, history
from clearspan.engines.forecasting.inputs import Floats, Series, Settings
from clearspan.engines.forecasting.origins import Look, look
from clearspan.engines.forecasting.result import Forecast
from clearspan.engines.forecasting.spread import Spread, spread

VERSION = "1"  # raised whenever the same history gives other digits

Spreader = Callable[[Callable[[Series], Look], Sequence[Series]], Iterable[Look]]


def study(
    series: Sequence[Series], settings: Settings, hierarchy: Hierarchy | None = None, spreader: Spreader = map
) -> list[Forecast]:
    """Forecasts every series, and the wholes of `hierarchy`, which come last unless they were given.

    The series of a hierarchy have one calendar and end in the same period. `spreader` works as `map` does, and may look
    at the series in several processes. Nothing here is random: the same series give the same digits.
    """
    if hierarchy is not None:
        series = _with_wholes(series, hierarchy)
    looks = list(spreader(partial(look, settings=settings), series))
    scales = _scales(looks, [one.season for one in series])
    means, words = {one.name: _kept_on_its_side(one) for one in looks}, dict[str, str]()
    if hierarchy is not None:
        sizes = {name: float(scale.typical(1)[0]) for name, scale in scales.items()}
        added, how = reconciled(hierarchy, means, sizes, {one.name: _sign(one.past.values) for one in looks})
        means |= added
        words = dict.fromkeys(added, f"; {how}")
    return [
        _forecast(one, means[one.name], scales[one.name].half_widths(settings), settings, words.get(one.name, ""))
        for one in looks
    ]


def _with_wholes(series: Sequence[Series], hierarchy: Hierarchy) -> list[Series]:
    """Every whole is the sum of its parts, gaps filled; where it was given, it keeps its place."""
    given = {one.name: one for one in series}
    sums = hierarchy.sums()
    past = {part: history(given[part]).values for part in hierarchy.parts}
    for name, parts in sums.items():
        given[name] = Series(name, summed(past, parts), given[parts[0]].season)
    return list(given.values())


@dataclass(frozen=True)
class _Scale:
    """What one series is multiplied with: its size of a step, how hard it is, and what its pool has learnt."""

    learnt: Spread
    size: float
    own: float

    def typical(self, horizon: int) -> Floats:
        """The mean absolute error at each step."""
        return self.size * self.own * self.learnt.curve(np.arange(1, horizon + 1))

    def half_widths(self, settings: Settings) -> Floats:
        """Half an interval's width by step and level; NaN where there is no size."""
        shape = [self.learnt.quantile(level / 100) for level in settings.levels]
        return np.outer(self.typical(settings.horizon), shape)


def _scales(looks: list[Look], seasons: list[int]) -> dict[str, _Scale]:
    """Of each series; those of one season are a pool, the intermittent ones of it another."""
    pools: dict[tuple[int, bool], list[Look]] = {}
    for one, season in zip(looks, seasons, strict=True):
        pools.setdefault((season, one.past.kind is Kind.INTERMITTENT), []).append(one)
    scales: dict[str, _Scale] = {}
    for pool in pools.values():
        learnt, usual = spread(pool), _usual_size(pool)
        scales |= {one.name: _Scale(learnt, _size(one, usual), learnt.own[one.name]) for one in pool}
    return scales


def _usual_size(pool: list[Look]) -> float:
    """Of a step beside the level, over the series of a pool; NaN where none has one."""
    shares = [one.ahead.size / _level(one) for one in pool if one.ahead.size > 0 and _level(one) > 0]
    return float(np.median(shares)) if shares else float("nan")


def _size(one: Look, usual: float) -> float:
    """A single value has no step: it gets the one that the others have beside their level."""
    return one.ahead.size if np.isfinite(one.ahead.size) else usual * _level(one)


def _level(one: Look) -> float:
    return float(np.mean(np.abs(one.past.values)))


def _sign(values: Floats) -> int:
    return 1 if values.min() >= 0 else -1 if values.max() <= 0 else 0


def _kept_on_its_side(one: Look) -> Floats:
    """What was never below zero is not forecast below zero, nor above what was never above."""
    return _clipped(one.ahead.mean, _sign(one.past.values))


def _clipped(values: Floats, sign: int) -> Floats:
    return values if sign == 0 else sign * np.maximum(sign * values, 0.0)


def _forecast(one: Look, mean: Floats, half: Floats, settings: Settings, words: str) -> Forecast:
    sign = _sign(one.past.values)
    low, high = (_clipped(mean[:, None] + way * half, sign) for way in (-1, 1))
    return Forecast(one.name, mean, low, high, settings.levels, one.method + words, one.past.filled)
