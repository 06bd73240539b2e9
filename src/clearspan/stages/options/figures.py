"""The pictures of a business case: futures, what moves it, its cash, and what finding out is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.stages.options.models import CaseStudy
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.numbers import money, plural

MOST_DRIVERS = 10
WORTH_KNOWING = 0.02  # of the NPV; less is not worth the asking


def of(study: CaseStudy, currency: str) -> dict[str, Figure]:
    """Figures by key, from a finished study's result."""
    case = study.result["cases"][0]
    return {
        "npv": _futures(case, currency),
        "tornado": _tornado(case, currency),
        "cash": _cash(case, currency),
        "knowing": _knowing(case, currency),
    }


def _futures(case: Mapping[str, Any], currency: str) -> Figure:
    futures, mean = case["futures"], case["npv"]["mean"]
    losses = sum(value < 0 for value in futures)
    worth = f"Likely worth {money(mean, currency)}" if mean >= 0 else f"Likely to lose {money(-mean, currency)}"
    finding = f"{worth}; it loses money in {losses or 'none'} of 50 futures"
    years = case["periods"] / {"month": 12, "quarter": 4, "year": 1}[case["period"]]
    over = f"over {plural(round(years), 'year')}, {currency}, at {case['discount_rate']:.0%} a year"
    unit = f"Net present value {over}; a dot is one future in fifty"
    rows = tuple((number + 1, round(value)) for number, value in enumerate(futures))
    return Figure("npv", finding, unit, marks.futures(futures, alt=f"{finding}."), ("Future", f"NPV, {currency}"), rows)


def _tornado(case: Mapping[str, Any], currency: str) -> Figure:
    bars = [(entry["driver"], entry["npv_at_p10"], entry["npv_at_p90"]) for entry in case["tornado"][:MOST_DRIVERS]]
    finding = f"{_plain(bars[0][0])} moves it most" if bars else "Nothing in it is uncertain"
    drawing = marks.tornado(
        [(_plain(name), low, high) for name, low, high in bars], case["npv"]["mean"], alt=f"{finding}."
    )
    unit = f"Mean NPV, {currency}, when one number is low (grey) or high (blue) and the others as they come"
    return Figure(
        "tornado",
        finding,
        unit,
        drawing,
        ("Number", "At its low", "At its high"),
        tuple((n, round(a), round(b)) for n, a, b in bars),
    )


def _cash(case: Mapping[str, Any], currency: str) -> Figure:
    path = case["cumulated_cash"]
    middle = [entry["p50"] for entry in path]
    bands = [
        ([entry[low] for entry in path], [entry[high] for entry in path])
        for low, high in (("p05", "p95"), ("p10", "p90"), ("p25", "p75"))
    ]
    back = next((i for i, value in enumerate(middle) if i and value > 0 and min(middle[:i]) < 0), None)
    need = max(0.0, -min(middle))
    finding = f"It needs {money(need, currency)} before it pays" if need else "It pays from the start"
    finding += (
        f", likely back after {plural(back, case['period'])}"
        if back
        else ("" if not need else ", and likely does not pay back")
    )
    labels = [(i, str(i)) for i in range(0, len(path), max(1, len(path) // 6))]
    drawing = marks.fan(labels, middle, bands, alt=f"{finding}.")
    unit = f"Cumulated cash, {currency}, by {case['period']}; bands 50, 80 and 90 %"
    names = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")
    rows = tuple((i, *(round(entry[name]) for name in names)) for i, entry in enumerate(path))
    return Figure("cash", finding, unit, drawing, (case["period"].capitalize(), *names), rows)


def _knowing(case: Mapping[str, Any], currency: str) -> Figure:
    worth = [(name, value) for name, value in sorted(case["evppi"].items(), key=lambda item: -item[1]) if value > 0]
    worth = worth[:MOST_DRIVERS]
    top = worth[0] if worth and worth[0][1] > WORTH_KNOWING * abs(case["npv"]["mean"]) else None
    finding = (
        f"Find out {_plain(top[0]).lower()} first: knowing it is worth up to {money(top[1], currency)}"
        if top
        else "Enough is known: finding out more would hardly change the decision"
    )
    rows = [(_plain(name), value, money(value, currency)) for name, value in worth]
    drawing = marks.bars(rows or [("nothing", 0.0, "0")], alt=f"{finding}.")
    return Figure(
        "knowing",
        finding,
        f"The most it can be worth to know a number exactly before deciding, {currency}",
        drawing,
        ("Number", f"Worth, {currency}"),
        tuple((name, round(value)) for name, value in worth),
    )


def _plain(name: str) -> str:
    """A driver's name as a person reads it: take_up is Take up, effort.Design is Effort, design."""
    if name.startswith("effort."):
        return f"Effort, {name.removeprefix('effort.').lower()}"
    return name[:1].upper() + name[1:].replace("_", " ")
