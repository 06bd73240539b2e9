"""What a delivery study is given: when items were created, started and finished, and how much is left to do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

UNKNOWN = 0  # a date that is not known, or did not happen yet; day numbers start at 1


class NoForecast(ValueError):  # noqa: N818 it is an answer, not an error
    """The history cannot carry a forecast. `found` and `expected` say why, in words."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"found {found}, expected {expected}")
        self.found, self.expected = found, expected


@dataclass(frozen=True)
class Items:
    """Work items; arrays of equal length. Dates are day numbers (`date.toordinal()`), or UNKNOWN."""

    ids: tuple[str, ...]
    created: Ints
    started: Ints
    finished: Ints

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.created) == len(self.started) == len(self.finished):
            raise ValueError("every item has its three dates, known or not")
        for first, second in (("created", "started"), ("started", "finished"), ("created", "finished")):
            if np.any(out_of_order(getattr(self, first), getattr(self, second))):
                raise ValueError(f"an item is {second} before it is {first}")

    def __len__(self) -> int:
        return len(self.ids)


def out_of_order(earlier: Ints, later: Ints) -> NDArray[np.bool_]:
    """Where both dates are known and the later one comes first."""
    return np.asarray((earlier != UNKNOWN) & (later != UNKNOWN) & (later < earlier))


@dataclass(frozen=True)
class Work:
    """What is left: `remaining` items, which become `growth` times as many until they are finished (uniform)."""

    remaining: int
    growth: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        if self.remaining < 1:
            raise ValueError("there is work left: remaining is 1 or more")
        low, high = self.growth
        if not 0 < low <= high < np.inf:
            raise ValueError("the work grows from a factor over 0 to one that is not smaller")


@dataclass(frozen=True)
class Settings:
    """What a person may decide about a delivery study."""

    draws: int = 10_000  # simulated futures
    horizon: int = 520  # blocks after which a future counts as never: ten years
    recalibrate: bool = True  # let the backtest move the dates
    backtest_draws: int = 500  # futures for each past forecast
    backtest_at_most: int = 120  # past forecasts, spread over the history

    def __post_init__(self) -> None:
        if self.draws < 100:
            raise ValueError("draws is 100 or more")
        if self.horizon < 1 or self.backtest_draws < 100 or self.backtest_at_most < 1:
            raise ValueError("the limits of a delivery study are too small")
