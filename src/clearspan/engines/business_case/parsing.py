"""Reads a case from its specification: the tables of case.toml, or the same kept as JSON."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any

from clearspan.engines.business_case.case import (
    KINDS,
    PERIODS_A_YEAR,
    Adoption,
    Cannibalised,
    Case,
    Correlation,
    Driver,
    Effort,
    Gate,
    Line,
)
from clearspan.engines.business_case.distributions import Fixed
from clearspan.engines.business_case.faults import CaseFaults
from clearspan.engines.business_case.formula import FUNCTION_NAMES
from clearspan.engines.business_case.parse_distribution import Studies, read_distribution
from clearspan.engines.business_case.reading import Reading, Table, shown

MOST_PERIODS = 600
MOST_DRIVERS = 500
MOST_LINES = 500
MOST_GATES = 20
_KEYS = (
    "name", "currency", "period", "periods", "discount_rate", "drivers", "correlations", "adoption", "lines",
    "cannibalises", "gates", "effort", "rates",
)  # fmt: skip
_ADOPTION_NAMES = ("adopters", "new_adopters")
_RESERVED = ("t", *_ADOPTION_NAMES, *FUNCTION_NAMES)


def _no_studies(reference: str) -> Mapping[str, Any]:
    raise LookupError("a distribution: no saved studies are at hand here")


def parse(spec: Mapping[str, Any], *, studies: Studies = _no_studies) -> Case:
    """Reads a case.

    spec: the tables of a case.toml, as `tomllib` or JSON gives them.
    studies: answers `from_study`, see `parse_distribution.Studies`.
    Raises CaseFaults with everything that is wrong.
    """
    reading = Reading()
    reading.only(spec, "", _KEYS)
    name, currency = reading.text(spec, "name"), reading.text(spec, "currency")
    period = reading.choice(spec, "period", "", tuple(PERIODS_A_YEAR))
    known_periods = reading.whole(spec, "periods", "", 1, MOST_PERIODS)
    rate = _discount_rate(reading, spec)
    periods = known_periods or MOST_PERIODS  # so that the rest is read, and its faults are told at once
    drivers = _drivers(reading, spec, studies)
    names = {driver.name for driver in drivers}
    adoption = _adoption(reading, spec, periods, names)
    efforts = _efforts(reading, spec, periods, names, studies)
    known = names | {"t"} | (set(_ADOPTION_NAMES) if "adoption" in spec else set())
    lines = _lines(reading, spec, periods, known)
    everything = known | {line.name for line in lines}
    correlations = _correlations(reading, spec, drivers, efforts)
    cannibalises = _cannibalises(reading, spec, name, names)
    gates = _gates(reading, spec, periods, names, everything)
    if reading.faults or period is None or rate is None:
        raise CaseFaults(reading.faults)
    return Case(
        name, currency, period, periods, rate, drivers, lines, correlations, adoption, cannibalises, gates, efforts,
        tuple(reading.notes),
    )  # fmt: skip


def _discount_rate(reading: Reading, spec: Table) -> float | None:
    rate = reading.number(spec, "discount_rate", "", "a rate a year, such as 0.09")
    if rate is None or 0 <= rate <= 1:
        return rate
    reading.fault("discount_rate", shown(rate), "a rate a year from 0 to 1, such as 0.09 for nine per cent")
    return None


def _drivers(reading: Reading, spec: Table, studies: Studies) -> tuple[Driver, ...]:
    drivers, tables = [], reading.table(spec, "drivers")
    if len(tables) > MOST_DRIVERS:
        reading.fault("drivers", f"{len(tables)} drivers", f"at most {MOST_DRIVERS}")
        return ()
    for name, table in tables.items():
        path = f"drivers.{name}"
        if not _is_name(name):
            reading.fault(path, shown(name), "a name of letters, digits and _ that is not taken, such as take_up")
            continue
        distribution = read_distribution(reading, table, path, studies)
        # A driver that could not be read keeps its name, so that formulas that use it are not faulted as well.
        drivers.append(Driver(name, distribution or Fixed(0.0), *_texts(reading, table, path)))
    return tuple(drivers)


def _texts(reading: Reading, table: Any, path: str) -> tuple[str, str]:
    if not isinstance(table, Mapping):
        return "", ""
    return reading.text(table, "unit", path, ""), reading.text(table, "note", path, "")


def _adoption(reading: Reading, spec: Table, periods: int, names: set[str]) -> Adoption | None:
    if "adoption" not in spec:
        return None
    table = reading.table(spec, "adoption")
    reading.only(table, "adoption", ("p", "q", "market", "starts"))
    p = reading.formula(table, "p", "adoption", names)
    q = reading.formula(table, "q", "adoption", names)
    market = reading.formula(table, "market", "adoption", names | {"t"})
    starts = reading.whole(table, "starts", "adoption", 1, periods, 1)
    return None if p is None or q is None or market is None or starts is None else Adoption(p, q, market, starts)


def _efforts(reading: Reading, spec: Table, periods: int, names: set[str], studies: Studies) -> tuple[Effort, ...]:
    efforts, rates = [], reading.table(spec, "rates")
    tables = reading.table(spec, "effort")
    reading.notes += [f"ignored rates.{name}: no effort.{name}" for name in rates if name not in tables]
    for function, table in tables.items():
        path = f"effort.{function}"
        distribution = read_distribution(reading, table, path, studies, low=0.0)
        rate = reading.formula(rates, function, "rates", names) if function in rates else None
        window = reading.window(table, path, periods, (1, 1)) if isinstance(table, Mapping) else (1, 1)
        unit, note = _texts(reading, table, path)
        if distribution is not None and window is not None:
            efforts.append(Effort(function, distribution, rate, *window, unit or "people-quarters", note))
    return tuple(efforts)


def _lines(reading: Reading, spec: Table, periods: int, known: set[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    tables, known, taken = reading.tables(spec, "lines"), set(known), set(known)
    if not tables and "lines" not in {fault.path for fault in reading.faults}:
        reading.fault("lines", "no line", "one table [[lines]] or more")
    if len(tables) > MOST_LINES:
        reading.fault("lines", f"{len(tables)} lines", f"at most {MOST_LINES}")
        return ()
    for number, table in enumerate(tables, 1):
        path = f"lines[{number}]"
        reading.only(table, path, ("name", "kind", "formula", "starts", "ends", "note"))
        name = reading.text(table, "name", path)
        if name in taken or name in _RESERVED:
            reading.fault(
                f"{path}.name", shown(name), "a name that is not taken by a driver, another line or a function"
            )
        kind = reading.choice(table, "kind", path, KINDS)
        formula = reading.formula(table, "formula", path, known)
        window = reading.window(table, path, periods, (1, periods))
        taken.add(name)
        known.add(name)  # even with a fault of its own, so that later lines are not faulted for reading it
        if kind and formula and window:
            lines.append(Line(name, kind, formula, *window))
    return tuple(lines)


def _correlations(
    reading: Reading, spec: Table, drivers: tuple[Driver, ...], efforts: tuple[Effort, ...]
) -> tuple[Correlation, ...]:
    correlations, seen = [], set()
    uncertain = {driver.name for driver in drivers if not isinstance(driver.distribution, Fixed)}
    uncertain |= {effort.name for effort in efforts if not isinstance(effort.distribution, Fixed)}
    for number, table in enumerate(reading.tables(spec, "correlations"), 1):
        path = f"correlations[{number}]"
        reading.only(table, path, ("a", "b", "rho", "note"))
        a, b = reading.text(table, "a", path), reading.text(table, "b", path)
        rho = reading.number(table, "rho", path, "a rank correlation from -1 to 1")
        unknown = [(key, name) for key, name in (("a", a), ("b", b)) if name and name not in uncertain]
        for key, name in unknown:
            reading.fault(f"{path}.{key}", shown(name), "the name of a driver that is uncertain")
        if rho is not None and not -1 <= rho <= 1:
            reading.fault(f"{path}.rho", shown(rho), "a rank correlation from -1 to 1")
        elif a and a == b:
            reading.fault(path, f"{a} with itself", "two drivers")
        elif frozenset((a, b)) in seen:
            reading.fault(path, f"{a} and {b} once more", "each pair once")
        elif rho is not None and not unknown:
            correlations.append(Correlation(a, b, rho))
        seen.add(frozenset((a, b)))
    return tuple(correlations)


def _cannibalises(reading: Reading, spec: Table, name: str, names: set[str]) -> Cannibalised | None:
    if "cannibalises" not in spec:
        return None
    table = reading.table(spec, "cannibalises")
    reading.only(table, "cannibalises", ("case", "share", "note"))
    other = reading.text(table, "case", "cannibalises")
    if other and other == name:
        reading.fault("cannibalises.case", shown(other), "the name of another case")
    share = reading.formula(table, "share", "cannibalises", names)
    given = table.get("share")
    if isinstance(given, int | float) and not 0 <= given <= 1:
        reading.fault("cannibalises.share", shown(given), "a share from 0 to 1")
    return Cannibalised(other, share) if other and share else None


def _gates(reading: Reading, spec: Table, periods: int, names: set[str], everything: set[str]) -> tuple[Gate, ...]:
    gates: list[Gate] = []
    tables = reading.tables(spec, "gates")
    if len(tables) > MOST_GATES:
        reading.fault("gates", f"{len(tables)} gates", f"at most {MOST_GATES}")
        return ()
    for number, table in enumerate(tables, 1):
        path = f"gates[{number}]"
        reading.only(table, path, ("at", "cost", "continue_if", "name", "note"))
        at = reading.whole(table, "at", path, 0, periods)
        cost = reading.formula(table, "cost", path, names, 0.0)
        rule = reading.formula(table, "continue_if", path, everything) if "continue_if" in table else None
        if at is not None and gates and at <= gates[-1].at:
            reading.fault(f"{path}.at", shown(at), f"a period after the gate before, which is at {gates[-1].at}")
        elif at is not None and cost is not None:
            gates.append(Gate(at, cost, rule))
    return tuple(gates)


def _is_name(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and name not in _RESERVED and len(name) <= 60
