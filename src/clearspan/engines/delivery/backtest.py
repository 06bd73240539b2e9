"""Forecasts as they would have been made in the past, held against what came (rolling origin)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from clearspan.engines.delivery.calibration import LEVELS, Calibration, block_at
from clearspan.engines.delivery.futures import cumulative, futures
from clearspan.engines.delivery.inputs import Ints, Settings
from clearspan.engines.delivery.pace import Pace, paces

FROM = 6  # blocks of history before the first past forecast
RECENT = 12  # blocks whose mean says how much work fills a window
SURE = 0.97  # a past forecast is judged once this share of its futures would have been finished


@dataclass(frozen=True)
class Backtest:
    """What past dates at LEVELS came to, as they would have been shown: each corrected by what was known then."""

    count: int
    window: int  # blocks that a past forecast looked ahead, about
    windows: float  # how many forecasts that share no week the overlapping ones are worth
    came: tuple[float, ...]  # share of the dates at each of LEVELS that came true
    uncorrected: tuple[float, ...]  # the same without any correction
    calibration: Calibration  # what they say about the forecast of today

    def error(self, level: float) -> float:
        """Standard error of the share that comes true where the level is honest."""
        return float(np.sqrt(level * (1 - level) / max(self.windows, 1.0)))


NO_BACKTEST = Backtest(0, 0, 0.0, (), (), Calibration())


def backtest(weeks: Ints, window: int, rng: Generator, settings: Settings) -> Backtest:
    """Forecasts work that fills about `window` blocks, again and again, each time knowing only what came before.

    A forecast is judged when SURE of its futures would have been finished within the history: that depends on the
    forecast alone, so slow work is not left out for being slow.
    """
    n = len(weeks)
    window = int(np.clip(window, 1, max(1, n // 4)))
    spacing = max(1, -(-(n - FROM) // settings.backtest_at_most))
    origins = list(range(n - 1, FROM - 1, -spacing))[::-1]
    tried = [_past(weeks, now, window, rng, settings) for now in paces(weeks, origins)]
    known = [past for past in tried if past is not None]
    if not known:
        return replace(NO_BACKTEST, window=window)
    came, calibration = _replay(known, min(1.0, spacing / window))
    return Backtest(
        count=len(known),
        window=window,
        windows=min(float(len(known)), max(1.0, (known[-1].origin - known[0].origin + spacing) / window)),
        came=tuple(np.mean(came, axis=0).tolist()),
        uncorrected=tuple(float(np.mean([past.reached < level for past in known])) for level in LEVELS),
        calibration=calibration,
    )


@dataclass(frozen=True)
class _Past:
    origin: int  # blocks of history it knew
    known_at: int  # block at which its outcome is known
    reached: float  # share of its futures that were finished before the real work was; 1 where it still is not


def _past(weeks: Ints, now: Pace, window: int, rng: Generator, settings: Settings) -> _Past | None:
    """One forecast after the weeks that `now` knows, or None where its outcome is not known yet."""
    origin = len(now.weeks)
    work = max(1, round(window * float(np.mean(now.weeks[-RECENT:]))))
    horizon = len(weeks) - origin
    by = cumulative(futures(now, np.full(settings.backtest_draws, float(work)), rng, horizon), horizon)
    due = block_at(by, SURE)
    if due is None:
        return None
    took = int(np.searchsorted(np.cumsum(weeks[origin:]), work)) + 1
    if took > horizon:
        return _Past(origin, len(weeks), 1.0)  # not finished yet, though it nearly surely would have been
    return _Past(origin, origin + max(due, took), float(by[took - 1]))


def _replay(known: list[_Past], share: float) -> tuple[list[NDArray[np.bool_]], Calibration]:
    """Whether each date came true as it would have been shown, and what is learnt from all of them."""
    now = Calibration()
    came: list[NDArray[np.bool_]] = []
    waiting: list[tuple[int, NDArray[np.bool_]]] = []
    for past in known:
        for _, true in (one for one in waiting if one[0] <= past.origin):
            now = now.after(true, share)
        waiting = [one for one in waiting if one[0] > past.origin]
        came.append(now.came_true(past.reached))
        waiting.append((past.known_at, came[-1]))
    for _, true in waiting:
        now = now.after(true, share)
    return came, now
