"""Do dates come true as often as they say, of invented teams and of real ones, and how fast is a forecast?"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.simulators.delivery import KINDS, Team, team
from clearspan.engines.delivery import LEVELS, Items, Settings, Work, study
from clearspan.engines.delivery.backtest import Backtest, backtest
from clearspan.engines.delivery.futures import futures
from clearspan.engines.delivery.pace import pace
from clearspan.engines.delivery.throughput import BLOCK, LEAST, throughput

HISTORY = (6, 8, 12, 26)
SHOWN = (0.50, 0.85, 0.95)
START = date(2026, 1, 5).toordinal()
WINDOWS = (4, 8)  # weeks that past forecasts of the real teams look ahead
PROJECTS = ("DURACLOUD", "FCREPO", "ISLANDORA", "DS")  # those with 50 finished issues or more over years

Ints = NDArray[np.int64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=200, help="invented teams of each kind and history")
    teams = parser.parse_args().teams
    body = "\n\n".join((_invented(teams), _real(), _speed()))
    report.write("delivery", "Delivery: when will it be done?", body)


def _invented(count: int) -> str:
    rng = np.random.default_rng(2026)
    rows: list[list[object]] = []
    for weeks in HISTORY:
        pooled: list[tuple[list[bool], list[bool]]] = []
        for kind in KINDS:
            some = [_judged(team(kind, weeks, rng), rng) for _ in range(count)]
            rows.append([weeks, kind, *_shares(some)])
            pooled += some
        rows.append([weeks, "**all**", *(f"**{share}**" for share in _shares(pooled))])
    head = ["weeks", "kind", *(f"{level:.0%}" for level in SHOWN), *(f"plain {level:.0%}" for level in SHOWN)]
    error = 100 * np.sqrt(0.85 * 0.15 / count)
    words = f"""Dates that came true, of {count} invented teams a row (benchmarks/simulators/delivery.py) with 4 to
16 weeks of work left; one row is known to ± {error:.0f} at 85 %. Asked of each history: 85 % dates true 82-90 %, 95 %
dates 92-98 %. A date is the end of a week, so a little more comes true than is said; where no date within ten years is
sure enough, that counts as a miss. Plain: past weeks drawn with equal chances, as is usual."""
    return words + "\n\n" + report.table(head, rows)


def _judged(one: Team, rng: Generator) -> tuple[list[bool], list[bool]]:
    """Whether the dates at SHOWN came true: by the study, and by plain resampling."""
    result = study(_items(one.past), Work(one.remaining), rng, Settings(draws=2_000), START)
    ours = [bool(np.argmax(result.by >= level) >= one.took and result.by[-1] >= level) for level in SHOWN]
    totals = np.cumsum(rng.choice(one.past, (1_000, 400)), axis=1) >= one.remaining
    blocks = np.where(totals.any(axis=1), totals.argmax(axis=1) + 1, 400)
    plain = [bool(np.quantile(blocks, level, method="inverted_cdf") >= one.took) for level in SHOWN]
    return ours, plain


def _items(past: Ints) -> Items:
    finished = np.repeat(START - BLOCK * np.arange(len(past), 0, -1), past)
    none = np.zeros(len(finished), dtype=np.int64)
    return Items(tuple(map(str, range(len(finished)))), none, none, finished)


def _shares(judged: list[tuple[list[bool], list[bool]]]) -> list[str]:
    ours, plain = (np.mean([one[side] for one in judged], axis=0) for side in (0, 1))
    return [f"{100 * share:.1f}" for share in (*ours, *plain)]


def _real() -> str:
    folder = report.data_folder()
    if folder is None:
        return "Real histories: the data is not here, not measured (CLEARSPAN_BENCH_DATA names its folder)."
    rows: list[list[object]] = []
    for name, weeks in _histories(folder):
        for window in WINDOWS:
            held = backtest(weeks, window, np.random.default_rng(0), Settings())
            rows.append([name, len(weeks), window, held.count, f"{held.windows:.0f}", *(_held(held, p) for p in SHOWN)])
    head = ["history", "weeks", "ahead", "dates", "worth", *(f"{level:.0%} dates" for level in SHOWN)]
    words = """Real histories, rolling origin: the share that came true as it would have been shown (uncorrected in
brackets) and how many standard errors that is from what was said; windows that overlap count as what they are worth.
Asked: within two; what is over it is in bold. DS is 63 issues over almost five years, and its work dried up: no past of
a team knows its end. FCREPO went from 90 issues in half a year to 22 within weeks: five of the eight 95 % dates that it
missed uncorrected stand in a row there."""
    return words + "\n\n" + report.table(head, rows)


def _held(held: Backtest, level: float) -> str:
    at = LEVELS.index(level)
    errors = (held.came[at] - level) / held.error(level)
    said = f"{100 * held.came[at]:.0f} ({100 * held.uncorrected[at]:.0f}), {errors:+.1f}"
    return said if abs(errors) <= 2 else f"**{said}**"


def _histories(folder: Path) -> Iterator[tuple[str, Ints]]:
    """Weekly throughput of two teams and of the projects of a public tracker."""
    teams: dict[str, list[int]] = {}
    file = folder / "known_answers" / "delivery_two_teams.csv"
    for row in _rows(file):
        if int(row["cycle_time_days"]) >= 0:
            finished = date.fromisoformat(row["created_date"]) + timedelta(int(row["cycle_time_days"]))
            teams.setdefault(f"team {row['grp']}", []).append(finished.toordinal())
    for row in _rows(folder / "jira_duraspace" / "issues.csv"):
        if row["resolved"] and row["project"] in PROJECTS:
            teams.setdefault(row["project"], []).append(date.fromisoformat(row["resolved"][:10]).toordinal())
    for name, days in sorted(teams.items()):
        weeks = throughput(np.array(days), max(days) + 1)
        yield name, _without_a_last_one_alone(weeks)


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _without_a_last_one_alone(weeks: Ints) -> Ints:
    """Up to where work went on: an item closed half a year after all others ends no history of a team at work."""
    busy = np.flatnonzero(weeks)
    while len(busy) > LEAST and busy[-1] - busy[-2] > 26:
        busy = busy[:-1]
    return weeks[: busy[-1] + 1]


def _speed() -> str:
    rows: list[list[object]] = []
    rng = np.random.default_rng(1)
    for weeks, rate, left in ((12, 5.0, 40), (26, 5.0, 200), (200, 5.0, 40), (8, 0.7, 40)):
        past = rng.poisson(rate, weeks).astype(np.int64)
        past[0] = max(past[0], 1)
        runs = _best(lambda: futures(pace(past), np.full(10_000, float(left)), rng, 520))  # noqa: B023 called at once
        whole = _best(lambda: study(_items(past), Work(left), rng, None, START))  # noqa: B023 called at once
        rows.append([weeks, f"{rate:g}", left, f"{runs:.3f}", f"{whole:.3f}"])
    head = ["weeks of history", "items a week", "left", "10,000 runs, s", "the whole study with its backtest, s"]
    words = (
        "Seconds of one core (processor time), so that other work on the machine does not count; best of five. Asked: "
        "10,000 runs within 0.2 s."
    )
    return words + "\n\n" + report.table(head, rows)


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    main()
