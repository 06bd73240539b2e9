"""What the page of won and lost deals says: rates as people count, with how little a few deals say."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.catalogue.queries.slices import EVER
from clearspan.catalogue.queries.winning import FEW, Group, Why, WonAndLost
from clearspan.ui.numbers import count, money, plural

_PERIODS = {"12": "in twelve months", "24": "in two years", EVER: "so far"}
WIDE = 0.4  # of an interval: what is wider says next to nothing


def answer(found: WonAndLost) -> str:
    """ "We win about 6 in 10: 4,238 of 6,711 deals in twelve months; against Polarvane fewer." """
    whole, when = found.whole, _PERIODS[found.period]
    if not whole.decided:
        return f"No deal was won or lost {when}."
    head = f"{count(whole.won) if whole.won else 'None'} of {plural(whole.decided, 'deal')} decided {when}"
    head += f" {'was' if whole.won in (0, 1) else 'were'} won: {between(whole)}"
    notable = [*_notable(found.competitors, "against "), *_notable(found.segments, "with ")]
    return f"{head}; {notable[0]}." if notable else f"{head}."


def between(group: Group) -> str:
    """How sure the rate is: "as likely as not between 1 and 4 in 10" is told as what it can be; few deals say so."""
    low, high = group.five[0], group.five[4]
    if high - low > WIDE:
        return f"too few to say more than {_tenths(low)} to {_tenths(high)} in 10"
    if round(low * 10) == round(high * 10):
        return f"surely about {_tenths(group.five[2])} in 10"
    return f"in the long run {_tenths(low)} to {_tenths(high)} in 10"


def stands(group: Group) -> str:
    """Of a row: whether it can be told from all deals."""
    if group.decided < FEW:
        return "too few to say"
    return {"more": "won more often", "less": "won less often"}.get(group.leaves, "like the rest")


def lost_money(whys: Sequence[Why], currency: str) -> str:
    """ "“Price” lost most: 41 deals, worth £380 k a year"; nothing where nobody gave a reason."""
    told = [why for why in whys if why.reason and why.reason != "…"]
    if not told:
        return "Why deals were lost nobody has said"
    first = told[0]
    worth = f", worth {money(first.worth, currency)} a year" if first.worth else ""
    silent = sum(why.deals for why in whys if not why.reason)
    rest = f"; of {plural(silent, 'deal')} nobody has said why" if silent else ""
    return f"“{first.reason}” lost most: {plural(first.deals, 'deal')}{worth}{rest}"


def won_for(whys: Sequence[Why], currency: str) -> str:
    """As `lost_money`, of what wins."""
    told = [why for why in whys if why.reason and why.reason != "…"]
    if not told:
        return "Why deals were won nobody has said"
    first = told[0]
    worth = f", worth {money(first.worth, currency)} a year" if first.worth else ""
    return f"“{first.reason}” won most: {plural(first.deals, 'deal')}{worth}"


def by(groups: Sequence[Group], nothing: str, same: str, what: str) -> str:
    """The finding over a table of groups: which can be told from the rest, or that none can."""
    if len([group for group in groups if group.key != "none"]) == 0:
        return nothing
    told = [group for group in groups if group.leaves]
    if not told:
        return same
    less = [group.name for group in told if group.leaves == "less"]
    more = [group.name for group in told if group.leaves == "more"]
    parts = [f"less often {what} {_listed(less)}" if less else "", f"more often {what} {_listed(more)}" if more else ""]
    return f"We win {' and '.join(filter(None, parts))}"


def over_time(groups: Sequence[Group]) -> str:
    """Whether it has changed from the first half of the quarters to the second."""
    if len(groups) < 2:
        return "One quarter says nothing of how it moves"
    first, last = groups[0], groups[-1]
    if last.five[4] < first.five[0]:
        return f"We win less often than in {first.name}"
    if last.five[0] > first.five[4]:
        return f"We win more often than in {first.name}"
    return "Nothing shows that it has changed"


def _notable(groups: Sequence[Group], before: str) -> list[str]:
    told = sorted((group for group in groups if group.leaves and group.key != "none"), key=lambda g: g.leaves == "more")
    return [f"{before}{group.name} {'fewer' if group.leaves == 'less' else 'more'}" for group in told]


def _tenths(share: float) -> str:
    return str(round(share * 10)) if round(share * 10) else "under 1"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:3])
    if len(names) > 3:
        shown.append(f"{len(names) - 3} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
