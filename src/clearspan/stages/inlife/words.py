"""What the P&L says, in words: the first line of each page, and what a picture found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from clearspan.catalogue.models import Product
from clearspan.engines.variance import Effect, Step
from clearspan.stages.inlife.exact import exactly
from clearspan.stages.inlife.models import LedgerEntry
from clearspan.stages.inlife.months import month_after
from clearspan.stages.inlife.queries.bridges import LAST_YEAR, Way
from clearspan.stages.inlife.queries.entries import Filters, Listing
from clearspan.stages.inlife.queries.outlook import Outlook
from clearspan.stages.inlife.queries.pnl import GROSS, Pnl, Row
from clearspan.stages.inlife.queries.portfolio import Portfolio
from clearspan.stages.inlife.queries.versions import Stand
from clearspan.stages.inlife.years import Year
from clearspan.stages.inlife.years import asked as asked_year
from clearspan.ui.figure import Figure
from clearspan.ui.numbers import (
    MINUS,
    NBSP,
    SYMBOLS,
    digits_known,
    money,
    money_range,
    percent,
    plural,
    shorten,
    significant,
)

STEP = {
    Effect.VOLUME: "Volume", Effect.PRICE: "Price", Effect.MIX: "Mix", Effect.NEW: "New lines",
    Effect.ENDED: "Ended lines",
}  # fmt: skip
WAYS = {
    "booked": "Budget to actual", "year": "Budget to forecast", "last-year": "Year on year",
}  # fmt: skip
HELD = {"budget": "budget", "last-year": "last year", "forecast": "the ledger’s forecast"}
BASE = {"budget": "its budget", "last year": "last year", "forecast": "the forecast in the ledger"}
_BEHIND = {"budget": "budget", "last year": "last year", "forecast": "that forecast"}
_WHOLE = {"actual": "What is booked", "budget": "The budget", "forecast": "The ledger’s forecast"}
NAMED = 3  # versions that the first line has room for
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
    done = sum(month <= pnl.booked for month in pnl.year.months)
    booked = f"{plural(done, 'month')} of twelve {'is' if done == 1 else 'are'} booked" if done else "Nothing is booked"
    if pnl.five is not None:
        low, high = (money(value, currency, digits=3) for value in (pnl.five[0], pnl.five[4]))
        return f"{booked}; with what is left it is {low} to {high}, nine times in ten."
    rest = {"study": "the rest is our forecast", "finance": "the rest is the forecast in the ledger"}
    return f"{booked}; {rest.get(pnl.source, 'nobody has forecast the rest, so it is held against the same months')}."


def instead(asked: str, shown: Year) -> str:
    """That another year is shown than the one that an address asks for; nothing where it is the one."""
    wanted = asked_year(asked)
    if not asked or wanted == shown:
        return ""
    return f"The ledger has no year {wanted or f'“{shorten(asked)}”'}; this is {shown}. "


def of_table(pnl: Pnl, currency: str) -> str:
    """What the table found: how the contribution stands, and the line that moved it most."""
    row = pnl.contribution
    if row.difference is None:
        margin = pnl.row(GROSS).share
        return (
            f"Of each 100 of revenue {percent(margin)[:-2]} are left after cost of sales"
            if margin
            else "The year by line"
        )
    base = _BEHIND[pnl.held_against]
    moved = [one for one in pnl.rows if one.line is not None and one.difference]
    if not moved or abs(row.difference) < SMALL * abs(pnl.row("revenue").year):
        return f"Contribution is as {base} has it{_within(pnl)}"
    ahead = row.difference > 0
    words = f"Contribution is {'ahead of' if ahead else 'behind'} {base}{_within(pnl)}"
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


def unit(currency: str, scale: str) -> str:
    """What a column is in: "£ k"."""
    return f"{SYMBOLS.get(currency, currency).strip()} {scale}".strip()


def unit_of_bridge(way: Way, currency: str, scale: str) -> str:
    first, last = way.months[0], way.months[-1]
    span = f"{first:%b} to {last:%b %Y}" if first != last else f"{first:%b %Y}"
    held = " of each year" if way.way == LAST_YEAR else ""
    return f"Contribution, {unit(currency, scale)}, {span}{held}; an axis that is cut is drawn cut"


def short(pnl: Pnl, currency: str) -> str:
    """A year in a few words: "£1.09 m likely"."""
    amount = money(pnl.contribution.year, currency, digits=3)
    return f"{amount} likely" if pnl.whole and not pnl.is_over else amount if pnl.is_over else f"{amount} so far"


def sure(pnl: Pnl, currency: str) -> str:
    """What a year comes to nine times in ten, where that is known: "£1.15 to 1.23 m"."""
    return money_range(pnl.five[0], pnl.five[-1], currency, digits=3) if pnl.five is not None and pnl.whole else ""


def against(pnl: Pnl, currency: str) -> str:
    """How far that is from the budget."""
    difference = pnl.contribution.difference
    if difference is None or pnl.held_against != "budget":
        return "no budget"
    if not difference:
        return "as budgeted"
    return f"{'ahead' if difference > 0 else 'behind'} by {money(abs(difference), currency, digits=2)}{_within(pnl)}"


def of_portfolio(found: Portfolio, currency: str) -> str:
    """What all products earn together, and which does least well against its budget."""
    known = [one for one in found.rows if one.pnl.booked is not None or one.pnl.source]
    if not known:
        return "No product’s ledger is here yet."
    total = sum((one.contribution for one in known), Decimal(0))
    behind = [one for one in known if one.difference is not None and one.difference < 0]
    verb = "contributed" if found.is_over else "will likely contribute" if found.is_whole else "have contributed so far"
    many = plural(len(known), "product")
    start = f"{many} {verb} {money(total, currency, digits=3)} in {found.year}"
    held = [one for one in known if one.difference is not None]
    if not held:
        return f"{start}."
    if not behind:
        return f"{start}; {'it is' if len(held) == 1 else 'all are'} ahead of budget."
    worst = min(behind, key=lambda one: one.difference or 0)
    short = money(abs(worst.difference or 0), currency, digits=2)
    others = f", {worst.product} most, by {short}" if len(behind) > 1 else f", by {short}"
    who = str(worst.product) if len(behind) == 1 else f"{len(behind)} of {len(held)}"
    return f"{start}; {who} {'is' if len(behind) == 1 else 'are'} behind budget{others}."


def under_portfolio(found: Portfolio, currency: str) -> str:
    """How sure the sum is, at the widest: as if all went badly at once, or all well."""
    sure = [one.pnl.five or (float(one.contribution),) for one in found.rows if one.pnl.whole]
    left = any(one.pnl.five is None and not one.pnl.is_over for one in found.rows)
    if not sure or left or found.is_over:
        return "" if found.is_over or not found.rows else "What is left of the year is not forecast for all of them."
    low, high = (money(sum(one[at] for one in sure), currency, digits=3) for at in (0, -1))
    return (
        f"With what is left of the year it is {low} to {high} at the widest: as if all went badly at once, or all well."
    )


def _against(row: Row, pnl: Pnl, currency: str) -> str:
    if row.difference is None:
        return ""
    base = BASE[pnl.held_against]
    if pnl.held:
        return f"; {_within(pnl).strip()} it is {_apart(row, currency)} {base}"
    months = "" if pnl.whole or pnl.is_over else " for these months"
    if not row.difference:
        return f", as {base} has it{months}"
    return f", {_apart(row, currency)} {base}{months}"


def _apart(row: Row, currency: str) -> str:
    if not row.difference:
        return "the same as"
    return f"{money(abs(row.difference), currency, digits=2)} {'more' if row.difference > 0 else 'less'} than"


def _within(pnl: Pnl) -> str:
    """The months that are held against it, where the year has more of them: “ from January to November”."""
    if not pnl.held:
        return ""
    first, last = pnl.held[0], pnl.held[-1]
    if month_after(first, len(pnl.held) - 1) != last:
        return f" in {len(pnl.held)} months that can be compared"
    return f" in {first:%B}" if first == last else f" from {first:%B} to {last:%B}"


def _sure(amount: Decimal, pnl: Pnl, currency: str) -> str:
    """With the digits that are known: all that matter of what is booked, fewer of what is forecast."""
    digits = digits_known(float(amount), pnl.five[0], pnl.five[4]) if pnl.five else 3
    return money(abs(significant(float(amount), max(2, digits))), currency, digits=max(2, digits))


def of_forecast(product: Product, ours: Outlook | None, fan: Figure | None, name: str, currency: str) -> str:
    """What is likely and how sure that is, or what is missing."""
    if ours is None:
        return f"What {product} will earn was not forecast yet."
    if fan is None:
        return f"There is no forecast of {name}: nothing came of it for half a year."
    *_, low, high = fan.rows[-1]
    if low == "" or high == "":
        return f"{fan.finding}."
    return f"{fan.finding}: {money(low, currency, digits=2)} to {money(high, currency, digits=2)}, nine times in ten."


def of_entries(found: Listing, filters: Filters, currency: str) -> str:
    """What the entries come to, to the cent."""
    if not found.entries:
        return (
            "No entry fits."
            if any((filters.kind, filters.part, filters.first, filters.region))
            else "Nothing is booked yet."
        )
    whole = f"“{found.version}”" if found.version else _WHOLE.get(filters.kind, "")
    what = found.line.name if found.line else found.part or whole
    kind = {"actual": "booked", "budget": "budgeted", "forecast": "forecast in the ledger"}.get(filters.kind, "")
    where = f" in {filters.region}" if filters.region else ""
    whose = f" with {found.account}" if found.account else ""
    span = _span(filters)
    entries = plural(found.entries, "entry", "entries")
    if not filters.kind and found.version is None:
        of = f" of {what}" if what else ""
        return f"{entries}{of}{where}{whose}{span}, actual, budget and forecast: choose one to see what it comes to."
    as_kind = f", {kind}," if kind and (found.line or found.part) else ""
    return f"{what}{as_kind}{where}{whose}{span} comes to {_exact(found.amount, currency)} in {entries}."


def of_entry(entry: LedgerEntry, currency: str) -> str:
    """One amount."""
    where = f" in {entry.region}" if entry.region else ""
    return f"{entry.line}{where}, {entry.month:%B %Y}: {_exact(entry.amount, currency)}, {entry.version.kind}."


def of_versions(found: Sequence[Stand]) -> str:
    """Which count and up to when; or how many, where they are many."""
    if not found:
        return "There is no version yet: the first comes with the ledger."
    counting = [one for one in found if one.counts_in and one.last]
    beside = len(found) - len(counting)
    if not counting or len(counting) > NAMED:
        words = f"{plural(len(counting), 'version')} {'counts' if len(counting) == 1 else 'count'}"
    else:
        words = ", ".join(
            f"“{one.version}” {'' if at else 'counts '}up to {one.last:%B %Y}" for at, one in enumerate(counting)
        )
    return f"{words}; {beside} {'is' if beside == 1 else 'are'} kept beside." if beside else f"{words}."


def _exact(amount: Decimal, currency: str) -> str:
    """To the cent, and beyond it where an entry is finer."""
    symbol = SYMBOLS.get(currency, f"{currency}{NBSP}")
    written = exactly(amount)
    return f"{MINUS}{symbol}{written[1:]}" if written.startswith(MINUS) else f"{symbol}{written}"


def _span(filters: Filters) -> str:
    first, last = filters.first, filters.last
    if first and last and first == last:
        return f" in {first:%B %Y}"
    if first and last:
        return (
            f" from {first:%b} to {last:%b %Y}" if first.year == last.year else f" from {first:%b %Y} to {last:%b %Y}"
        )
    return f" from {first:%b %Y} on" if first else f" up to {last:%b %Y}" if last else ""
