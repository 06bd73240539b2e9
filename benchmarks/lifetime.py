"""`python -m benchmarks.lifetime`: the BG/NBD model against its paper's answers, and whether its intervals hold."""

from __future__ import annotations

import csv
import time

import numpy as np

from benchmarks import report
from clearspan.engines.lifetime import BgNbd, Customers, Settings, fit, study

PUBLISHED = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "log-likelihood": -9582.4}
RUNS, CUSTOMERS, WATCHED, AHEAD = 100, 500, 30.0, 26.0
MANY = 100_000  # customers, for its time
TRUE = BgNbd(0.8, 6.0, 0.9, 3.0)


def main() -> None:
    report.write("lifetime", "Lifetime: who still buys?", "\n\n".join([_published(), _coverage(), _speed()]))


def _published() -> str:
    folder = report.data_folder()
    file = folder / "known_answers" / "cdnow_customers_summary.csv" if folder else None
    if file is None or not file.exists():
        return "CDNOW's customers are not here, not measured (CLEARSPAN_BENCH_DATA names their folder)."
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [[float(row[name]) for name in ("frequency", "recency", "T")] for row in csv.DictReader(lines)]
    found = fit(Customers(*np.array(rows).T))
    values = {**vars(found.model), "log-likelihood": found.log_likelihood}
    table = report.table(
        ["", "published", "found"], [[name, PUBLISHED[name], f"{values[name]:.4f}"] for name in PUBLISHED]
    )
    return f"CDNOW's {len(rows):,} customers (Fader, Hardie and Lee 2005):\n\n{table}"


def _coverage() -> str:
    """How often 90 % intervals of what all will buy held, over simulated customers of a known truth."""
    kept = 0
    for seed in range(RUNS):
        rng = np.random.default_rng(seed)
        them, later = _customers(rng)
        low, high = (study(them, Settings(AHEAD, draws=100), rng).to_come[name] for name in ("p05", "p95"))
        kept += low <= later <= high
    return (
        f"Of {RUNS} simulated companies of {CUSTOMERS} customers, watched for {WATCHED:g} weeks, the 90 % interval of "
        f"what they buy in the {AHEAD:g} after held {kept} times ({kept / RUNS:.0%})."
    )


def _customers(rng: np.random.Generator, count: int = CUSTOMERS) -> tuple[Customers, int]:
    """Customers as they are seen, and how often they buy afterwards."""
    rows, later = [], 0
    rates, leaving = rng.gamma(TRUE.r, 1 / TRUE.alpha, count), rng.beta(TRUE.a, TRUE.b, count)
    for rate, leaves in zip(rates, leaving, strict=True):
        frequency, last, now = 0, 0.0, rng.exponential(1 / rate)
        while now < WATCHED + AHEAD:
            if now < WATCHED:
                frequency, last = frequency + 1, now
            else:
                later += 1
            if rng.random() < leaves:
                break
            now += rng.exponential(1 / rate)
        rows.append((frequency, last, WATCHED))
    return Customers(*np.array(rows, dtype=np.float64).T), later


def _speed() -> str:
    rng = np.random.default_rng(0)
    them, _ = _customers(rng, MANY)
    began = time.process_time()
    study(them, Settings(AHEAD), rng)
    took = time.process_time() - began
    return f"{MANY:,} simulated customers: {took:.1f} s of the processor for parameters, sums and intervals."


if __name__ == "__main__":
    main()
