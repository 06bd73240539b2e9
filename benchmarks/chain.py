"""A chain that nobody here made: a community's proposals, grants, updates and spending. Does trace walk all of it?

Proposals are evidence, each with the need it states, under the need of its category; a grant is an option for it, with
the community's vote as its decision; updates are work; spending comes in as a ledger whose rows name their option.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import house, report

FOLDER = "decentraland_portfolio"
DOLLARS = ("DAI", "USD", "$USD", "USDT", "USDC", "PYUSD")  # what stands for a dollar each
KINDS = {"enacted": "choose", "finished": "choose", "passed": "choose", "out_of_budget": "park"}  # the rest is declined


def main() -> int:
    data = report.data_folder()
    folder = data / FOLDER if data else None
    if folder is None or not folder.is_dir():
        print("no portfolio: set CLEARSPAN_BENCH_DATA", file=sys.stderr)
        return 0
    house.enter("chain", anew=True)
    proposals, grants = _read(folder, "proposals"), _read(folder, "grants")
    projects, spending = _read(folder, "projects"), _read(folder, "financials")
    with house.measured() as cost:
        options, pieces = _line(proposals, grants, projects)
    spent = [row for row in spending if row["Token"] in DOLLARS]
    brought = _books(spent, proposals, options)
    back = _walked_back(brought, options, pieces)
    forward = _walked_forward(spent, options, pieces)
    report.write("chain", "A chain from proposal to spending", f"""
{len(proposals):,} proposals as feedback, {len(options):,} of them grants and bids with an option and a decision, the
updates of {len(projects):,} projects as work ({cost.wall:.0f} s). {len(spending):,} payments: {len(spent):,} in dollars
or what stands for one came in as a ledger that names the option; {len(spending) - len(spent)} in other tokens did not,
because amounts of two currencies do not add up. The source does not date payments: they stand in the month in which
the vote ended.

- Back from money: of {len(back):,} entries, {sum(back):,} lead by trace to exactly the proposal that asked for it.
- Forward from what was asked: of {len(forward):,} proposals that money was spent on, {sum(forward):,} say in their
  line what had come by then, and it is the source’s own sum, to the cent.
""")  # fmt: skip
    return int(not all(back) or not all(forward))


def _line(
    proposals: list[dict[str, str]], grants: list[dict[str, str]], projects: list[dict[str, str]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options and feedback by the proposal's identity."""
    from clearspan.catalogue.models import Line, Product
    from clearspan.core.actor import Actor
    from clearspan.core.models import Company
    from clearspan.stages.decisions.actions import decide
    from clearspan.stages.development.models import WorkItem
    from clearspan.stages.evidence.models import Feedback
    from clearspan.stages.inlife.models import LedgerLine
    from clearspan.stages.opportunities.actions import create_opportunity
    from clearspan.stages.options.actions import create_option

    actor = Actor.system("import")
    Company.objects.update(currency="USD", discount_rate=0)
    LedgerLine.objects.all().delete()
    product = Product.objects.create(name="Portfolio", key="portfolio", line=Line.objects.create(name="Community"))
    made = Feedback.objects.bulk_create(
        Feedback(product=product, channel="forum", title=row["Title"][:300], text=row["Title"], author=row["Author"],
                 said_at=_moment(row["Started"]), external_id=row["Proposal ID"])
        for row in proposals
    )  # fmt: skip
    pieces = {piece.external_id: piece for piece in made}
    status = {row["Proposal ID"]: row["Status"] for row in proposals}  # the other tables' may be older
    asked = {row["Proposal ID"]: row for row in projects} | {row["Proposal ID"]: row for row in grants}
    categories: dict[str, Any] = {}
    options: dict[str, Any] = {}
    for key, row in asked.items():
        if key not in pieces:
            continue
        name = row["Category"] or "Other"
        if name not in categories:
            categories[name] = create_opportunity(actor, product=product, title=name)
        need = create_opportunity(
            actor, product=product, title=row["Title"][:160].strip() or key, parent=categories[name],
            feedback=[pieces[key]],
        )  # fmt: skip
        option = create_option(actor, product=product, title=f"{row['Title'][:140].strip()} ({key[:8]})",
                               opportunities=[need])  # fmt: skip
        kind = KINDS.get(status[key], "decline")
        starts = _moment(row["Ended"]).date() if kind == "choose" else None
        decide(actor, option=option, kind=kind, reasons=f"Put to the vote: {status[key]}.", starts=starts)
        options[key] = option
    WorkItem.objects.bulk_create(
        WorkItem(product=product, option=options[row["Proposal ID"]], title=f"Update {i + 1}", state="done",
                 added_on=_moment(row["Ended"]).date(), finished_on=_moment(row["Ended"]).date())
        for row in projects if row["Proposal ID"] in options
        for i in range(int(row["Done Updates"] or 0) + int(row["Late Updates"] or 0))
    )  # fmt: skip
    return options, pieces


