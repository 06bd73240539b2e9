"""Reads one distribution: exactly one of the families a driver may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from clearspan.engines.business_case.distributions import (
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    ScaledBeta,
    Tabulated,
    Uniform,
    beta_from_interval,
    pert,
)
from clearspan.engines.business_case.reading import Reading, Table, shown
from clearspan.engines.business_case.three_points import from_three_points
from clearspan.engines.demand import LEVELS

# Answers a reference such as "demand.json#OPPORTUNITY" with that opportunity's prevalence: `mean`, `p05`, `p95` and,
# where they are kept, `quantiles`: either a list at the demand engine's own levels, or `levels` and `values`.
# Raises LookupError saying what was expected.
Studies = Callable[[str], Mapping[str, Any]]

_TEXTS = ("unit", "note")
_THREE = ("p10", "p50", "p90")
_PERT = ("low", "mode", "high")
_EXPECTED = (
    "one of p10, p50, p90; low, mode, high; normal = {mean, sd}; lognormal = {mean, sd}; beta = {a, b}; "
    "uniform = {low, high}; fixed; from_study"
)


def read_distribution(
    reading: Reading, spec: Any, path: str, studies: Studies, *, low: float | None = None
) -> Distribution | None:
    """The distribution under `path`, or None after a fault. `low` is a lower bound that holds when none is stated."""
    if isinstance(spec, int | float) and not isinstance(spec, bool):
        spec = {"fixed": spec}
    if not isinstance(spec, Mapping):
        reading.fault(path, shown(spec), _EXPECTED)
        return None
    families = [name for name, keys in _FAMILIES.items() if any(key in spec for key in keys)]
    if len(families) != 1:
        reading.fault(path, " and ".join(families) or "no distribution", _EXPECTED)
        return None
    family = families[0]
    known = {*_FAMILIES[family], *_TEXTS, "starts", "ends", *(("min", "max") if family == "p10, p50, p90" else ())}
    reading.only(spec, path, known)
    if family == "p10, p50, p90":
        return _three_points(reading, spec, path, low)
    if family == "low, mode, high":
        return _pert(reading, spec, path)
    if family == "fixed":
        value = reading.number(spec, "fixed", path)
        return None if value is None else Fixed(value)
    if family == "from_study":
        return _from_study(reading, spec, path, studies)
    return _two_numbers(reading, spec, path, family)


def _three_points(reading: Reading, spec: Table, path: str, default_low: float | None) -> Distribution | None:
    points = [reading.number(spec, key, path) for key in _THREE]
    low = reading.number(spec, "min", path) if "min" in spec else default_low
    high = reading.number(spec, "max", path) if "max" in spec else None
    p10, p50, p90 = points
    if p10 is None or p50 is None or p90 is None:
        return None
    if not p10 <= p50 <= p90:
        reading.fault(path, f"p10 {p10:g}, p50 {p50:g}, p90 {p90:g}", "p10 <= p50 <= p90")
    elif p10 == p90:
        return Fixed(p50)
    elif low is not None and low >= p10:
        stated = "min" in spec
        reading.fault(
            f"{path}.min" if stated else f"{path}.p10",
            f"{low if stated else p10:g}",
            f"a number under p10, which is {p10:g}" if stated else f"a number above {low:g}",
        )
    elif high is not None and high <= p90:
        reading.fault(f"{path}.max", f"{high:g}", f"a number above p90, which is {p90:g}")
    else:
        return from_three_points(p10, p50, p90, low, high)
    return None


def _pert(reading: Reading, spec: Table, path: str) -> Distribution | None:
    low, mode, high = (reading.number(spec, key, path) for key in _PERT)
    if low is None or mode is None or high is None:
        return None
    if low <= mode <= high and low < high:
        return pert(low, mode, high)
    reading.fault(path, f"low {low:g}, mode {mode:g}, high {high:g}", "low <= mode <= high, and low < high")
    return None


def _two_numbers(reading: Reading, spec: Table, path: str, family: str) -> Distribution | None:
    names = {"beta": ("a", "b"), "uniform": ("low", "high")}.get(family, ("mean", "sd"))
    inner, place = spec[family], f"{path}.{family}"
    if not isinstance(inner, Mapping):
        reading.fault(place, shown(inner), f"{{{names[0]} = …, {names[1]} = …}}")
        return None
    reading.only(inner, place, names)
    first, second = (reading.number(inner, name, place) for name in names)
    if first is None or second is None:
        return None
    usable, expected, make = _TWO[family]
    if usable(first, second):
        return make(first, second)
    reading.fault(place, f"{names[0]} {first:g}, {names[1]} {second:g}", expected)
    return None


def _from_study(reading: Reading, spec: Table, path: str, studies: Studies) -> Distribution | None:
    place, reference = f"{path}.from_study", spec["from_study"]
    if not isinstance(reference, str) or not reference.strip():
        reading.fault(place, shown(reference), 'an opportunity of a demand study, such as "demand.json#swap a shift"')
        return None
    try:
        prevalence = studies(reference)
    except LookupError as error:
        reading.fault(place, shown(reference), str(error.args[0] if error.args else "a study that is there"))
        return None
    distribution = _prevalence(prevalence)
    if distribution is None:
        reading.fault(
            place, f"a prevalence of {shown(dict(prevalence))}", "mean, p05 and p95 from 0 to 1, in that order"
        )
    return distribution


def _prevalence(prevalence: Table) -> Distribution | None:
    try:
        if quantiles := prevalence.get("quantiles"):
            if not isinstance(quantiles, Mapping):
                quantiles = {"levels": LEVELS, "values": quantiles}
            levels, values = tuple(map(float, quantiles["levels"])), tuple(map(float, quantiles["values"]))
            return Tabulated(levels, values) if _is_quantiles(levels, values) else None
        mean, p05, p95 = (float(prevalence[key]) for key in ("mean", "p05", "p95"))
    except (KeyError, TypeError, ValueError):
        return None
    if p05 == p95 and 0 <= mean <= 1:
        return Fixed(mean)
    return beta_from_interval(mean, p05, p95) if 0 <= p05 < p95 <= 1 and 0 < mean < 1 else None


def _is_quantiles(levels: tuple[float, ...], values: tuple[float, ...]) -> bool:
    return (
        len(levels) == len(values) >= 2
        and levels[0] > 0
        and levels[-1] < 1
        and all(a < b for a, b in pairwise(levels))
        and all(a <= b for a, b in pairwise(values))
        and values[0] >= 0
        and values[-1] <= 1
    )


_FAMILIES = {
    "p10, p50, p90": _THREE,
    "low, mode, high": _PERT,
    **{name: (name,) for name in ("normal", "lognormal", "beta", "uniform", "fixed", "from_study")},
}
_TWO: dict[str, tuple[Callable[[float, float], bool], str, Callable[[float, float], Distribution]]] = {
    "normal": (lambda mean, sd: sd > 0, "an sd above 0", Normal),
    "lognormal": (lambda mean, sd: mean > 0 and sd > 0, "a mean and an sd above 0", LogNormal),
    "beta": (lambda a, b: a > 0 and b > 0, "a and b above 0", ScaledBeta),
    "uniform": (lambda low, high: low < high, "low < high", Uniform),
}
