"""What a study of cases says. Every part is a frozen dataclass; `CaseResult.to_dict` is the JSON contract."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clearspan.engines.business_case import measures
from clearspan.engines.business_case.comparison import Comparison
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.gates import GateValues, Stopping
from clearspan.engines.business_case.program import Program
from clearspan.engines.business_case.simulation import Paths
from clearspan.engines.business_case.tornado import Swing
from clearspan.engines.business_case.world import World

VERSION = 1  # of the engine: a result is the same to the last digit for the same inputs, seed and version
FUTURES = 50

Quantiles = Mapping[str, float]

_LEVELS = {"p05": 0.05, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95}
_DRIVER_LEVELS = ("p05", "p25", "p50", "p75", "p95")


@dataclass(frozen=True)
class Outcome:
    """One case. Money is in `currency`; NPV and everything without another word is discounted to the end of period 0.

    npv: mean, sd, quantiles, and `standard_error` of the mean, as plain random draws would have it (it is smaller).
    futures: 50 NPVs, equally likely, rising.
    irr: quantiles over the draws that have exactly one, and the shares that have none and several.
    payback_periods: over all draws, infinite where cash never comes back; and that share.
    cash_flow, cumulated_cash (undiscounted), cumulated_discounted: mean and quantiles of each period, from period 0.
    lines: mean of each line in each period, as entered (costs and capital positive).
    tornado: widest first. evppi: greatest first; both name uncertain quantities only.
    """

    name: str
    currency: str
    period: str
    periods: int
    discount_rate: float
    npv: Quantiles
    futures: Sequence[float]
    probability_of_loss: float
    irr: Mapping[str, float]
    payback_periods: Mapping[str, float]
    peak_funding: Quantiles
    cash_flow: Sequence[Mapping[str, float]]
    cumulated_cash: Sequence[Mapping[str, float]]
    cumulated_discounted: Sequence[Mapping[str, float]]
    lines: Sequence[Mapping[str, Any]]
    drivers: Sequence[Mapping[str, Any]]
    tornado: Sequence[Mapping[str, Any]]
    evpi: float
    evppi: Mapping[str, float]
    gates: Sequence[Mapping[str, Any]]
    stopping: Mapping[str, Any] | None
    notes: Sequence[str]


@dataclass(frozen=True)
class CaseResult:
    """All cases, in the order they were given, and how they compare. `npv_draws`: (draws,) of each, not in the JSON."""

    cases: tuple[Outcome, ...]
    comparison: Comparison
    largest_correlation_change: float
    notes: tuple[str, ...]
    draws: int
    seed: int
    npv_draws: Mapping[str, Array] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON takes it: what has no number (a payback that never comes) is None."""
        compared = dataclasses.asdict(self.comparison)
        return {
            "engine": {"name": "case", "version": VERSION, "draws": self.draws, "seed": self.seed},
            "cases": [_plain(dataclasses.asdict(case)) for case in self.cases],
            **_plain(compared),
            "correlations": {
                "repaired": self.largest_correlation_change > 0,
                "largest_change": self.largest_correlation_change,
            },
            "notes": list(self.notes),
        }