def _books(spent: list[dict[str, str]], proposals: list[dict[str, str]], options: dict[str, Any]) -> Any:
    """The payments through the import of a ledger, held against their number and their sum."""
    from clearspan.core.actor import Actor
    from clearspan.core.imports import files
    from clearspan.core.imports.actions import run_import, start_import
    from clearspan.core.models import Function, User
    from clearspan.stages.inlife.models import LedgerLine

    for name in sorted({row["Financial category"] for row in spent}):
        LedgerLine.objects.create(name=name, kind="operating")
    function = Function.objects.get(name="Product management")
    person = User.objects.create(email="ines@example.org", name="Ines Maddox", function=function, is_admin=True)
    _works_on(person)
    ended = {row["Proposal ID"]: row["Ended"][:7] for row in proposals}
    path = Path(tempfile.mkdtemp()) / "spending.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Scenario", "Line", "Month", "Amount", "Option", "Note", "Document"])
        for row in spent:
            key = row["Proposal ID"]
            writer.writerow(["Actual", row["Financial category"], ended[key], row["Amount"], options[key].ref,
                             row["Description"], row["Record ID"]])  # fmt: skip
    total = sum((Decimal(row["Amount"]) for row in spent), Decimal(0))
    said = {"product": "portfolio", "costs": "positive", "rows": str(len(spent)), "sum": str(total)}
    file_ = start_import(
        Actor(person), name=path.name, kind="ledger", upload=files.keep_copy(path).digest, options=said
    )
    done = run_import(Actor(person, interface="job"), file=file_)
    assert done.status == "done", (done.words, done.faults)
    return done


def _works_on(person: Any) -> None:
    from clearspan.catalogue.models import Product, ProductRole, Role

    role = Role.objects.filter(grants=Role.Grants.MANAGE).first()
    ProductRole.objects.create(person=person, product=Product.objects.get(), role=role)


def _walked_back(brought: Any, options: dict[str, Any], pieces: dict[str, Any]) -> list[bool]:
    """Of every entry, whether its line holds the one proposal it was paid for, and nothing else that was said."""
    from clearspan.core.actor import Actor
    from clearspan.stages.inlife.models import LedgerEntry
    from clearspan.stages.trace.queries import line_of

    asked = {option.pk: pieces[key] for key, option in options.items()}
    found = []
    for entry in LedgerEntry.objects.filter(brought_by=brought).select_related("version__product"):
        line = line_of(Actor.system(), entry)
        found.append(line is not None and line.feedback == [asked[entry.option_id or 0]])
    return found


def _walked_forward(spent: list[dict[str, str]], options: dict[str, Any], pieces: dict[str, Any]) -> list[bool]:
    """Of every proposal with spending, whether what came of its decision is the source's sum."""
    from clearspan.core.actor import Actor
    from clearspan.stages.trace.queries import line_of

    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in spent:
        sums[row["Proposal ID"]] += Decimal(row["Amount"])
    found = []
    for key, amount in sums.items():
        line = line_of(Actor.system(), pieces[key])
        came = [one.came for one in line.came if one.decision.option_id == options[key].pk] if line else []
        found.append(len(came) == 1 and came[0] is not None and abs(came[0] + float(amount)) < 0.005)
    return found


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _moment(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text[:10]), datetime.min.time(), UTC)


if __name__ == "__main__":
    sys.exit(main())
