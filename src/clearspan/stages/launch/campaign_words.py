"""What the pages of campaigns say in words: the cost of a customer, with how sure, against what the case can bear."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.launch.models import Campaign
from clearspan.stages.launch.queries.campaigns import Stand
from clearspan.ui.numbers import count, money, plural


def of_campaign(one: Stand, currency: str) -> str:
    """The first line: what each customer has cost so far, likely between what, and what the case can bear."""
    bears = f"the case can bear {_amount(one.bears, currency)}" if one.bears is not None else ""
    if one.cost is None:
        began = one.campaign.state == Campaign.State.PLANNED
        words = f"{one.campaign} has not started" if began else f"Nothing of {one.campaign} was measured yet"
        return f"{words}; {bears} for a customer." if bears else f"{words}."
    if one.each is None:
        words = (
            f"Nobody was won yet for {_amount(one.spend, currency)}: one customer likely costs more than "
            f"{_about(one.cost[0], currency)}"
        )
    else:
        between = f"{_about(one.cost[0], currency)} and {_about(one.cost[4], currency)}"
        few = f"{plural(one.won, 'customer')} so far, too few to say: " if one.is_little else ""
        words = f"{few}{'each' if few else 'Each customer'} has cost {_amount(one.each, currency)}"
        words += f"{'' if few else ' so far'}, likely between {between}"
    return f"{words}; {bears}." if bears else f"{words}. What the case can bear is not known."


def under(one: Stand) -> str:
    """The sentence below: how likely it stays under what the case can bear, and where it ends."""
    said = []
    if one.under is not None and one.bears:
        said.append(f"That a customer costs less than the case can bear: {_chances(one.under)}.")
    if (end := one.by_the_end) is not None and one.campaign.budget and end[4] > one.won:
        said.append(f"At this rate the budget wins {count(int(end[0]))} to {count(int(end[4]))} customers.")
    if one.campaign.state in (Campaign.State.ENDED, Campaign.State.STOPPED):
        said.append(came(one))
    return " ".join(part for part in said if part)


def came(one: Stand) -> str:
    """What came, against what was expected."""
    low, high = one.campaign.low, one.campaign.high
    if low is None or high is None:
        return ""
    expected = f"{count(round(low))} to {count(round(high))} were expected"
    inside = (
        "as expected" if low <= one.won <= high else "fewer than expected" if one.won < low else "more than expected"
    )
    return f"{plural(one.won, 'customer')} came, {inside}: {expected}."


def of_list(rows: Sequence[Stand], currency: str) -> str:
    """The first line of the list."""
    if not rows:
        return "Nothing is promoted yet."
    spend, won = sum(one.spend for one in rows), sum(one.won for one in rows)
    running = sum(one.campaign.state == Campaign.State.RUNNING for one in rows)
    runs = f"{plural(running, 'campaign')} {'runs' if running == 1 else 'run'}" if running else "No campaign runs"
    if not spend:
        return f"{runs}; nothing was spent yet."
    dear = [one for one in rows if one.under is not None and one.under < 0.1]
    words = f"{runs}; {_amount(spend, currency)} has won {plural(won, 'customer')}"
    if dear:
        return f"{words}. “{dear[0].campaign}” costs more for each than its case can bear."
    return f"{words}."


def _chances(probability: float) -> str:
    """As people say it who must decide: so many chances in 20, not surer than that."""
    chances = round(20 * probability)
    if chances == 0:
        return "fewer than 1 chance in 20"
    return "more than 19 chances in 20" if chances == 20 else f"{plural(chances, 'chance')} in 20"


def _about(value: float, currency: str) -> str:
    """No more digits than are known."""
    return money(value, currency, scale="", digits=2)


def _amount(value: float | None, currency: str) -> str:
    return money(value or 0.0, currency, scale="", digits=3 if (value or 0) >= 100 else 2)
