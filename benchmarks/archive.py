"""Everything out and in again: the sample company, and one with a million pieces of feedback.

Each step is a process of its own, whose memory is its alone. The companies are made once and kept under var/bench
(`--anew` makes them again); the restored ones are made each time, and exported once more: the content must be the same.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks import house, report
from benchmarks.simulators import feedback

ROWS = 1_000_000
COMPANIES = ("sample", "large")


@dataclass(frozen=True)
class Company:
    """One that goes out and in again; `rows` of feedback, or 0: the sample company."""

    rows: int

    @property
    def folder(self) -> str:
        return f"archive-{self.rows}" if self.rows else "archive-sample"

    @property
    def words(self) -> str:
        return f"{self.rows:,} pieces of feedback" if self.rows else "the sample company"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help="pieces of feedback that the large company has")
    parser.add_argument("--anew", action="store_true", help="make the companies again")
    parser.add_argument("--only", choices=COMPANIES, help="one of them; nothing is written down")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)  # this process does that, of --only
    asked = parser.parse_args()
    chosen = {"sample": Company(0), "large": Company(asked.rows)}
    if asked.step:
        print(json.dumps(STEPS[asked.step](chosen[asked.only], asked.anew)))
        return
    lines: list[list[object]] = []
    for name in [asked.only] if asked.only else COMPANIES:
        company = chosen[name]
        _elsewhere("make", name, asked.rows, asked.anew)
        out, back, again = (_elsewhere(step, name, asked.rows) for step in ("export", "restore", "again"))
        assert out["digest"] == again["digest"], "what came back is not what went out"
        size = f"{out['size'] / 1e6:,.1f} MB"
        for words, step in (("export", out), ("restore", back), ("export again: the same", again)):
            seconds = [f"{step[which]:.1f} s" for which in ("wall", "own", "database")]
            lines.append([company.words, words, f"{out['rows']:,}", size, *seconds, f"{step['memory']:,.0f} MB"])
            print(*lines[-1], sep=" | ", flush=True)
    header = ["company", "", "rows", "size of the archive", "wall", "processor, command", "processor, database",
              "peak memory of the command"]  # fmt: skip
    body = f"""
Written and read back; then restored into an empty database with every index made and every reference checked, in one
transaction; then exported again, with the same content to the byte.

{report.table(header, lines)}

{house.quiet()}
"""
    if asked.only:
        print(body)
    else:
        report.write("archive", "Everything out, and in again", body)


def _elsewhere(step: str, name: str, rows: int, anew: bool = False) -> Any:
    command = [sys.executable, "-m", "benchmarks.archive", "--step", step, "--only", name, "--rows", str(rows)]
    done = subprocess.run([*command, *(["--anew"] * anew)], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def make(company: Company, anew: bool) -> dict[str, Any]:
    """The company, unless it is there."""
    if (house.FOLDER / company.folder / "made").exists() and not anew:
        return {}
    home = house.enter(company.folder, anew=True)
    if not company.rows:
        from clearspan.interfaces.sample import build

        build(date(2026, 11, 1), 1, lambda _: None)
    else:
        from benchmarks import imports

        product, person = imports.company()
        file = feedback.write(house.FOLDER / f"feedback-{company.rows}.csv", company.rows)
        imports.bring_in(file, product, person)
    (home / "made").touch()
    return {}


def export(company: Company, _: bool) -> dict[str, Any]:
    return _export(company.folder)


def restore(company: Company, _: bool) -> dict[str, Any]:
    house.enter(f"{company.folder}-again", anew=True)
    from clearspan.interfaces.archive import checking, restoring

    with house.measured() as cost:
        restoring.restore(checking.check(house.FOLDER / f"{company.folder}.zip"), another_key=True)
    return _told(cost)


def again(company: Company, _: bool) -> dict[str, Any]:
    return _export(f"{company.folder}-again")


def _export(folder: str) -> dict[str, Any]:
    house.enter(folder)
    from clearspan.interfaces.archive import handing

    with house.measured() as cost:
        kept = handing.write_to(house.FOLDER / f"{folder}.zip")
    return _told(cost) | {"size": kept.size, "rows": kept.rows, "digest": kept.digest}


def _told(cost: house.Cost) -> dict[str, Any]:
    return vars(cost) | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


STEPS = {"make": make, "export": export, "restore": restore, "again": again}

if __name__ == "__main__":
    main()
