"""What a forecast says, in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from clearspan.engines.delivery import Dates
from clearspan.stages.development.queries.forecast import Forecast, Part
from clearspan.ui.numbers import NBSP, number, percent, plural


def of_page(found: Forecast, today: date) -> str:
    """The first line."""
    if found.study is None:
        return "When it will be done is not known yet."
    said = of_dates(found.study.p50, found.study.p85, today)
    what = str(found.about) if found.about else "What is open"
    return f"{what}: {said[:1].lower()}{said[1:]}."


def of_dates(likely: date | None, sure: date | None, today: date) -> str:
    """ "Likely 14 March; 85 in 100 by 2 May"."""
    if likely is None:
        return "At this pace it is as likely as not that it is not done within ten years"
    if sure is None:
        return f"Likely {_day(likely, today)}; no date within ten years is 85 in 100 sure"
    first = _day(likely, sure) if likely.year == sure.year else _day(likely, today)
    return f"Likely {first}; 85 in 100 by {_day(sure, today)}"


def likely(day: date, today: date) -> str:
    """ "likely 14 March", beside a mark."""
    return f"likely {_day(day, today)}"


def under_page(found: Forecast) -> str:
    """What the first line rests on."""
    if found.study is None:
        return ""
    result = found.result
    pace = number(result["throughput"]["now"], 2)
    words = f"{plural(result['remaining'], 'item')} open, about {pace} finished a week"
    low, high = result["growth"]
    if found.option is None:
        return f"{words}; what comes in meanwhile waits its turn."
    if not result["growth_known"]:
        return f"{words}; how its scope grows is not known yet."
    if high < 1.005:
        return f"{words}; its scope has not grown."
    return f"{words}; in such a time its scope has grown by {_grown(low, high)}."


def of_part(part: Part, today: date) -> str:
    """When an option is likely done, or why nobody can say."""
    if part.study is None:
        return part.why or "Not forecast yet."
    return of_dates(part.study.p50, part.study.p85, today)


def of_cycle_times(times: dict[str, Any] | None) -> str:
    """How long items took."""
    if times is None:
        return "No finished item says when it was started or came up."
    begun = "start" if times["measured_from"] == "started" else "coming up"
    return (
        f"Half of the items took {plural(times['p50'], 'day')} or less from {begun} to finish, 85 in 100 "
        f"{plural(times['p85'], 'day')} or less."
    )


def growth_rows(found: Forecast, today: date) -> list[tuple[str, str]]:
    """What growth of the scope does to the dates."""
    usual = found.result.get("usual_growth") or []
    rows = found.result.get("if_growth", [])
    return [(of_growth(row, usual), of_dates(_read(row["p50"]), _read(row["p85"]), today)) for row in rows]


def of_growth(row: dict[str, Any], usual: list[float]) -> str:
    """Which growth a row of the table is about."""
    low, high = row["growth"]
    if (low, high) == (1.0, 1.0):
        return "Nothing is added"
    if row["growth"] == usual:
        return f"As it used to: {_grown(low, high)} more"
    return f"{_grown(low, high)} more"


def of_what_if(dates: Dates, remaining: int, start: date, today: date) -> str:
    """The answer to "what if"."""
    answer = of_dates(dates.date_at(0.5), dates.date_at(0.85), today)
    begun = f" from {_day(start, today)}" if start != today else ""
    return f"{plural(remaining, 'item')}{begun}: {answer[:1].lower()}{answer[1:]}."


def _grown(low: float, high: float) -> str:
    """ "0 to 30 %", "50 %"."""
    first, last = (round(100 * (factor - 1)) for factor in (low, high))
    return percent(high - 1) if first == last else f"{first} to {last}{NBSP}%"


def _read(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _day(day: date, today: date) -> str:
    """ "14 March", with its year when that is another than this one."""
    return f"{day.day}{NBSP}{day:%B}" + (f"{NBSP}{day.year}" if day.year != today.year else "")
