"""The pictures of a campaign."""

from __future__ import annotations

from itertools import accumulate

from clearspan.stages.launch.queries.campaigns import Stand
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import day, money, plural


def over_time(one: Stand, currency: str) -> Figure | None:
    """Responses by day noted, added up; None with fewer than two days."""
    if len(one.results) < 2 or not one.responses:
        return None
    sums = [float(value) for value in accumulate(result.responses for result in one.results)]
    days = [result.day for result in one.results]
    last = one.results[-1]
    labels = [(0, day(days[0])), (len(days) - 1, day(days[-1]))]
    finding = f"{plural(one.responses, 'response')} so far, the last {last.responses} noted on {day(last.day)}"
    rows = tuple(
        (f"{result.day}", float(result.spend), result.reached, result.responses, result.won, float(result.revenue))
        for result in one.results
    )
    header = ("Up to", f"Spent, {currency}", "Reached", "Responses", "Won", f"Revenue a year, {currency}")
    drawing = marks.fan(labels, [sums[-1]], [], past=sums, alt=f"{finding}.", scale=Scale.over([0, *sums]), width=560)
    return Figure("responses", finding, "Responses added up, by the days they were noted for", drawing, header, rows)


def scale_of_cost(rows: list[Stand]) -> Scale | None:
    """One scale for what a customer costs, in every campaign of a page, and for what the cases bear."""
    values = [value for one in rows if one.cost and not one.is_little for value in one.cost]
    values += [one.bears for one in rows if one.bears]
    return Scale.amounts([0.0, *values]) if values else None


def spent_words(one: Stand, currency: str) -> str:
    """Spend against budget."""
    spent = money(one.spend, currency, scale="", digits=3)
    if not one.campaign.budget:
        return f"{spent} spent; no budget was set"
    return f"{spent} of {money(float(one.campaign.budget), currency, scale='', digits=3)} spent"
