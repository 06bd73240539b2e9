"""A million rows of feedback: brought in by the worker, brought in again, taken back."""

from __future__ import annotations

import argparse
import resource
from typing import Any

from benchmarks import house, report
from benchmarks.simulators import feedback

ROWS = 1_000_000


def bring_in(path: Any, product: Any, person: Any) -> Any:
    """Sends a file and has the worker bring it in, as a person does on the screen; the import as it then stands."""
    from clearspan.core.actor import Actor
    from clearspan.core.imports import files, jobs
    from clearspan.core.imports.actions import run_import, start_import

    actor = Actor(person, interface="screen")
    with path.open("rb") as file:
        kept = files.keep(iter(lambda: file.read(1 << 20), b""))
    began = start_import(actor, name=path.name, kind="evidence", upload=kept.digest, options={"product": product.key})
    run_import(actor, file=began)  # puts it before the worker
    jobs.run(began.pk)
    began.refresh_from_db()
    assert began.status == "done", began.words
    return began


def take_back(file: Any, person: Any) -> str:
    """Has the worker take the import back; what it says of it."""
    from clearspan.core.actor import Actor
    from clearspan.core.imports import jobs
    from clearspan.core.imports.actions import undo_import

    undo_import(Actor(person, interface="screen"), file=file)
    jobs.run(file.pk)
    file.refresh_from_db()
    assert file.status == "undone", file.words
    return str(file.words)


def company() -> tuple[Any, Any]:
    """A product and who manages it."""
    from clearspan.catalogue.models import Line, Product, ProductRole, Role
    from clearspan.core.models import Function, User

    function = Function.objects.get(name="Product management")
    person = User.objects.create(email="ines@example.org", name="Ines Maddox", function=function, is_admin=True)
    product = Product.objects.create(name="Tideline", key="tideline", line=Line.objects.create(name="Harbour"))
    ProductRole.objects.create(product=product, person=person, role=Role.objects.get(name="Product manager"))
    return product, person


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    path = feedback.write(house.FOLDER / f"feedback-{rows}.csv", rows)
    house.enter("imports", anew=True)
    product, person = company()
    lines: list[list[object]] = []

    def told(words: str, cost: house.Cost, came: str, asked: str = "") -> None:
        lines.append(
            [
                words,
                came,
                f"{cost.wall:.1f} s",
                asked,
                f"{cost.own:.1f} s",
                f"{cost.database:.1f} s",
                f"{rows / cost.wall:,.0f}",
            ]
        )
        print(*lines[-1], sep=" | ", flush=True)

    with house.measured() as cost:
        file = bring_in(path, product, person)
    told("brought in", cost, file.words, "90 s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with house.measured() as cost:
        again = bring_in(path, product, person)
    told("the same file again", cost, again.words)
    with house.measured() as cost:
        words = take_back(file, person)
    told("taken back", cost, words)
    header = ["", "what came of it", "wall", "asked", "processor, worker", "processor, database", "rows a second"]
    body = f"""
A file of {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB, about 50 words and one of 20,000 accounts each
(benchmarks/simulators/feedback.py), into an empty company: read, checked, searched for what is here already, written
with every index, every reference checked, in one transaction. The worker's memory reached {memory:,.0f} MB.

{report.table(header, lines)}

{house.quiet()}
"""
    report.write("imports", "A million rows of feedback", body)


if __name__ == "__main__":
    main()
