"""A roadmap that nobody here made, with every change of its targets: does a launch know how often it was moved?

Each enhancement of Kubernetes that names a release to be stable in is a launch on that release's day; each later target
moves it, by the same actions that a person uses; one that is there was launched. What the launches then say is held
against the same counted from the file alone.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks import house, report

FOLDER = "kubernetes_roadmap"
RELEASES = {  # the days on which Kubernetes released; from 1.36 on the middle of the month in which it usually does
    "1.11": date(2018, 6, 27), "1.12": date(2018, 9, 27), "1.13": date(2018, 12, 3),
    "1.14": date(2019, 3, 25), "1.15": date(2019, 6, 19), "1.16": date(2019, 9, 18),
    "1.17": date(2019, 12, 9), "1.18": date(2020, 3, 25), "1.19": date(2020, 8, 26), "1.20": date(2020, 12, 8),
    "1.21": date(2021, 4, 8), "1.22": date(2021, 8, 4), "1.23": date(2021, 12, 7), "1.24": date(2022, 5, 3),
    "1.25": date(2022, 8, 23), "1.26": date(2022, 12, 8), "1.27": date(2023, 4, 11), "1.28": date(2023, 8, 15),
    "1.29": date(2023, 12, 13), "1.30": date(2024, 4, 17), "1.31": date(2024, 8, 13), "1.32": date(2024, 12, 11),
    "1.33": date(2025, 4, 23), "1.34": date(2025, 8, 27), "1.35": date(2025, 12, 17), "1.36": date(2026, 4, 15),
    "1.37": date(2026, 8, 15), "1.38": date(2026, 12, 15), "1.39": date(2027, 4, 15), "1.40": date(2027, 8, 15),
    "1.41": date(2027, 12, 15),
}  # fmt: skip


def main() -> int:
    data = report.data_folder()
    folder = data / FOLDER if data else None
    if folder is None or not folder.is_dir():
        print("no roadmap: set CLEARSPAN_BENCH_DATA", file=sys.stderr)
        return 0
    targets, there, unread = _targets(folder)
    house.enter("moved", anew=True)
    told, said = _launched(targets, there)
    wrong = [key for key, days in targets.items() if told[key] != (len(days) - 1, days[0], days[-1])]
    moved = [days for days in targets.values() if len(days) > 1]
    slips = [(days[-1] - days[0]).days for days in moved]
    times = Counter(len(days) - 1 for days in targets.values())
    kept = sum(targets[key][-1] <= targets[key][0] for key in there)
    right = said == f"{len(there)} launches were launched; {kept} by the day first planned for."
    changes = sum(len(days) - 1 for days in targets.values())
    often = len(targets) - times[0] - times[1] - times[2]
    report.write("moved", "A roadmap whose targets moved", f"""
{len(targets)} enhancements name a release to be stable in, with {changes} changes of it; {unread} targets that are no
release (“TBD”, “x.y”) are left out. Planned, moved and launched by the actions that people use.

- {len(targets) - len(wrong)} of {len(targets)} launches say as often as the file that they were moved, from the same
  first day to the same last.
- Of those that are there, the list says “{said}” Counted from the file it is {kept} of {len(there)}.
- Never moved {times[0]}, once {times[1]}, twice {times[2]}, more often {often}. Half of those moved slipped by
  {statistics.median(slips):.0f} days or more; {sum(one < 0 for one in slips)} came forward.
""")  # fmt: skip
    return int(bool(wrong) or not right)


def _targets(folder: Path) -> tuple[dict[str, list[date]], list[str], int]:
    """By enhancement its targets one after the other, those that are implemented, and how many were not understood."""
    with (folder / "target_history.csv").open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["at"])
    targets: dict[str, list[date]] = {}
    done: dict[str, bool] = {}
    unread = 0
    for row in rows:
        done[row["kep"]] = row["status"] == "implemented"
        if not row["stable"].strip():
            continue
        day = RELEASES.get(row["stable"].strip().removeprefix("v"))
        if day is None:
            unread += 1
            continue
        days = targets.setdefault(row["kep"], [])
        if not days or days[-1] != day:
            days.append(day)
    today = datetime.now(UTC).date()
    return targets, [key for key, days in targets.items() if done[key] and days[-1] <= today], unread


def _launched(targets: dict[str, list[date]], there: list[str]) -> tuple[dict[str, tuple[int, date, date]], str]:
    """By enhancement how often its launch was moved, its first day and its day; and what the list says of them."""
    from django.utils import timezone

    from clearspan.catalogue.models import Line, Product
    from clearspan.core.actor import Actor
    from clearspan.stages.launch import answers, queries
    from clearspan.stages.launch.actions import decide_launch, mark_launched, move_launch, plan_launch

    actor = Actor.system("import")
    product = Product.objects.create(name="Roadmap", key="roadmap", line=Line.objects.create(name="Community"))
    told: dict[str, tuple[int, date, date]] = {}
    for key, days in targets.items():
        launch = plan_launch(actor, product=product, title=f"Enhancement {key}", planned_on=days[0])
        for day in days[1:]:
            move_launch(actor, launch=launch, planned_on=day)
        if key in there:
            decide_launch(actor, launch=launch, goes=True, reasons="It is implemented")
            mark_launched(actor, launch=launch, on=days[-1])
        launch.refresh_from_db()
        told[key] = (launch.moves, launch.first_planned_on or launch.planned_on, launch.planned_on)
    found = queries.listing(actor, product, "launched", timezone.localdate())
    return told, answers.of_list(found, "launched")


if __name__ == "__main__":
    sys.exit(main())
