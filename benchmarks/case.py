"""`python -m benchmarks.case`: the case study against closed forms, noise, coverage of its seeds, and the clock."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from benchmarks import report
from clearspan.engines import business_case
from clearspan.engines.business_case import Case

SEEDS = 20


def main() -> None:
    body = "\n\n".join([_sums(), _information(), _noise(), _gates(), _bass(), _speed()])
    report.write("case", "Business cases", body)


def _case(drivers: dict[str, Any], lines: list[dict[str, Any]], **more: Any) -> Case:
    base = {"name": "case", "currency": "GBP", "period": "year", "periods": 2, "discount_rate": 0.1}
    return business_case.parse({**base, "drivers": drivers, "lines": lines, **more})


def _normal(mean: float, sd: float) -> dict[str, Any]:
    return {"normal": {"mean": mean, "sd": sd}}


def _sums() -> str:
    """How many of `SEEDS` runs keep each measure of a sum of ten normals within 3 standard errors of its truth."""
    drivers = {f"x{i}": _normal(i - 4, 1 + i / 3) for i in range(10)}
    case = _case(drivers, [{"name": "sum", "kind": "revenue", "formula": " + ".join(drivers), "starts": 0, "ends": 0}])
    mean, sd, draws = 5.0, math.sqrt(sum((1 + i / 3) ** 2 for i in range(10))), 16_384
    truth = {"mean": mean, "sd": sd} | {
        f"p{level:02}": mean + sd * stats.norm.ppf(level / 100) for level in (5, 50, 95)
    }
    errors = {"mean": sd / math.sqrt(draws), "sd": sd / math.sqrt(2 * draws)} | {
        f"p{level:02}": sd * math.sqrt(share * (1 - share) / draws) / stats.norm.pdf(stats.norm.ppf(share))
        for level in (5, 50, 95)
        for share in (level / 100,)
    }
    runs = [_brief(case, draws, seed).cases[0].npv for seed in range(SEEDS)]
    rows: list[list[object]] = []
    for name, value in truth.items():
        off = [abs(run[name] - value) / errors[name] for run in runs]
        rows.append(
            [
                name,
                f"{value:.4f}",
                f"{statistics.mean(off):.2f}",
                f"{max(off):.2f}",
                f"{sum(x < 3 for x in off)}/{SEEDS}",
            ]
        )
    head = ["NPV of a sum of ten normals", "truth", "mean error, s.e.", "largest", "within 3 s.e."]
    return f"Errors in standard errors of as many plain random draws (16,384), {SEEDS} seeds.\n\n" + report.table(
        head, rows
    )


def _information() -> str:
    """The published closed forms of max(0, p1 - p2) with p1 ~ N(1, 1), p2 ~ N(0, variance 4)."""
    lines = [{"name": "gain", "kind": "revenue", "formula": "p1 - p2", "starts": 0, "ends": 0}]
    case = _case({"p1": _normal(1, 1), "p2": _normal(0, 2)}, lines)
    truth = {"EVPI": 0.4798107, "EVPPI p1": 0.0833155, "EVPPI p2": 0.3955931}
    truth |= {"EVSI p1, n = 1": 0.0251273, "EVSI p1, n = 10": 0.0723251, "EVSI p1, n = 100": 0.0821181}
    found: dict[str, list[float]] = {name: [] for name in truth}
    for seed in range(SEEDS):
        outcome = business_case.study([case], seed=seed, tornado=False).cases[0]
        samples = [business_case.evsi([case], "p1", size, 1.0, seed=seed) for size in (1, 10, 100)]
        answers = [outcome.evpi, outcome.evppi["p1"], outcome.evppi["p2"], *samples]
        for name, answer in zip(truth, answers, strict=True):
            found[name].append(answer)
    rows: list[list[object]] = [
        [
            name,
            f"{value:.7f}",
            f"{statistics.mean(found[name]):.7f}",
            f"{max(abs(x / value - 1) for x in found[name]):.2%}",
        ]
        for name, value in truth.items()
    ]
    head = ["value of information", "truth", f"mean of {SEEDS} seeds", "largest error"]
    return "To be met within 1 %.\n\n" + report.table(head, rows)


def _noise() -> str:
    """What a driver without any bearing is said to be worth, at a mean of 0: wiggle is most like knowledge there."""
    rows: list[list[object]] = []
    for name, formula in (("added", "x0 + x1 + x2"), ("multiplied", "x0 * x1 * x2")):
        drivers = {**{f"x{i}": _normal(0, 1) for i in range(3)}, "noise": _normal(0, 1)}
        case = _case(drivers, [{"name": "a", "kind": "revenue", "formula": formula, "starts": 0, "ends": 0}])
        outcomes = [business_case.study([case], 8192, seed, tornado=False).cases[0] for seed in range(SEEDS)]
        shares = [outcome.evppi["noise"] / outcome.evpi for outcome in outcomes]
        rows.append([name, f"{statistics.mean(shares):.2%}", f"{max(shares):.2%}"])
    return report.table(["EVPPI of pure noise, share of EVPI; three drivers", "mean", "largest"], rows)


def _gates() -> str:
    """The option to stop before x - 1 is paid, x ~ N(mean, 1) known: E max(0, x - 1) - E (x - 1)."""
    rows: list[list[object]] = []
    for mean in (0.0, 1.0, 2.0):
        lines = [{"name": "pay", "kind": "revenue", "formula": "x", "starts": 2, "ends": 2}]
        gate = {"at": 1, "cost": 1, "continue_if": "x > 1"}
        case = _case({"x": _normal(mean, 1)}, lines, gates=[gate], discount_rate=0.0)
        runs = [business_case.study([case], seed=seed, tornado=False, finding_out=False) for seed in range(5)]
        best = [run.cases[0].gates[0]["value_of_best_rule"] for run in runs]
        truth = stats.norm.pdf(mean - 1) + (mean - 1) * stats.norm.cdf(mean - 1) - (mean - 1)
        rows.append([mean, f"{truth:.4f}", f"{statistics.mean(best):.4f}", f"{max(abs(x - truth) for x in best):.4f}"])
    return report.table(["being able to stop, mean of x", "truth", "best rule, mean of 5 seeds", "largest error"], rows)


def _bass() -> str:
    fit = business_case.fit_bass(np.array([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]))
    rows: list[list[object]] = [
        ["published", "68,000 (3,130)", "0.00659 (0.00143)", "0.638 (0.0414)"],
        [
            "found",
            f"{fit.m:,.0f} ({fit.m_error:,.0f})",
            f"{fit.p:.5f} ({fit.p_error:.5f})",
            f"{fit.q:.3f} ({fit.q_error:.4f})",
        ],
    ]
    return report.table(["Bass, video recorders 1980-89, density form", "m", "p", "q"], rows)


def _speed() -> str:
    case = _large()
    rows: list[list[object]] = [
        ["8,192 draws, tornado, all EVPPIs", "1,000", _clock(lambda: business_case.study([case], 8192), 5)],
        ["100,000 draws (131,072) without them", "500", _clock(lambda: _brief(case, 100_000), 5)],
        ["live, 2,048 draws, tornado, all EVPPIs", "50", _clock(lambda: business_case.evaluate(case), 20)],
    ]
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores when it was measured"
    return f"30 uncertain drivers, 40 quarters, adoption, 15 lines; milliseconds; {load}.\n\n" + report.table(
        ["run", "to be met", "best / median"], rows
    )


def _large() -> Case:
    drivers: dict[str, Any] = {f"price{i}": {"p10": 8 + i, "p50": 10 + i, "p90": 14 + i} for i in range(10)}
    drivers |= {f"cost{i}": {"low": 1, "mode": 2, "high": 4 + i} for i in range(8)}
    drivers |= {f"share{i}": {"p10": 0.1, "p50": 0.15, "p90": 0.25, "min": 0, "max": 1} for i in range(6)}
    drivers |= {f"scale{i}": _normal(1, 0.1) for i in range(4)}
    drivers |= {
        "p": {"p10": 0.01, "p50": 0.02, "p90": 0.035, "min": 0},
        "q": {"p10": 0.3, "p50": 0.4, "p90": 0.5, "min": 0},
    }
    lines = [
        {"name": f"sales{i}", "kind": "revenue", "formula": f"adopters * share{i} * (price{i} + price{i + 4} / 10) * 3"}
        for i in range(6)
    ]
    lines += [
        {"name": f"run{i}", "kind": "cost", "formula": f"sales{i % 6} / 10 + cost{i} * 500 * ramp(2, 8) * scale{i % 4}"}
        for i in range(8)
    ]
    lines.append({"name": "build", "kind": "capital", "formula": "250_000 * scale0", "starts": 0, "ends": 3})
    pairs = [{"a": f"price{i}", "b": f"share{i}", "rho": -0.4} for i in range(2)]
    adoption = {"p": "p", "q": "q", "market": 5000}
    return _case(drivers, lines, period="quarter", periods=40, correlations=pairs, adoption=adoption)


def _brief(case: Case, draws: int, seed: int = 0) -> business_case.CaseResult:
    return business_case.study([case], draws, seed, tornado=False, finding_out=False, stopping=False)


def _clock(run: Callable[[], object], times: int) -> str:
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return f"{min(taken):,.0f} / {statistics.median(taken):,.0f}"


if __name__ == "__main__":
    main()
