"""What the P&L says, in words: the first line of each page, and what a picture found."""

from __future__ import annotations

from decimal import Decimal

from clearspan.engines.variance import Effect, Step
from clearspan.stages.inlife.queries.bridges import LAST_YEAR, Way
from clearspan.stages.inlife.queries.pnl import GROSS, Pnl, Row
from clearspan.ui.numbers import digits_known, money, percent, plural, significant

STEP = {
    Effect.VOLUME: "Volume", Effect.PRICE: "Price", Effect.MIX: "Mix", Effect.NEW: "New lines",
    Effect.ENDED: "Ended lines",
}  # fmt: skip
BASE = {"budget": "its budget", "last year": "last year", "forecast": "the forecast in the ledger"}
_BEHIND = {"budget": "budget", "last year": "last year", "forecast": "that forecast"}
SMALL = Decimal("0.005")  # of the revenue: a difference that is not worth a word


def of_page(pnl: Pnl, currency: str) -> str:
    """What the product contributes in the year, and against what."""
    where = f" in {pnl.region}" if pnl.region else ""
    if pnl.booked is None and not pnl.source:
        return f"Nothing of {pnl.product} is booked yet{where}."
    row = pnl.contribution
    amount = _sure(row.year, pnl, currency)
    if pnl.is_over:
        verb = "contributed" if row.year >= 0 else "lost"
        return f"{pnl.product} {verb} {amount}{where} in {pnl.year}{_against(row, pnl, currency)}."
    if not pnl.whole:
        verb = "has contributed" if row.year >= 0 else "has lost"
        return f"{pnl.product} {verb} {amount}{where} in {pnl.year} so far{_against(row, pnl, currency)}."
    verb = "contribute" if row.year >= 0 else "lose"
    return f"{pnl.product} will likely {verb} {amount}{where} in {pnl.year}{_against(row, pnl, currency)}."


def under_page(pnl: Pnl, currency: str) -> str:
    """How far the year is booked, what the rest is from, how sure that is."""
    if pnl.booked is None:
        return "Bring in the ledger, and the year stands here against its budget."
    if pnl.is_over:
        return "The year is over and booked."
    done = pnl.booked.month if pnl.booked.year == pnl.year else 0
    booked = f"{plural(done, 'month')} of twelve {'is' if done == 1 else 'are'} booked" if done else "Nothing is booked"
    if pnl.five is not None:
        low, high = (money(value, currency, digits=3) for value in (pnl.five[0], pnl.five[4]))
        return f"{booked}; what is left makes it {low} to {high} in nine years of ten like this."
    rest = {"study": "the rest is our forecast", "finance": "the rest is the forecast in the ledger"}
    return f"{booked}; {rest.get(pnl.source, 'nobody has forecast the rest, so it is held against the same months')}."


def of_table(pnl: Pnl, currency: str) -> str:
    """What the table found: how the contribution stands, and the line that moved it most."""
    row = pnl.contribution
    if row.difference is None:
        margin = pnl.row(GROSS).share
        return f"Of each 100 of revenue {percent(margin)[:-2]} are left after cost of sales" if margin else "The year by line"
    base = _BEHIND[pnl.held_against]
    moved = [one for one in pnl.rows if one.line is not None and one.difference]
    if not moved or abs(row.difference) < SMALL * abs(pnl.row("revenue").year):
        return f"Contribution is as {base} has it"
    ahead = row.difference > 0
    words = f"Contribution is {'ahead of' if ahead else 'behind'} {base}"
    most = max(moved, key=lambda one: abs(one.difference or 0))
    verb = "brought" if (most.difference or 0) > 0 else "took"
    return f"{words}; {most.name} {verb} most, {money(abs(most.difference or 0), currency, digits=2)}"


def of_bridge(way: Way, currency: str) -> str:
    """The two or three steps that made the difference."""
    steps = sorted(way.bridge.steps, key=lambda step: -abs(step.amount))
    if not steps:
        return "Nothing changed"
    best = next((step for step in steps if step.amount > 0), None)
    worst = next((step for step in steps if step.amount < 0), None)
    parts = []
    for step in sorted((one for one in (best, worst) if one), key=lambda one: -abs(one.amount)):
        verb = "brought" if step.amount > 0 else "took"
        parts.append(f"{step_name(step)} {verb} {money(abs(step.amount), currency, digits=2)}")
    return "; ".join(parts)


def step_name(step: Step) -> str:
    return step.line or STEP[step.effect]


def under_bridge(way: Way) -> str:
    """What the bridge cannot tell apart, and why."""
    if not way.bridge.uncounted:
        return ""
    names = " and ".join(way.bridge.uncounted[:3])
    has = "has" if len(way.bridge.uncounted) == 1 else "have"
    return f"{names} {has} no quantities on both sides, so that price and volume cannot be told apart there."


def unit_of_bridge(way: Way, currency: str, scale: str) -> str:
    first, last = way.months[0], way.months[-1]
    span = f"{first:%b} to {last:%b %Y}" if first != last else f"{first:%b %Y}"
    held = " of each year" if way.way == LAST_YEAR else ""
    return f"Contribution, {currency}{f' {scale}' if scale else ''}, {span}{held}; an axis that is cut is drawn cut"


def _against(row: Row, pnl: Pnl, currency: str) -> str:
    if row.difference is None:
        return ""
    base = BASE[pnl.held_against]
    months = "" if pnl.whole or pnl.is_over else " for these months"
    if not row.difference:
        return f", as {base} has it{months}"
    more = "more" if row.difference > 0 else "less"
    return f", {money(abs(row.difference), currency, digits=2)} {more} than {base}{months}"


def _sure(amount: Decimal, pnl: Pnl, currency: str) -> str:
    """With the digits that are known: all that matter of what is booked, fewer of what is forecast."""
    digits = digits_known(float(amount), pnl.five[0], pnl.five[4]) if pnl.five else 3
    return money(abs(significant(float(amount), max(2, digits))), currency, digits=max(2, digits))
