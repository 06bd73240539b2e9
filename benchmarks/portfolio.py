"""`python -m benchmarks.portfolio`: published optima, invented portfolios after 20 s, and what each question costs.

Seconds are seconds of one core (processor time), so that other work on the machine does not count. `--ten-minutes`
adds a ten-minute run to the reference of one portfolio (100 options, dense); without it the reference is the best of
`RUNS` runs of `LONGER` seconds with different seeds, and the table says which.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import report
from benchmarks.simulators.portfolio import portfolio
from clearspan.engines.portfolio import (
    CapacityValue,
    Limits,
    Plan,
    Problem,
    displacement,
    frontier,
    prices,
    rejections,
    robustness,
    solve,
)
from clearspan.engines.portfolio.greedy import greedy
from clearspan.engines.portfolio.scoring import objective

SECONDS, LONGER, RUNS = 20.0, 60.0, 2
TEN_MINUTES = 600.0


def main() -> None:
    body = [_published(), _invented(ten_minutes="--ten-minutes" in sys.argv), _questions()]
    report.write("portfolio", "Portfolio", "\n\n".join(body))


def _published() -> str:
    """Petersen's seven selections of R&D projects."""
    folder = report.data_folder()
    file = None if folder is None else folder / "known_answers" / "mknap1.txt"
    if file is None or not file.exists():
        return "Petersen's optima (OR-Library, mknap1): the file is not here, not checked."
    rows: list[list[object]] = []
    for best, problem in _read(file):
        began = time.process_time()
        plan = solve(problem)
        took = time.process_time() - began
        met = "yes" if plan.optimal and abs(plan.objective - best) < 1e-6 else "NO"
        rows.append(
            [len(problem.options), len(problem.functions), f"{best:g}", f"{plan.objective:g}", met, f"{took:.1f}"]
        )
    head = ["options", "functions", "published optimum", "found", "the same, and proven", "s"]
    return "Petersen's selections of R&D projects (1967; OR-Library, mknap1).\n\n" + report.table(head, rows)


def _read(file: Path) -> Iterator[tuple[float, Problem]]:
    """Each problem of the file, with its published optimum."""
    numbers = iter([float(word) for word in file.read_text(encoding="ascii").split()])
    for _ in range(int(next(numbers))):
        n, m, best = int(next(numbers)), int(next(numbers)), next(numbers)
        value = [next(numbers) for _ in range(n)]
        needs = np.array([[next(numbers) for _ in range(n)] for _ in range(m)])
        room = [next(numbers) for _ in range(m)]
        yield best, Problem.of([f"project {k + 1}" for k in range(n)], needs.T, [room], value)


@dataclass
class _Core:
    """A stop after so many seconds of one core."""

    seconds: float

    def __post_init__(self) -> None:
        self.due = time.process_time() + self.seconds

    def __call__(self) -> bool:
        return time.process_time() >= self.due


def _timed(problem: Problem, seconds: float, seed: int = 0) -> Plan:
    return solve(problem, Limits(nodes=None, seed=seed), stop=_Core(seconds))


def _invented(*, ten_minutes: bool) -> str:
    rows: list[list[object]] = []
    for options in (40, 100):
        for dense in (True, False):
            problem = portfolio(options, dense=dense, seed=1)
            rows.append(_row(problem, dense=dense, ten_minutes=ten_minutes and options == 100 and dense))
            print(rows[-1], file=sys.stderr, flush=True)
    head = [
        "options",
        "kind",
        "greedy",
        f"after {SECONDS:.0f} s",
        "over greedy",
        "bound",
        "gap",
        "best of",
        "is",
        "short of it",
    ]
    words = (
        "Invented portfolios (benchmarks/simulators/portfolio.py, seed 1): 8 periods, 5 functions, dependencies. "
        "To be met: within 1 % of the best that a ten-minute run finds, 8 % or more over greedy by value per effort."
    )
    return words + "\n\n" + report.table(head, rows)


def _row(problem: Problem, *, dense: bool, ten_minutes: bool) -> list[object]:
    simple = greedy(problem)
    assert simple is not None
    least, plan = objective(problem, simple.array()), _timed(problem, SECONDS)
    reference, words = plan.objective, "this run, proven"
    if not plan.optimal:
        longer = [_timed(problem, LONGER, seed).objective for seed in range(1, RUNS + 1)]
        words = f"{RUNS} runs of {LONGER:.0f} s"
        if ten_minutes:
            longer.append(_timed(problem, TEN_MINUTES).objective)
            words += ", one of 600 s"
        reference = max(reference, *longer)
    return [
        len(problem.options),
        "dense" if dense else "sparse",
        f"{least:.2f}",
        f"{plan.objective:.2f}",
        f"{plan.objective / least - 1:.1%}",
        f"{plan.bound:.2f}",
        f"{plan.gap:.1%}",
        words,
        f"{reference:.2f}",
        f"{1 - plan.objective / reference:.2%}",
    ]


def _questions() -> str:
    """What the further questions cost at 40 options with 1,000 draws, under the limits that are the same everywhere."""
    problem = portfolio(40, dense=False, seed=2, draws=1_000, risk=0.5)
    began = time.process_time()
    plan = solve(problem)
    rows: list[list[object]] = [["the plan", f"{time.process_time() - began:.1f}", f"gap {plan.gap:.1%}"]]
    left_out = next(each.option for each in rejections(problem, plan) if each.loses)
    for name, question in {
        "force one option in": lambda: f"{displacement(problem, plan, left_out).value_lost:.2f} lost",
        "prices, 40 and 5": lambda: _told(prices(problem, plan).each),
        "robustness, 100 draws": lambda: f"{robustness(problem, plan).proven} proven",
        "frontier, 7 points": lambda: f"{len(frontier(problem, plan))} points",
    }.items():
        began = time.process_time()
        answer = question()
        rows.append([name, f"{time.process_time() - began:.1f}", answer])
        print(rows[-1], file=sys.stderr, flush=True)
    words = "The questions beyond the plan: 40 options, sparse, 1,000 draws, risk 0.5, the default limits."
    return words + "\n\n" + report.table(["", "s", ""], rows)


def _told(each: tuple[CapacityValue, ...]) -> str:
    return f"{sum(price.distinguishable for price in each)} of {len(each)} distinguishable"


if __name__ == "__main__":
    main()
