"""A scale shared by every mark that means the same."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from clearspan.ui.numbers import MINUS, NBSP

STEPS = (1, 2, 2.5, 5, 10)
NOUGHT = 1e-12  # what is nearer to nought cannot be counted by, and nothing a product earns is


@dataclass(frozen=True)
class Scale:
    """What stands between `low` and `high` in the unit of the numbers, with `ticks` a reader can count by.

    `factor` and `unit` are for the labels only: a scale in shares of one has factor 100 and unit "%", one in pounds
    that is read in millions has factor 1e-6 and unit "m".
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    factor: float = 1.0
    unit: str = ""

    @classmethod
    def over(
        cls,
        values: Iterable[float],
        *,
        factor: float = 1.0,
        unit: str = "",
        zero: bool = True,
        about: int = 4,
        limits: tuple[float, float] | None = None,
    ) -> "Scale":
        """The scale that holds `values`, with about as many ticks as asked for at round numbers.

        `zero` puts nought on it (leave it out only where the axis is said to be cut); `limits` are ends the scale never
        passes, such as 0 and 1 for a share. Without any value it runs from nought to one.
        """
        known = [v if abs(v) > NOUGHT else 0.0 for v in values if math.isfinite(v)] or [0.0, 1.0]
        low, high = min(known), max(known)
        if zero:
            low, high = min(low, 0.0), max(high, 0.0)
        if high - low <= 1e-9 * max(abs(low), abs(high)):
            low, high = (low, low + 1 / factor) if not low else (min(low, 2 * low), max(0.0, 2 * low))
        step = nice_step((high - low) * factor / about) / factor
        first = math.floor(low / step + 1e-9)
        # The last tick may stand under the highest value; half a step more room is enough for a mark to breathe.
        last = math.floor(high / step + 1e-9)
        high = max(high, last * step)
        ticks = tuple(_clean(i * step) for i in range(first, last + 1))
        if len(ticks) < 3 or high - ticks[-1] > 0.6 * step:
            ticks = (*ticks, _clean((last + 1) * step))
        low, high = min(low, ticks[0]), max(high, ticks[-1])
        if limits is not None:
            low, high = max(low, limits[0]), min(high, limits[1])
            ticks = tuple(t for t in ticks if low <= t <= high)
        return cls(low, high, ticks, factor, unit)

    @classmethod
    def shares(cls, values: Iterable[float], about: int = 4) -> "Scale":
        """A scale for shares of one, labelled in per cent."""
        return cls.over(values, factor=100, unit="%", limits=(0, 1), about=about)

    @classmethod
    def amounts(cls, values: Iterable[float], *, zero: bool = True, about: int = 4) -> "Scale":
        """A scale for money, labelled in k, m or bn, whichever its ends are read best in."""
        known = [v for v in values if math.isfinite(v)]
        widest = max((abs(v) for v in known), default=0.0)
        size, unit = next(((s, u) for s, u in ((1e9, "bn"), (1e6, "m"), (1e3, "k")) if widest >= 0.6 * s), (1.0, ""))
        return cls.over(known, factor=1 / size, unit=unit, zero=zero, about=about)

    def to(self, start: float, end: float) -> Callable[[float], float]:
        """Where a value stands, px, when the scale runs from `start` to `end`; what lies beyond stays at the end."""
        low, high, span, room = self.low, self.high, self.high - self.low, end - start

        def place(value: float) -> float:
            inside = low if value < low else high if value > high else value
            return start + (inside - low) / span * room

        return place

    def label(self, value: float, *, unit: bool = False) -> str:
        """A tick as it is written: as many places as the step between ticks needs, the unit only where asked."""
        step = (self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else self.high - self.low) * self.factor
        shown = round(value * self.factor, 10)
        places = next((p for p in range(5) if abs(step * 10**p - round(step * 10**p)) < 1e-6), 4)
        body = f"{abs(shown):,.{places}f}" if shown else "0"
        return (MINUS if shown < 0 else "") + body + (f"{NBSP}{self.unit}" if unit and self.unit else "")


def nice_step(raw: float) -> float:
    """The round number next above `raw`: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(raw))
    return power * next(s for s in STEPS if raw <= s * power * (1 + 1e-9))


def _clean(value: float) -> float:
    return float(f"{value:.12g}")
