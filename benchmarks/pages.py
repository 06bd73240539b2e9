"""Every screen of the product in a company with a million pieces of feedback: server time and number of queries.

The company is made once, by the real import, and kept under var/bench (`--anew` makes it again); one of a hundredth of
its size stands beside it and is measured in the same run. Which screens there are tests/browser/pages.py says, which a
test holds to the addresses there are; benchmarks/simulators/asked.py adds what they are asked for besides.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from benchmarks import house, report
from benchmarks.simulators import feedback

FULL = 1_000_000
COMPANIES = {"small": 0.01, "large": 1.0}
ASKED = 100.0  # milliseconds at the 95th percentile
WARM = 2  # requests before those that count: templates are read then, and connections made
AGAIN = 2  # how often what is over it is measured again: a machine that is not ours alone slows for minutes at a time


@dataclass
class Measured:
    """One address. Times are milliseconds: of the server, and of the processor in this process and the database's."""

    title: str
    address: str
    status: int
    median: float
    p95: float
    processor: float
    queries: int
    kilobytes: float
    first: float = 0.0  # p95 as it was measured at first


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--anew", action="store_true", help="make both companies again")
    parser.add_argument("--only", default="", help="addresses with this in their title; nothing is written down")
    parser.add_argument("--times", type=int, default=20, help="requests of each address")
    parser.add_argument("--company", choices=COMPANIES, help=argparse.SUPPRESS)  # this process measures that one
    asked = parser.parse_args()
    if asked.company:
        house.enter(asked.company, anew=asked.anew)
        found = measure(asked.company, asked.only, asked.times)
        print(json.dumps([asdict(one) for one in found]))
        return 0
    small, large = (_elsewhere(name, asked) for name in COMPANIES)
    body = told(small, large, asked.times)
    if asked.only:
        print(body)
    else:
        report.write("pages", "Pages, with a million pieces of feedback", body)
    return 0


