"""The line through a row as columns and edges, for its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.records import Record
from clearspan.stages.development.models import WorkItem
from clearspan.stages.inlife.models import LedgerEntry
from clearspan.stages.launch.models import LaunchOption
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.options.models import Meets
from clearspan.stages.trace.queries import Line
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks.line import Node
from clearspan.ui.marks.stations import STATIONS
from clearspan.ui.numbers import money, shorten

MOST = 7  # nodes of a column; what there is beyond is counted
COLUMNS = (
    ("feedback", "feedback"), ("opportunities", "opportunity"), ("options", "option"), ("decisions", "decision"),
    ("definitions", "definition"), ("items", "item"), ("launches", "launch"),
)  # fmt: skip
ALT = "Eight columns from evidence to in-life; what hangs together with this is joined by lines."


@dataclass(frozen=True)
class Station:
    """A column of the picture, as a phone reads it: the first of its rows, and how many more there are."""

    name: str
    nodes: Sequence[Node]
    more: int = 0


def picture(actor: Actor, line: Line) -> tuple[Figure, list[Station]]:
    """The whole line, drawn and as stations: four queries beside those of the line itself."""
    shown = [_shown(line, getattr(line, name)) for name, _ in COLUMNS]
    nodes = [[_node(row, page, line) for row in rows] for rows, (_, page) in zip(shown, COLUMNS, strict=True)]
    nodes.append(_in_life(line))
    totals = [line.mentions, *(len(getattr(line, name)) for name, _ in COLUMNS[1:])]
    totals[5] = max(line.all, len(line.items))
    more = [max(0, total - len(rows)) for total, rows in zip(totals, shown, strict=True)]
    drawing = marks.whole_line(nodes, [*_edges(shown), *_to_in_life(shown, line)], alt=ALT, more=more)
    rows = tuple((name, row.ref, str(row)) for (name, _), some in zip(COLUMNS, shown, strict=True) for row in some)
    rows += tuple(("in-life", str(node.key), node.name) for node in nodes[-1])
    finding, unit = "From what was said to what was made of it", "A column a station; the large dot is where you are"
    stations = [Station(*one) for one in zip(STATIONS, nodes, [*more, 0], strict=True)]
    return Figure("line", finding, unit, drawing, ("Station", "Reference", "Name"), rows), stations


def _in_life(line: Line) -> list[Node]:
    """The entry of the ledger that it is about, what came of its decisions, the proposals its options were made of."""
    currency, about, found = Company.ours().currency, line.about, []
    if isinstance(about, LedgerEntry):
        url = reverse("ledger_entry", args=[about.product.key, about.pk])
        found.append(Node(about.ref, str(about), money(float(about.amount), currency), url, is_here=True))
    for one in line.came[:MOST]:
        assert one.came is not None and one.outcome is not None
        url = reverse("decision", args=[one.decision.product.key, one.decision.pk])
        name = f"{money(one.came, currency)} by {one.outcome.day:%b %Y}"
        found.append(Node(f"came {one.decision.ref}", name, one.verdict, url))
    for row in line.proposals[: max(0, MOST - len(found))]:
        url = reverse("proposal", args=[row.product.key, row.pk])
        here = row == line.about
        found.append(Node(row.ref, shorten(str(row), 60), f"to {row.get_kind_display()}", url, is_here=here))
    return found


def _to_in_life(shown: list[list[Any]], line: Line) -> list[tuple[str, str]]:
    """From the last that there is of an option, its launch at best, to what came of it and to the ledger."""
    last = {option.pk: option.ref for option in line.options}
    for rows in shown[3:6]:
        last |= {row.option_id: row.ref for row in reversed(rows) if row.option_id}
    brought = LaunchOption.objects.filter(launch__in=shown[6], option__in=line.options)
    last |= {option: f"LA-{launch}" for option, launch in brought.values_list("option", "launch")}
    ends = [(one.decision.option_id, f"came {one.decision.ref}") for one in line.came]
    ends += [(row.option_id, row.ref) for row in line.proposals]
    if isinstance(line.about, LedgerEntry):
        ends += [(option, line.about.ref) for option in last]
    return [(last[option], end) for option, end in ends if option in last]


def _shown(line: Line, rows: Sequence[Any]) -> list[Any]:
    """The first of a column, the row that the line is about among them in any case."""
    first = [row for row in rows if row == line.about]
    return (first + [row for row in rows if row != line.about])[:MOST]


def _node(row: Any, page: str, line: Line) -> Node:
    url = reverse(page, args=[row.product.key, row.pk])
    return Node(row.ref, shorten(_name(row), 60), _note(row), url, is_here=row == line.about)


def _name(row: Any) -> str:
    title = str(row)
    return title if title.strip() else row.ref


def _note(row: Record) -> str:
    if isinstance(row, WorkItem):
        return f"{row.key} {row.get_state_display()}".strip()
    account = getattr(row, "account", None)
    if account is not None:
        return str(account)
    return str(row.get_state_display()) if hasattr(row, "get_state_display") else ""


def _edges(shown: list[list[Any]]) -> list[tuple[str, str]]:
    feedback, needs, options, decisions, definitions, items, launches = shown
    mentions = Mention.objects.filter(feedback__in=feedback, opportunity__in=needs)
    met = Meets.objects.filter(opportunity__in=needs, option__in=options)
    brought = LaunchOption.objects.filter(launch__in=launches, option__in=options)
    edges = [(f"FB-{a}", f"OP-{b}") for a, b in mentions.values_list("feedback", "opportunity").distinct()]
    edges += [(f"OP-{a}", f"OT-{b}") for a, b in met.values_list("opportunity", "option")]
    edges += [(f"OT-{one.option_id}" if one.option_id else f"OP-{one.opportunity_id}", one.ref) for one in decisions]
    of = {one.option_id: one.ref for one in definitions}
    last = {one.option_id: one.ref for one in reversed(decisions) if one.option_id}
    edges += [(last.get(option, f"OT-{option}"), ref) for option, ref in of.items()]
    edges += [(of.get(one.option_id) or last.get(one.option_id) or f"OT-{one.option_id}", one.ref) for one in items]
    built = {one.option_id: one.ref for one in reversed(items) if one.option_id}
    for launch, option in brought.values_list("launch", "option"):
        edges.append((built.get(option) or of.get(option) or last.get(option) or f"OT-{option}", f"LA-{launch}"))
    return edges