def outcome(
    program: Program,
    world: World,
    paths: Paths,
    swings: Sequence[Swing],
    evpi: float,
    evppi: Mapping[str, float],
    gates: GateValues | None,
) -> Outcome:
    """Condenses the draws of one case."""
    case = program.case
    total = measures.cumulated(paths.flows)
    single, several = paths.irr_count == 1, paths.irr_count > 1
    never = np.isinf(paths.payback)
    ordered = np.sort(paths.npv)
    return Outcome(
        name=case.name,
        currency=case.currency,
        period=case.period,
        periods=case.periods,
        discount_rate=case.discount_rate,
        npv=_summary(paths.npv),
        futures=[float(x) for x in np.quantile(ordered, (np.arange(FUTURES) + 0.5) / FUTURES)],
        probability_of_loss=float((paths.npv < 0).mean()),
        irr={
            **_quantiles(paths.irr[single]),
            "share_none": float((paths.irr_count == 0).mean()),
            "share_several": float(several.mean()),
        },
        payback_periods={**_quantiles(paths.payback, "inverted_cdf"), "share_never": float(never.mean())},
        peak_funding={"mean": float(paths.peak_funding.mean()), **_quantiles(paths.peak_funding)},
        cash_flow=_by_period(paths.flows),
        cumulated_cash=_by_period(total),
        cumulated_discounted=_by_period(measures.cumulated(paths.flows * program.discount[:, None])),
        lines=[
            {"name": step.name, "kind": step.kind, "mean": [float(x) for x in paths.line_means[step.name]]}
            for step in program.steps
            if step.name in paths.line_means
        ],
        drivers=[_driver(program, world, label) for label in program.drivers],
        tornado=[_swing(program, swing) for swing in swings],
        evpi=evpi,
        evppi={program.display(label): value for label, value in sorted(evppi.items(), key=lambda item: -item[1])},
        gates=_gates(program, gates),
        stopping=_stopping(gates),
        notes=list(case.notes),
    )


def _summary(values: Array) -> Quantiles:
    sd = float(values.std(ddof=1))
    return {
        "mean": float(values.mean()),
        "sd": sd,
        "standard_error": sd / math.sqrt(values.size),
        **_quantiles(values),
    }


def _quantiles(values: Array, method: Any = "linear") -> dict[str, float]:
    if not values.size:
        return dict.fromkeys(_LEVELS, math.nan)
    found = np.quantile(values, list(_LEVELS.values()), method=method)
    return dict(zip(_LEVELS, map(float, found), strict=True))


def _by_period(values: Array) -> list[dict[str, float]]:
    found = np.quantile(np.sort(values, axis=1), list(_LEVELS.values()), axis=1)
    means = values.mean(axis=1)
    return [
        {"period": t, "mean": float(means[t]), **dict(zip(_LEVELS, map(float, found[:, t]), strict=True))}
        for t in range(values.shape[0])
    ]


def _driver(program: Program, world: World, label: str) -> dict[str, Any]:
    quantity = world.quantities[label]
    levels = np.array([_LEVELS[name] for name in _DRIVER_LEVELS])
    values = quantity.distribution.quantile(levels)
    return {
        "driver": program.display(label),
        "unit": quantity.unit,
        "note": quantity.note,
        "distribution": type(quantity.distribution).__name__.lower(),
        **dict(zip(_DRIVER_LEVELS, map(float, values), strict=True)),
    }


def _swing(program: Program, swing: Swing) -> dict[str, Any]:
    return {
        "driver": program.display(swing.label),
        "p10": swing.p10,
        "p90": swing.p90,
        "npv_at_p10": swing.npv_at_p10,
        "npv_at_p90": swing.npv_at_p90,
        "swing": swing.npv_at_p90 - swing.npv_at_p10,
    }


def _gates(program: Program, values: GateValues | None) -> list[dict[str, Any]]:
    if values is None:
        return []
    return [
        {
            "at": gate.at,
            "continue_if": gate.continue_if.text if gate.continue_if else None,
            **_worth(stopping),
        }
        for gate, stopping in zip(program.case.gates, values.alone, strict=True)
    ]


def _stopping(values: GateValues | None) -> dict[str, Any] | None:
    """All gates together, and the NPV when the stated rules are kept."""
    if values is None:
        return None
    loss = {"probability_of_loss": float((values.npv < 0).mean())}
    return {**_worth(values.together), "npv": {**_summary(values.npv), **loss}}


def _worth(stopping: Stopping) -> dict[str, float]:
    return {
        "probability_of_going_on": stopping.goes_on,
        "value_of_stated_rule": stopping.stated_rule,
        "value_of_best_rule": stopping.best_rule,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