def _elsewhere(name: str, asked: argparse.Namespace) -> dict[str, Measured]:
    """Django knows one database: each company is measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pages", "--company", name, "--only", asked.only]
    command += ["--times", str(asked.times), *(["--anew"] if asked.anew else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {one["title"]: Measured(**one) for one in json.loads(done.stdout.splitlines()[-1])}


def measure(name: str, only: str, times: int) -> list[Measured]:
    """Every address of the company, made before if it is not there."""
    from benchmarks.simulators import asked
    from clearspan.config.garbage import settle

    kept = house.FOLDER / name / "rows.json"
    if not kept.exists():
        kept.write_text(json.dumps(make(COMPANIES[name])))
    rows = _found_again(json.loads(kept.read_text()))
    clients: dict[str, Any] = {}
    settle()  # as the web process does when it has loaded everything (config/wsgi.py)
    wanted = {title: (address, who) for title, address, who in asked.addresses(rows) if only in title}

    def one(title: str) -> Measured:
        address, who = wanted[title]
        measured = _measure(_client(clients, who), title, address, times)
        print(measured, file=sys.stderr, flush=True)
        return measured

    found = {title: one(title) for title in wanted}
    first = {title: measured.p95 for title, measured in found.items()}
    for _ in range(AGAIN):
        for title in [title for title, measured in found.items() if measured.p95 > ASKED]:
            found[title] = min(found[title], one(title), key=lambda measured: measured.p95)
    return [replace(measured, first=first[title]) for title, measured in found.items()]


def make(scale: float) -> dict[str, int]:
    """A company at a scale; kind to number of one row of each."""
    from django.db import connection
    from tests.browser.company import found

    from benchmarks import imports
    from benchmarks.simulators.company import fill
    from clearspan.catalogue.models import Product

    world, rows = found()
    count = round(FULL * scale)
    imports.bring_in(feedback.write(house.FOLDER / f"feedback-{count}.csv", count), world.tideline, world.ines.person)
    fill(rows | {Product: world.tideline}, scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum has done by the next morning
    return {model.__name__: row.pk for model, row in rows.items()}


def _found_again(kept: dict[str, int]) -> Any:
    """The rows by kind; in place of some those that have most behind them."""
    from django.apps import apps
    from tests.browser.pages import SCREENS

    from benchmarks.simulators.company import heaviest

    kinds = {model.__name__: model for model in apps.get_models()}
    rows = {}
    for name, number in kept.items():
        every = kinds[name]._default_manager.order_by("-pk")
        rows[kinds[name]] = every.filter(pk=number).first() or every.first()
    for kind in {kind for screen in SCREENS for kind in screen.about if not isinstance(kind, str)} - rows.keys():
        if newer := kind._default_manager.first():  # of a kind that was not there yet when the company was made
            rows[kind] = newer
    return heaviest(rows)


def _client(clients: dict[str, Any], who: str) -> Any:
    """Somebody who is signed in, as a browser is."""
    from django.test import Client

    from clearspan.core.models import User

    if who not in clients:
        clients[who] = Client(SERVER_NAME="localhost")
        clients[who].force_login(User.objects.get(email=f"{who}@example.org"))
    return clients[who]


def _measure(client: Any, title: str, address: str, times: int) -> Measured:
    from django.db import connection

    queries = [0]

    def counting(execute: Any, *given: Any) -> Any:
        queries[0] += 1
        return execute(*given)

    for _ in range(WARM):
        answer = client.get(address)
    with connection.execute_wrapper(counting):
        client.get(address)
    walls = []
    with house.measured() as cost:
        for _ in range(times):
            start = time.perf_counter()
            answer = client.get(address)
            walls.append(1000 * (time.perf_counter() - start))
    walls.sort()
    return Measured(
        title,
        address,
        answer.status_code,
        walls[times // 2],
        walls[math.ceil(0.95 * times) - 1],
        1000 * cost.processor / times,
        queries[0],
        len(answer.content) / 1024,
    )


def told(small: dict[str, Measured], large: dict[str, Measured], times: int) -> str:
    """The table, the slowest first, and what is to be said of it."""
    lines: list[list[object]] = []
    for title, big in sorted(large.items(), key=lambda item: -item[1].p95):
        few = small.get(title)
        lines.append(
            [
                f"`{title}`",
                f"{big.median:.0f}",
                f"{big.p95:.0f}",
                f"{big.processor:.0f}",
                f"{big.processor / few.processor:.1f}" if few else "",
                f"{few.queries if few else 0}, {big.queries}",
                f"{big.kilobytes:.0f}",
            ]
        )
    slow = [one.title for one in large.values() if one.p95 > ASKED]
    later = sum(one.p95 <= ASKED < one.first for one in large.values())
    failed = [f"{one.title}: {one.status}" for one in large.values() if one.status >= 400]
    broken = f" Without a page: {', '.join(failed)}." if failed else ""
    header = [
        "address",
        "median, ms",
        "p95, ms",
        "processor, ms",
        "to the small company",
        "queries, small and large",
        "kB",
    ]
    return f"""
A company with {FULL:,} pieces of feedback of 20,000 accounts, 400,000 mentions of 5,000 needs, 10,000 deals, 5,000 each
of asks, interviews and pieces of intelligence, 2,000 options with cases, 2,000 decisions, 200,000 events
(benchmarks/simulators/company.py), beside one with a hundredth of each. {times} requests of each address after {WARM}
that do not count, through Django's client with the settings of production. "Processor" is that of the server and of
the database together, a request. Where rows are named, they are those with most behind them. Asked: p95 within
{ASKED:.0f} ms. What is over it is measured again, up to {AGAIN} times, when all others have been: its best run counts.
{len(large) - len(slow)} of {len(large)} addresses keep it, {later} of them not at first.{broken}

{report.table(header, lines)}

{house.quiet()}
"""


if __name__ == "__main__":
    sys.exit(main())
