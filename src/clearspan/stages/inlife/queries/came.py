"""What has come of decisions by the ledger: the lines that are their doing, discounted to the day work started."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Came, begins
from clearspan.stages.inlife.models import Attribution
from clearspan.stages.inlife.queries.actuals import Actuals, of_lines
from clearspan.stages.inlife.queries.booked import Booked, booked

YEAR = 365.25


def came_by_ledger(actor: Actor, decisions: Sequence[Decision]) -> dict[int, Came]:
    """By decision; nothing for those that no line is held against or booked on.

    Four queries. NPV to date, as the case has it: a month's money at its end, discounted by the rate of the case.
    """
    held: dict[int, list[Attribution]] = defaultdict(list)
    rows = Attribution.objects.filter(decision__in=[one.pk for one in decisions]).select_related("line")
    for row in rows:
        held[row.decision_id].append(row)
    on = booked(actor, {one.option_id for one in decisions if one.option_id and one.kind == Decision.Kind.CHOOSE})
    if not held and not on:
        return {}
    apart = any(row.region for row in rows)
    products = sorted({one.product_id for one in decisions if one.pk in held})
    books = of_lines(actor, products, {row.line_id for row in rows}, by_region=apart)
    rate = float(Company.ours().discount_rate)
    found = {
        one.pk: _came(one, held.get(one.pk, ()), on.get(one.option_id or 0, ()), books.get(one.product_id), rate)
        for one in decisions if one.pk in held or one.option_id in on
    }  # fmt: skip
    return {pk: came for pk, came in found.items() if came is not None}


def by_month(decision: Decision, held: Sequence[Attribution], books: Actuals) -> dict[date, float]:
    """Each month's money that is the decision's doing, not discounted."""
    months: dict[date, float] = {}
    for one in held:
        first = one.starts or begins(decision).replace(day=1)
        amounts = books.regions.get((one.line_id, one.region), {}) if one.region else books.amounts.get(one.line_id, {})
        for month in books.months:
            if month >= first:
                mine = (amounts.get(month, 0.0) - float(one.without)) * one.share
                months[month] = months.get(month, 0.0) + mine
    return months


def _came(
    decision: Decision, held: Sequence[Attribution], on: Sequence[Booked], books: Actuals | None, usual: float
) -> Came | None:
    """What lines held against it brought, and what is booked on its option under other lines: nothing counts twice."""
    months = by_month(decision, held, books) if books is not None else {}
    lines = {one.line_id: one.line.name for one in held}
    for one in on:
        if one.line not in {row.line_id for row in held}:
            months[one.month] = months.get(one.month, 0.0) + one.amount
            lines[one.line] = one.name
    if not months:
        return None
    rate = (decision.expected.get("to_date") or {}).get("discount_rate", usual)
    start = begins(decision)
    worth = sum(amount / (1 + rate) ** ((_end(month) - start).days / YEAR) for month, amount in months.items())
    return Came(_end(max(months)), worth, f"the ledger: {', '.join(lines.values())}")


def _end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
