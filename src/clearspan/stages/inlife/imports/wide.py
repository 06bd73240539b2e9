"""The wide forms of finance exports: a column a month, a column a line, a column each for actual and budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from clearspan.core.imports.columns import plain_name
from clearspan.core.imports.readers.gathered import Spread
from clearspan.core.imports.values import NOTHING, Money
from clearspan.stages.inlife.imports.months import names_a_month
from clearspan.stages.inlife.imports.totals import kinds_of, total_of

FEW = 2  # columns that say a month from which a file is wide
SCENARIOS = {
    "actual": ("actuals", "act", "ist", "booked", "a"),
    "budget": ("budgeted", "bud", "plan", "planned", "target", "b"),
    "forecast": ("forecasted", "fc", "fcst", "outlook", "estimate", "f"),
}
_SCENARIO = {word: name for name, words in SCENARIOS.items() for word in (name, *words) if len(word) > 1}


def spread_of(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    taken: Collection[str],
    lines: Callable[[], Collection[str]],
    without: Collection[str],
) -> Spread | None:
    """How the file is gathered; None for a file in long form.

    `taken`: plain names that a column of a long file goes by. `lines` tells the keys of the chart's lines. `without`:
    plain names of columns that a person leaves out.
    """
    open_ = [
        at
        for at, name in enumerate(header)
        if plain_name(name) not in without and _holds_amounts(sample, at)
    ]  # fmt: skip
    if len(open_) < FEW:
        return None
    said = {at: _said(header[at]) for at in open_}
    months = {at: one for at, one in said.items() if "Month" in one}
    if len(months) >= FEW:
        return _same(months, said)
    if "amount" in {plain_name(name) for name in header}:
        return None
    scenarios = {at: one for at, one in said.items() if set(one) == {"Scenario"}}
    if len(scenarios) >= FEW:
        return Spread(scenarios, "Amount")
    known = lines()
    named = {at: {"Line": header[at]} for at in open_ if _key(header[at]) in known}
    if len(named) >= FEW:
        more = {at: {"Line": header[at]} for at in open_ if plain_name(header[at]) not in taken or kinds_of(header[at])}
        return Spread(dict(sorted({**named, **more}.items())), "Amount")
    return None


def may_plan_nought(found: Spread) -> Spread:
    """The same, with its noughts where they may be budgeted: a budget of nought is another thing than none."""
    told = {at: _SCENARIO.get(said.get("Scenario", "").lower(), "budget") for at, said in found.columns.items()}
    return replace(found, noughts=frozenset(at for at, scenario in told.items() if scenario == "budget"))


def _same(months: Mapping[int, Mapping[str, str]], said: Mapping[int, Mapping[str, str]]) -> Spread:
    """Months, and the column that adds them up; with their scenario where the names say it."""
    with_scenario = {at: one for at, one in months.items() if "Scenario" in one}
    if with_scenario:
        return Spread(with_scenario, "Amount")
    totals = {at: {"Month": "Total"} for at, one in said.items() if "Total" in one}
    return Spread(dict(sorted({**months, **totals}.items())), "Amount")


def _said(name: str) -> dict[str, str]:
    """What a column's name says: a month, a scenario, both, or that it is a total."""
    if names_a_month(name):
        return {"Month": name}
    words = re.split(r"[\s_]+", name.strip())
    found = next((_SCENARIO[word.lower()] for word in words if word.lower() in _SCENARIO), "")
    rest = " ".join(word for word in words if word.lower() not in _SCENARIO)
    if found and names_a_month(rest):
        return {"Month": rest, "Scenario": found}
    if found and not rest:
        return {"Scenario": found}
    return {"Total": name} if total_of(name) == "" else {}


def _holds_amounts(sample: Sequence[Sequence[str]], at: int) -> bool:
    """Whether every cell of the column, as far as seen, is an amount or nothing, and not all of them nothing."""
    cells = {row[at] for row in sample if row[at] and row[at].lower() not in NOTHING}
    read = Money().settle(cells, {})
    try:
        for cell in cells:
            read(cell)
    except ValueError:
        return False
    return bool(cells)


def _key(name: str) -> str:
    return "".join(name.split()).lower()
