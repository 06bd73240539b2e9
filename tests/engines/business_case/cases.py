"""Small cases the tests start from."""

from __future__ import annotations

from typing import Any

from clearspan.engines import business_case
from clearspan.engines.business_case import Case


def normal(mean: float, sd: float) -> dict[str, Any]:
    return {"normal": {"mean": mean, "sd": sd}}


def line(name: str, formula: str | float, kind: str = "revenue", **window: int) -> dict[str, Any]:
    return {"name": name, "kind": kind, "formula": formula, **window}


def spec(drivers: dict[str, Any], lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A yearly case in pounds over one period at 10 %, unless `more` says otherwise."""
    base = {"name": "A", "currency": "GBP", "period": "year", "periods": 1, "discount_rate": 0.1}
    return {**base, "drivers": drivers, "lines": lines, **more}


def case(drivers: dict[str, Any], lines: list[dict[str, Any]], **more: Any) -> Case:
    return business_case.parse(spec(drivers, lines, **more))


def normals(*means: float, sd: float = 1.0, **more: Any) -> Case:
    """A case whose NPV is a sum of independent normals x0, x1, ..., all of it in period 0."""
    names = [f"x{number}" for number in range(len(means))]
    drivers = {name: normal(mean, sd) for name, mean in zip(names, means, strict=True)}
    return case(drivers, [line("sum", " + ".join(names), starts=0, ends=0)], **more)
