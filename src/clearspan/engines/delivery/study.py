"""The delivery study: from what was finished, and when, to when the rest will be."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from clearspan.engines.delivery.ageing import cycle_times
from clearspan.engines.delivery.backtest import NO_BACKTEST, backtest
from clearspan.engines.delivery.calibration import Calibration, block_at
from clearspan.engines.delivery.futures import cumulative, futures, progress
from clearspan.engines.delivery.inputs import UNKNOWN, Floats, Ints, Items, NoForecast, Settings, Work
from clearspan.engines.delivery.pace import Pace, pace
from clearspan.engines.delivery.result import FAN, Dates, DeliveryResult
from clearspan.engines.delivery.throughput import throughput

VERSION = "1"  # raised whenever the same history gives other digits

FAN_DRAWS = 2_000
FAN_BLOCKS = 104  # two years


def study(
    items: Items, work: Work, rng: Generator, settings: Settings | None = None, start: int | None = None
) -> DeliveryResult:
    """Forecasts when `work` is finished, from the items finished before the day `start`.

    `start` is the day after the last finish unless it is given. Raises NoForecast where the history is too short.
    """
    settings = settings or Settings()
    start = day_after_the_last_finish(items) if start is None else start
    now = pace(throughput(items.finished, start))
    by = _by(now, work, rng, settings)
    likely, sure = block_at(by, 0.5), block_at(by, 0.95)
    held = NO_BACKTEST
    if settings.recalibrate:
        held = backtest(now.weeks, likely or settings.horizon, rng, settings)
    times, ageing = cycle_times(items, start)
    return DeliveryResult(
        start=start,
        by=held.calibration.of(by),
        work=work,
        weeks=now.weeks,
        pace=now.mean,
        fan=_fan(now, held.calibration, rng, min(sure or FAN_BLOCKS, FAN_BLOCKS)),
        cycle_time=times,
        ageing=ageing,
        backtest=held,
    )


def what_if(
    weeks: Ints, work: Work, calibration: Calibration, rng: Generator, start: int, settings: Settings | None = None
) -> Dates:
    """Dates for other work or another first day, at the pace and with the corrections of a study that was made."""
    settings = settings or Settings(draws=2_000)
    return Dates(start, calibration.of(_by(pace(weeks), work, rng, settings)))


def day_after_the_last_finish(items: Items) -> int:
    """The first day of which nothing is known. Raises NoForecast where nothing was finished."""
    last = int(items.finished.max(initial=UNKNOWN))
    if last == UNKNOWN:
        raise NoForecast("no finished item", "finished items to learn the pace from")
    return last + 1


def _by(now: Pace, work: Work, rng: Generator, settings: Settings) -> Floats:
    """Share of the futures in which the work is finished by block 0, 1, 2, ..."""
    needed = work.remaining * rng.uniform(*work.growth, settings.draws)
    return cumulative(futures(now, needed, rng, settings.horizon), settings.horizon)


def _fan(now: Pace, calibration: Calibration, rng: Generator, blocks: int) -> Floats:
    """Items finished after each block with at least the probability of each level of FAN, as corrected as the dates."""
    levels = np.interp(FAN, calibration.of(_GRID), _GRID)
    return np.asarray(np.quantile(progress(now, FAN_DRAWS, rng, blocks), 1 - levels, axis=1).T)


_GRID = np.linspace(0, 1, 1_001)
