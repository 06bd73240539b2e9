"""What the pages of suppliers say in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from clearspan.stages.development.queries.supply import Due, Kept, SupplierPage, SupplierRow, Supplying
from clearspan.ui import numbers
from clearspan.ui.numbers import plural


def of_suppliers(rows: Sequence[SupplierRow]) -> str:
    """The first line of the list."""
    if not rows:
        return "No supplier is known yet."
    late = [row for row in rows if row.latest]
    waiting = sum(row.waiting for row in rows)
    quotes = sum(row.quotes for row in rows)
    said = []
    if late:
        first = late[0].latest
        assert first is not None
        others = f", and so {'is' if len(late) == 2 else 'are'} {plural(len(late) - 1, 'other')}" if late[1:] else ""
        said.append(f"{late[0].supplier} is {plural(first.late, 'day')} late with “{first.milestone}”{others}")
    if waiting:
        said.append(f"{plural(waiting, 'delivery', 'deliveries')} {'waits' if waiting == 1 else 'wait'} for acceptance")
    if quotes:
        said.append(f"{plural(quotes, 'quote')} {'waits' if quotes == 1 else 'wait'} for an answer")
    if not said:
        owed = sum(row.owed for row in rows)
        return (
            f"Nothing is late; {plural(owed, 'milestone')} to come." if owed else "Nothing is agreed with a supplier."
        )
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def of_supplier(found: SupplierPage) -> str:
    """The first line of one supplier: what is late or waits, then its record."""
    name, latest, waiting, quotes = found.supplier.name, found.latest, found.waiting, found.quotes_given
    if latest:
        words = f"{name} is {plural(latest.late, 'day')} late with “{latest.milestone}”"
    elif waiting:
        words = f"{name} has delivered “{waiting[0].milestone}”, which waits for acceptance"
    elif quotes:
        words = f"{name} has quoted for “{quotes[0]}”, and waits for an answer"
    elif found.open:
        words = f"{name} owes us “{found.open[0].milestone}” on {day(found.open[0].milestone.due_on)}"
    else:
        words = f"{name} owes us nothing now"
    return f"{words}; {of_record(found.kept)}." if found.kept.of else f"{words}."


def of_record(record: Kept) -> str:
    """How well days were kept, as a frequency."""
    if not record.of:
        return "nothing was due yet"
    if record.of == 1:
        return "the one milestone so far came on time" if record.on_time else "the one milestone so far came late"
    if record.on_time in (0, record.of):
        return f"{'all' if record.on_time else 'none'} of {record.of} milestones came on time"
    return f"{record.on_time} of {record.of} milestones came on time"


def of_milestone(one: Due) -> str:
    """The first line of one milestone."""
    row = one.milestone
    late = f"{plural(abs(one.late), 'day')} {'late' if one.late > 0 else 'early'}" if one.late else "on the day"
    if row.state == row.State.ACCEPTED:
        return f"{row}: accepted, delivered {late}."
    if one.waits:
        short = len(row.criteria) - len(row.met)
        met = "every criterion is said to be met" if not short else f"{plural(short, 'criterion', 'criteria')} open"
        return (
            f"{row}: delivered {late}, and waits for acceptance; {met if row.criteria else 'no criteria were agreed'}."
        )
    back = "sent back, " if row.state == row.State.REJECTED else ""
    if one.is_late:
        return f"{row}: {back}{late}; {_expected(one)}."
    return f"{row}: {back}agreed for {day(row.due_on)}; {_expected(one)}."


def of_supplying(found: Supplying) -> str:
    """The first line of a supplier's own page."""
    said = []
    if found.late:
        worst = max(found.late, key=lambda one: one.late)
        others = len(found.late) - 1
        more = f", and {plural(others, 'other')} {'is' if others == 1 else 'are'} late too" if others else ""
        said.append(f"“{worst.milestone}” is {plural(worst.late, 'day')} late{more}")
    if found.asked:
        said.append(f"{plural(len(found.asked), 'quote')} {'is' if len(found.asked) == 1 else 'are'} asked of you")
    if not said and found.to_deliver:
        first = found.to_deliver[0].milestone
        said.append(f"next is “{first}”, agreed for {day(first.due_on)}")
    if not said:
        said.append("nothing waits for you")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def day(on: date) -> str:
    """14 Oct; with its year when that is not ours."""
    return numbers.day(on, timezone.localdate())


def _expected(one: Due) -> str:
    expected = one.milestone.expected_on
    return f"now expected on {day(expected)}" if expected else "the supplier has said nothing since"
