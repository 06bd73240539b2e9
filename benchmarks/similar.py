"""Are ideas found that say the same in other words, while one types, and how long does that take among 10,000?

Real pairs of reports that a project's own people marked as saying the same (Firefox), among thousands of other texts
(Banking77) on a portal. The title of one report is typed; the others of its pair count as found when one is among the
first five. Each page is asked through the application as it is served, in one process.
"""

from __future__ import annotations

import ast
import csv
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import house, report

IDEAS, ASKED = 10_000, 200
TUNED_ON, JUDGED = 500, 500  # pairs: what the ways weigh was chosen on the first, the next judge
_PAIRS = ("Firefox_textually_similar_pair.csv", "Firefox_textually_dissimilar_pair.csv")

Pair = tuple[int, int, bool]  # two reports, and whether their words are alike


def main() -> int:
    folder = report.data_folder()
    if folder is None or not (folder / "firefox_duplicate_pairs").is_dir():
        print("no pairs of duplicates: set CLEARSPAN_BENCH_DATA", file=sys.stderr)
        return 1
    csv.field_size_limit(1 << 30)
    reports, pairs = _pairs(folder / "firefox_duplicate_pairs")
    house.enter("similar", anew="--anew" in sys.argv)
    product = _portal(reports, _others(folder / "banking77_train" / "train.csv", IDEAS - len(reports)))
    body = [_found(product, reports, pairs), _speed(product, reports), house.quiet()]
    report.write("similar", "Similar ideas, found as one types", "\n\n".join(body))
    return 0


def _pairs(folder: Path) -> tuple[dict[int, tuple[str, str]], list[Pair]]:
    """Title and text of each report, and the pairs in an order that means nothing."""
    import numpy as np

    reports: dict[int, tuple[str, str]] = {}
    pairs = []
    for name in _PAIRS:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for given in csv.DictReader(file):
                row = {key.lower(): value for key, value in given.items()}
                both = int(float(row["bug id"])), int(float(row["duplicate_bug_ids"]))
                for place, number in enumerate(both, 1):
                    words = _plain(row[f"summary{place}"])[:160], _plain(row[f"description{place}"])[:4_000]
                    reports.setdefault(number, words)
                pairs.append((*both, name == _PAIRS[0]))
    return reports, [pairs[i] for i in np.random.default_rng(0).permutation(len(pairs))]


def _others(path: Path, count: int) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)][:count]


def _portal(reports: dict[int, tuple[str, str]], others: list[str]) -> Any:
    """An open portal with every report and every other text as a public idea."""
    from django.utils import timezone

    from clearspan.catalogue.models import Line, Product
    from clearspan.stages.portal.models import Idea, IdeaMeaning, Portal

    line, _ = Line.objects.get_or_create(name="Said again")
    product, _ = Product.objects.get_or_create(key="again", defaults={"name": "Said again", "line": line})
    Portal.objects.update_or_create(product=product, defaults={"is_open": True})
    if Idea.objects.filter(product=product).count() != len(reports) + len(others):
        Idea.objects.filter(product=product).delete()
        words = [(str(number), *said) for number, said in reports.items()]
        words += [(f"other {place}", text[:160], text) for place, text in enumerate(others)]
        now = timezone.now()
        ideas = Idea.objects.bulk_create(
            (
                Idea(product=product, external_id=key, title=title, text=text, state="public", said_at=now,
                     published_at=now)
                for key, title, text in words
            ),
            batch_size=2_000,
        )  # fmt: skip
        IdeaMeaning.keep(ideas)
        _analyze()
    return product


def _found(product: Any, reports: dict[int, tuple[str, str]], pairs: list[Pair]) -> str:
    """How often one of a report's own pairs is among the first five, by each way."""
    from clearspan.stages.portal.queries.similar import by_meaning, by_words, similar

    same = _same(pairs)
    ways: dict[str, Any] = {"words alone": (by_words,), "meaning alone": (by_meaning,), "both": (by_words, by_meaning)}
    lines: list[list[object]] = []
    for name, which in ways.items():
        hits: dict[bool, list[bool]] = {True: [], False: []}
        for first, _, worded_alike in pairs[TUNED_ON : TUNED_ON + JUDGED]:
            own = str(first)
            rows = similar(product, reports[first][0], 6, which)
            five = [like.idea.external_id for like in rows if like.idea.external_id != own][:5]
            hits[worded_alike].append(any(key.isdigit() and int(key) in same[first] for key in five))
        every = hits[True] + hits[False]
        lines.append([name, *(f"{sum(one) / len(one):.3f}" for one in (every, hits[True], hits[False]))])
    head = [
        f"Recall at 5 of {JUDGED} held out, {IDEAS:,} ideas",
        "All",
        "Worded alike",
        "Worded otherwise",
    ]
    return report.table(head, lines)


def _speed(product: Any, reports: dict[int, tuple[str, str]]) -> str:
    """The fragment as it is asked while one types, and the page in between for who has no JavaScript."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client, lines = Client(), []
    for name in ("similar", "say"):
        times = []
        asked = [title for title, _ in list(reports.values())[: ASKED + 5]]
        for title in asked[:5]:  # the first reads the model and what the ideas mean
            client.get(f"/portal/{product.key}/{name}", {"text": title})
        with house.measured() as cost:
            for title in asked[5:]:
                start = time.perf_counter()
                status = client.get(f"/portal/{product.key}/{name}", {"text": title}).status_code
                times.append(1_000 * (time.perf_counter() - start))
                assert status == 200, status
        lines.append(
            [f"/portal/…/{name}", f"{1_000 * cost.processor / ASKED:.0f} ms", f"{statistics.median(times):.0f} ms",
             f"{statistics.quantiles(times, n=20)[-1]:.0f} ms", "100 ms"]
        )  # fmt: skip
    head = [f"Time of a page, {IDEAS:,} ideas", "Processor, mean", "Wall, median", "Wall, 19 of 20 under", "Aim"]
    return report.table(head, lines)


def _same(pairs: list[Pair]) -> dict[int, set[int]]:
    """What each report says again, through others too: what says the same as a third says the same."""
    groups: dict[int, set[int]] = {}
    for first, second, _ in pairs:
        joined = groups.get(first, {first}) | groups.get(second, {second})
        groups |= dict.fromkeys(joined, joined)
    return {report: group - {report} for report, group in groups.items()}


def _plain(cell: str) -> str:
    """The text of a cell that was written as a list of one."""
    try:
        return " ".join(str(part) for part in ast.literal_eval(cell))
    except (ValueError, SyntaxError):
        return cell


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE portal_idea, portal_ideameaning")


if __name__ == "__main__":
    sys.exit(main())
