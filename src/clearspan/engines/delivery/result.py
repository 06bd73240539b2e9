"""What a delivery study says. `to_dict` is the JSON of `clearspan study delivery`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from clearspan.engines.delivery.ageing import PERCENTILES, Ageing, CycleTime
from clearspan.engines.delivery.backtest import Backtest
from clearspan.engines.delivery.calibration import LEVELS, block_at
from clearspan.engines.delivery.inputs import Floats, Ints, Work
from clearspan.engines.delivery.throughput import BLOCK, last_day
from clearspan.engines.delivery.words import answer, record

DIGITS = 4  # of a probability; ten thousand futures know no more
TOLD = 0.995  # the distribution ends once it is this sure
FAN = (0.05, 0.15, 0.50, 0.85, 0.95)  # levels of the fan


@dataclass(frozen=True)
class Dates:
    """When it is done, as far as that is known."""

    start: int  # the first day that is forecast (`date.toordinal()`)
    by: Floats  # probability that all is finished by block 0, 1, 2, ... up to the horizon

    def date_at(self, level: float) -> date | None:
        """The last day of the block by which all is finished with that probability; None after the horizon."""
        block = block_at(self.by, level)
        return None if block is None else date.fromordinal(last_day(self.start, block))


@dataclass(frozen=True)
class DeliveryResult(Dates):
    """All that the study says. Days are day numbers (`date.toordinal()`)."""

    work: Work
    weeks: Ints  # items finished a block, the oldest first
    pace: float  # items a week, now
    fan: Floats  # (blocks, len(FAN)) items finished after each block at least, at each level of FAN
    cycle_time: CycleTime | None
    ageing: tuple[Ageing, ...]
    backtest: Backtest

    @property
    def answer(self) -> str:
        """The first line, in words."""
        return answer(self.date_at(0.5), self.date_at(0.85))

    def to_dict(self) -> dict[str, Any]:
        return {
            "from": _iso(self.start),
            "remaining": self.work.remaining,
            "growth": list(self.work.growth),
            "answer": self.answer,
            "dates": {_name(level): _or_none(self.date_at(level)) for level in LEVELS},
            "distribution": self._distribution(),
            "unfinished_after_horizon": round(1 - float(self.by[-1]), DIGITS),
            "fan": [
                {"date": _iso(last_day(self.start, block))}
                | {_name(level): round(float(items), 1) for level, items in zip(FAN, row, strict=True)}
                for block, row in enumerate(self.fan, start=1)
            ],
            "throughput": self._throughput(),
            "cycle_time": self.cycle_time
            and {"n": self.cycle_time.count, "measured_from": self.cycle_time.measured_from}
            | {f"p{share}": days for share, days in zip(PERCENTILES, self.cycle_time.days, strict=True)},
            "ageing": [
                {"id": item.id, "since": _iso(item.since), "age": item.age, "percentile": round(100 * item.passed)}
                for item in self.ageing
            ],
            "backtest": self._backtest(),
        }

    def _distribution(self) -> list[dict[str, Any]]:
        """From the first block in which all may be finished to the one by which it nearly surely is."""
        first = block_at(self.by, 1e-6)
        if first is None:
            return []
        sure = block_at(self.by, TOLD)
        last = len(self.by) - 1 if sure is None else sure
        return [
            {"block": k, "date": _iso(last_day(self.start, k)), "by": round(float(self.by[k]), DIGITS)}
            for k in range(max(first, 1), last + 1)
        ]

    def _throughput(self) -> dict[str, Any]:
        return {
            "block_days": BLOCK,
            "from": _iso(self.start - BLOCK * len(self.weeks)),
            "finished": self.weeks.tolist(),
            "mean": round(float(self.weeks.mean()), 2),
            "now": round(self.pace, 2),
        }

    def _backtest(self) -> dict[str, Any]:
        held = self.backtest
        return {
            "words": record(held),
            "n": held.count,
            "window": held.window,
            "windows": round(held.windows, 1),
            "came_true": _by_level(held.came),
            "uncorrected": _by_level(held.uncorrected),
            "standard_error": _by_level(tuple(held.error(level) for level in LEVELS)) if held.count else {},
            "read_at": _by_level(held.calibration.read_at),
        }


def _by_level(values: tuple[float, ...]) -> dict[str, float]:
    return {_name(level): round(value, DIGITS) for level, value in zip(LEVELS, values, strict=False)}


def _name(level: float) -> str:
    return f"p{round(100 * level):02d}"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _or_none(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
