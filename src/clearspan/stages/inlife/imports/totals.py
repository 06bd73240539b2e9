"""Totals that a file must come to: those it carries itself, and those a person says.

A row is a total when a cell of it says so ("Total", "Total revenue", "North total"). It is taken out, and what it says
is held against the rows that it adds up. Nothing that does not add up comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clearspan.core.actions import Invalid
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Money
from clearspan.stages.inlife.exact import exactly
from clearspan.stages.inlife.models import LedgerLine
from clearspan.stages.inlife.models.entries import PLACES

TOTAL_MONTH = date(1, 1, 1)  # stands for “Total” where a month is written
SHOWN = 5
HALF_A_CENT = Decimal("0.005")
_BEFORE = re.compile(r"(?:grand |sub-?\s?)?totals?\b[ :]*(?:of )?(.*)", re.IGNORECASE)
_AFTER = re.compile(r"(.*\S)[ :]+totals?", re.IGNORECASE)
_ALONE = re.compile(r"sum|ytd|year to date|full year|(?:fy ?)?(?:19|20)\d\d|year", re.IGNORECASE)
_REVENUE, _SALES, _OPERATING = LedgerLine.Kind
_SUBTOTALS = {
    (_REVENUE,): ("revenue", "revenues", "sales", "turnover", "income"),
    (_SALES,): ("cost of sales", "costs of sales", "cogs", "cost of goods sold"),
    (_OPERATING,): ("operating cost", "operating costs", "operating expenses", "opex"),
    (_SALES, _OPERATING): ("cost", "costs", "expenses"),
    (_REVENUE, _SALES): ("gross margin", "gross profit"),
    (_REVENUE, _SALES, _OPERATING): ("contribution", "operating profit", "operating result", "net", "result", "profit"),
}
_KINDS_OF = {word: kinds for kinds, words in _SUBTOTALS.items() for word in words}


def total_of(text: str) -> str | None:
    """What a cell says it is the total of: "" for everything there is; None for a cell that is no total."""
    words = " ".join(text.split())
    match = _BEFORE.fullmatch(words) or _AFTER.fullmatch(words)
    if match is not None:
        return match[1].strip()
    return "" if _ALONE.fullmatch(words) else None


def kinds_of(text: str) -> tuple[str, ...] | None:
    """The kinds of line that a subtotal's name adds up; None for what is no subtotal."""
    part = total_of(text)
    return tuple(LedgerLine.Kind) if part == "" else _KINDS_OF.get((part or " ".join(text.split())).lower())


@dataclass(frozen=True)
class Control:
    """An amount that the rows which fit must come to. `fits`: staged column to its value; `kinds`: of their lines."""

    amount: Decimal
    where: str  # for people: “Tideline, Hosting, Mar 2026”
    source: str  # who says so: “row 48”
    fits: Mapping[str, Any] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


def check(staging: Staging, controls: Sequence[Control]) -> None:
    """Holds the staged rows against their controls. Raises Invalid with what does not add up, and where.

    Where a file writes costs as positive amounts, its total may add them to the revenue or take them from it.
    """
    groups: dict[tuple[str, ...], list[Control]] = {}
    for control in controls:
        groups.setdefault(tuple(sorted(control.fits)), []).append(control)
    wrong = [words for names, group in groups.items() for words in _wrong(staging, names, group)]
    if wrong:
        more = [f"and {len(wrong) - SHOWN:,} more do not add up"] if len(wrong) > SHOWN else []
        raise Invalid({"totals": "; ".join([*wrong[:SHOWN], *more])})


def amount_of(text: str) -> Decimal:
    """An amount that a person wrote. Raises ValueError."""
    found: Decimal = Money(places=PLACES).settle([text], {})(text.strip())
    return found


def _wrong(staging: Staging, names: tuple[str, ...], group: Iterable[Control]) -> list[str]:
    """What does not add up, of controls that fit by the same columns: one query for all of them."""
    columns = ", ".join([*names, "kind"])
    rows = staging.query(f"SELECT {columns}, sum(written), sum(amount) FROM staged GROUP BY {columns}")  # noqa: S608 columns of this file's own
    there: dict[tuple[Any, ...], list[tuple[str, Decimal, Decimal]]] = {}
    for *key, kind, written, acting in rows:
        there.setdefault(tuple(key), []).append((kind, written, acting))
    found = []
    for control in group:
        parts = there.get(tuple(control.fits[name] for name in names), [])
        parts = [one for one in parts if not control.kinds or one[0] in control.kinds]
        written = sum((one[1] for one in parts), Decimal(0))
        acting = sum((one[2] for one in parts), Decimal(0))
        nearest = min((written, acting, -acting), key=lambda one: abs(control.amount - one))
        if abs(control.amount - nearest) >= HALF_A_CENT:
            found.append(_in_words(control, nearest))
    return found


def _in_words(control: Control, found: Decimal) -> str:
    difference = control.amount - found
    how = "missing" if difference * (control.amount or 1) > 0 else "too much"
    return (
        f"{control.where}: {control.source} says {exactly(control.amount)}, the rows come to {exactly(found)}, "
        f"{exactly(abs(difference))} {how}"
    )
