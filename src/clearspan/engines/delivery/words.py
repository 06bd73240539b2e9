"""The study in plain sentences."""

from __future__ import annotations

from datetime import date

from clearspan.engines.delivery.backtest import FROM, Backtest
from clearspan.engines.delivery.calibration import LEVELS

SPEAKS_FROM = 5  # past forecasts under which a share of them says nothing
SAID = 0.85  # the level whose record is told


def answer(likely: date | None, by: date | None) -> str:
    """The first line: the likely date and the one to promise."""
    if likely is None:
        return "At this pace it is as likely as not that the work is not finished within ten years."
    first = f"Likely {_day(likely)}"
    return f"{first}; 85 in 100 by {_day(by)}." if by else f"{first}; no date within ten years is 85 in 100 sure."


def record(held: Backtest) -> str:
    """What came of past dates, or why that cannot be said."""
    if held.count < SPEAKS_FROM:
        return (
            f"There is too little history to say how often such dates came true: {FROM} weeks come before the first "
            f"past forecast, and each {_needs(held.window)}."
        )
    at = LEVELS.index(SAID)
    came, raw = round(100 * held.came[at]), round(100 * held.uncorrected[at])
    said = f"Our 85 % dates came true {came} % of the time, n = {held.count}"
    give = max(1, round(100 * held.error(SAID)))
    weeks = "1 week" if held.window == 1 else f"{held.window} weeks"
    said += f" (each looks about {weeks} ahead; they overlap and are worth {held.windows:.0f}, so ± {give})."
    if raw != came:
        said += f" Without learning from its misses it would have been {raw} %."
    return said


def _needs(window: int) -> str:
    """What a past forecast takes until it can be judged."""
    return f"looks about {window} weeks ahead, which have to pass first" if window > 1 else "needs its own time to pass"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
