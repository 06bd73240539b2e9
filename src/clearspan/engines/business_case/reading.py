"""Takes values out of a specification, and gathers what is wrong with them and what is ignored."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from clearspan.engines.business_case import formula
from clearspan.engines.business_case.faults import Fault
from clearspan.engines.business_case.formula import Formula

Table = Mapping[str, Any]


@dataclass
class Reading:
    """Faults and notes over a whole specification. A method that finds a fault keeps it and returns None."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, path: str, found: str, expected: str) -> None:
        self.faults.append(Fault(path, found, expected))

    def only(self, table: Table, path: str, known: Collection[str]) -> None:
        """Notes the keys nobody asked for."""
        self.notes += [f"ignored {_join(path, key)}" for key in table if key not in known]

    def table(self, table: Table, key: str, path: str = "") -> Table:
        """The table under a key; an empty one when it is not there or is no table."""
        value = table.get(key, {})
        if isinstance(value, Mapping):
            return value
        self.fault(_join(path, key), shown(value), f"a table [{_join(path, key)}]")
        return {}

    def tables(self, table: Table, key: str) -> list[Table]:
        """The list of tables under a key."""
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
            return value
        self.fault(key, shown(value), f"a list of tables [[{key}]]")
        return []

    def text(self, table: Table, key: str, path: str = "", default: str | None = None) -> str:
        """A text that is not empty; '' after a fault."""
        value = table.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        self.fault(_join(path, key), _found(table, key), "a text in quotes")
        return ""

    def choice(self, table: Table, key: str, path: str, choices: Collection[str]) -> str | None:
        value = table.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.fault(_join(path, key), _found(table, key), " or ".join(f'"{choice}"' for choice in choices))
        return None

    def number(self, table: Table, key: str, path: str, expected: str = "a number, such as 12.5") -> float | None:
        """A finite number."""
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            self.fault(_join(path, key), _found(table, key), expected)
            return None
        return float(value)

    def whole(self, table: Table, key: str, path: str, low: int, high: int, default: int | None = None) -> int | None:
        """A whole number from low to high."""
        value = table.get(key, default)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(_join(path, key), _found(table, key), f"a whole number from {low} to {high}")
            return None
        return value

    def window(self, table: Table, path: str, periods: int, default: tuple[int, int]) -> tuple[int, int] | None:
        """`starts` and `ends`, both inclusive, 0 to periods."""
        starts = self.whole(table, "starts", path, 0, periods, default[0])
        if starts is None:
            return None
        ends = self.whole(table, "ends", path, starts, periods, max(default[1], starts))
        return None if ends is None else (starts, ends)

    def formula(
        self, table: Table, key: str, path: str, names: Collection[str], default: float | None = None
    ) -> Formula | None:
        """A number or a formula over these names."""
        place, value = _join(path, key), table.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and _finite(value):
            return formula.constant(float(value))
        if not isinstance(value, str):
            self.fault(place, _found(table, key), "a number or a formula in quotes")
            return None
        try:
            read = formula.parse(value)
        except ValueError as error:
            self.fault(place, shown(value), str(error))
            return None
        unknown = sorted(read.names - set(names))
        if unknown:
            known = ", ".join(sorted(names)) or "numbers only: no name is known here"
            self.fault(place, f"the unknown name {', '.join(unknown)} in {shown(value)}", f"one of {known}")
            return None
        return read


def shown(value: object) -> str:
    """A value as it is quoted in a message: short, in one line."""
    text = " ".join(str(value).split())
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return f"“{text}”" if isinstance(value, str) else text


def _found(table: Table, key: str) -> str:
    return shown(table[key]) if key in table else f"no {key}"


def _finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
