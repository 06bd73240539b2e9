"""What the pages of options say in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clearspan.stages.options.queries import Brief, Page
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import money, plural

SOURCES = ("study", "survey", "ledger", "estimate", "guess")


def of_list(rows: Sequence[Brief], currency: str) -> str:
    """The first line of the list."""
    with_money = sorted((row for row in rows if row.npv is not None), key=lambda row: -(row.npv or 0))
    if not rows:
        return "No way to meet a need has been worked out yet."
    if not with_money:
        return f"{plural(len(rows), 'option')}, and none has a business case yet."
    best = with_money[0]
    losing = sum((row.loss or 0) > 0.1 for row in with_money)
    words = f"{best.title} earns most: {money(best.npv or 0, currency)}, likely"
    if len(with_money) == 1:
        return f"{words}. It is the only one with a business case."
    rest = (
        "none loses money in more than one future in ten"
        if not losing
        else f"{losing} of {len(with_money)} lose money in more than one future in ten"
    )
    return f"{words}; {rest}."


def of_option(found: Page, currency: str) -> str:
    """The first line of one option's page."""
    title = found.option.title
    if found.case is None:
        return f"{title}: nobody has said yet what it would earn."
    if found.study is None or found.study.npv is None:
        return (
            f"{title}: its business case is being studied."
            if found.under_way
            else f"{title}: its business case has not been studied."
        )
    case = found.study.result["cases"][0]
    worth = (
        f"likely worth {money(found.study.npv, currency)}"
        if found.study.npv >= 0
        else f"likely to lose {money(-found.study.npv, currency)}"
    )
    most = max(case["evppi"].items(), key=lambda item: item[1], default=("", 0.0))
    if most[1] > 0.05 * abs(found.study.npv):
        return f"{title}: {worth}, and {_words(most[0])} is worth finding out first."
    return f"{title}: {worth}; nothing that could be found out would change that much."


@dataclass(frozen=True)
class DriverRow:
    """One number of the case as its table shows it: three points, the interval the engine knows, source."""

    name: str
    label: str
    unit: str
    note: str
    tag: str  # "" or one of SOURCES
    points: tuple[float, float, float] | None  # low, likely, high when it is edited in the row
    five: tuple[float, ...]
    scale: Scale
    fixed: float | None = None
    need: str = ""  # the need whose demand study it draws on

    @property
    def form(self) -> str:
        """The form its three cells belong to: a table's row cannot hold one."""
        return f"driver-{self.name}"


def drivers(found: Page) -> list[DriverRow]:
    """The drivers of the newest case, with what the study knows of each."""
    if found.case is None:
        return []
    known = {entry["driver"]: entry for entry in found.study.result["cases"][0]["drivers"]} if found.study else {}
    return [_driver(name, spec, known.get(name, {})) for name, spec in found.case.spec.get("drivers", {}).items()]


def _driver(name: str, spec: Any, known: dict[str, Any]) -> DriverRow:
    spec = spec if isinstance(spec, dict) else {"fixed": spec}
    points = (spec["p10"], spec["p50"], spec["p90"]) if "p10" in spec else None
    fixed = spec.get("fixed")
    if points is None and fixed is not None:
        points = (fixed, fixed, fixed)
    five = _five(known, points, fixed)
    note = spec.get("note", "")
    named = next((tag for tag in SOURCES if tag in note.lower()), "" if note else "guess")
    tag = "study" if "from_study" in spec else named
    return DriverRow(
        name, _words(name).capitalize(), spec.get("unit", ""), note, tag, points, five, Scale.over(five, about=2),
        fixed, spec.get("from_study", ""),
    )  # fmt: skip


def _five(known: dict[str, Any], points: tuple[float, float, float] | None, fixed: float | None) -> tuple[float, ...]:
    if known and all(level in known for level in ("p05", "p25", "p50", "p75", "p95")):
        return tuple(known[level] for level in ("p05", "p25", "p50", "p75", "p95"))
    if points is not None:
        low, likely, high = points
        return (low, (low + likely) / 2, likely, (likely + high) / 2, high)
    return (fixed or 0.0,) * 5


def _words(name: str) -> str:
    return name.removeprefix("effort.").replace("_", " ")
