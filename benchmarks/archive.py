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
from datetime import date
from typing import Any

from benchmarks import house, report
from benchmarks.simulators import feedback

ROWS = 1_000_000
COMPANIES = {"archive-sample": "the sample company", "archive-large": "a million pieces of feedback"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--anew", action="store_true", help="make the companies again")
    parser.add_argument("--only", choices=COMPANIES, help="one of them; nothing is written down")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)  # this process does that, of --only
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(STEPS[asked.step](asked.only, asked.anew)))
        return
    lines: list[list[object]] = []
    for name in [asked.only] if asked.only else COMPANIES:
        _elsewhere("make", name, asked.anew)
        out, back, again = (_elsewhere(step, name) for step in ("export", "restore", "again"))
        assert out["digest"] == again["digest"], "what came back is not what went out"
        size = f"{out['size'] / 1e6:,.1f} MB"
        for words, step in (("export", out), ("restore", back), ("export again: the same", again)):
            memory = f"{step['memory']:,.0f} MB"
            lines.append([COMPANIES[name], words, f"{out['rows']:,}", size, f"{step['seconds']:.1f} s", memory])
            print(*lines[-1], sep=" | ", flush=True)
    header = ["company", "", "rows", "size of the archive", "wall", "peak memory of the process"]
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


def _elsewhere(step: str, name: str, anew: bool = False) -> Any:
    command = [sys.executable, "-m", "benchmarks.archive", "--step", step, "--only", name, *(["--anew"] * anew)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def make(name: str, anew: bool) -> dict[str, Any]:
    """The company, unless it is there."""
    if (house.FOLDER / name / "made").exists() and not anew:
        return {}
    home = house.enter(name, anew=True)
    if name == "archive-sample":
        from clearspan.interfaces.sample import build

        build(date(2026, 11, 1), 1, lambda _: None)
    else:
        from benchmarks.imports import bring_in, company

        product, person = company()
        bring_in(feedback.write(house.FOLDER / f"feedback-{ROWS}.csv", ROWS), product, person)
    (home / "made").touch()
    return {}


def export(name: str, _: bool) -> dict[str, Any]:
    house.enter(name)
    from clearspan.interfaces.archive import handing

    with house.measured() as cost:
        kept = handing.write_to(house.FOLDER / f"{name}.zip")
    return _told(cost) | {"size": kept.size, "rows": kept.rows, "digest": kept.digest}


def restore(name: str, _: bool) -> dict[str, Any]:
    house.enter(f"{name}-again", anew=True)
    from clearspan.interfaces.archive import checking, restoring

    with house.measured() as cost:
        restoring.restore(checking.check(house.FOLDER / f"{name}.zip"), another_key=True)
    return _told(cost)


def again(name: str, _: bool) -> dict[str, Any]:
    return export(f"{name}-again", False)


def _told(cost: house.Cost) -> dict[str, Any]:
    return {"seconds": cost.wall, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


STEPS = {"make": make, "export": export, "restore": restore, "again": again}

if __name__ == "__main__":
    main()
