"""What the pages about competitors say in words: prices, how they moved, how old a fact is, who wins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clearspan.catalogue.models import Competitor, Price
from clearspan.catalogue.queries.competition import Offered, is_like
from clearspan.ui.numbers import count, day, money, percent, plural

MOST_NAMES = 3


def ago(seen_on: date, today: date) -> str:
    """ "today", "yesterday", "12 days ago", "7 weeks ago", "14 months ago", "3 years ago"; a day to come is said."""
    days = (today - seen_on).days
    if days < 0:
        return f"from {day(seen_on, today)}"
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 30:
        return f"{days} days ago"
    if days < 90:
        return f"{round(days / 7)} weeks ago"
    months = round(days / 30.44)
    return f"{months} months ago" if months < 24 else f"{round(days / 365.25)} years ago"


def amount(price: Price | None) -> str:
    """ "£12.50 a berth, a month"; what is told on request only says so."""
    if price is None:
        return "not known"
    if price.amount is None:
        return "on request"
    return f"{exact(price)}{f' {_per(price.per)}' if price.per else ''}"


def exact(price: Price) -> str:
    """The amount alone, to the penny: "£12.50"."""
    return money(price.amount, price.currency, digits=14, scale="")


def moved(found: Offered) -> str:
    """ "was £49, a fifth less since 6 Oct": old and new; nothing when it never moved."""
    before, now, change = found.before, found.now, found.change
    if before is None or now is None:
        return ""
    if change is None:
        return f"was {exact(before)} until {day(now.seen_on, found.today)}"
    way = "dearer" if change > 0 else "cheaper"
    return f"was {exact(before)}; {percent(abs(change))} {way} since {day(now.seen_on, found.today)}"


def against(ours: Price, theirs: Price) -> str:
    """ "£3 more than ours"; nothing where the two cannot be held against each other."""
    if not is_like(ours, theirs) or ours.amount is None or theirs.amount is None:
        return ""
    gap = theirs.amount - ours.amount
    if not gap:
        return "the same as ours"
    difference = money(abs(gap), ours.currency, digits=14, scale="")
    return f"{difference} {'more' if gap > 0 else 'less'} than ours"


def of_competitor(competitor: Competitor, record: dict[str, int], found: Sequence[Offered]) -> str:
    """The first line of its page: who wins, and what it costs."""
    won, lost = record["won"], record["lost"]
    if not won + lost:
        head = f"No deal was decided against {competitor} yet"
    elif lost > won:
        head = f"{competitor} wins more than we do: of {plural(won + lost, 'deal')} decided it took {count(lost)}"
    elif lost == won:
        head = f"We and {competitor} are level: {count(won)} won and {count(lost)} lost"
    else:
        head = f"We win more than {competitor}: of {plural(won + lost, 'deal')} decided we took {count(won)}"
    return f"{head}; {_costs(found)}."


def of_offer(found: Offered) -> str:
    """The first line of an offer's page."""
    whose = f" of {found.offer.competitor}" if found.offer.competitor else ""
    if found.offer.ended_on:
        return f"{found.offer}{whose} is sold no more, since {day(found.offer.ended_on, found.today)}."
    if found.now is None:
        return f"What {found.offer}{whose} costs nobody has noted yet."
    old = f"; {moved(found)}" if moved(found) else ""
    return f"{found.offer}{whose} costs {amount(found.now)}, seen {ago(found.now.seen_on, found.today)}{old}."


def names(listed: Sequence[str], most: int = MOST_NAMES) -> str:
    """ "Polarvane", "Polarvane and paper", "Polarvane, paper and 4 more"."""
    shown, rest = list(listed[:most]), len(listed) - most
    if rest > 0:
        shown.append(f"{rest} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _costs(found: Sequence[Offered]) -> str:
    sold = [one for one in found if not one.offer.ended_on]
    priced = [one.now for one in sold if one.now and one.now.amount is not None]
    if not sold:
        return "what it sells nobody has written down"
    if not priced:
        return f"what its {plural(len(sold), 'offer')} cost is not known"
    cheapest = min((price for price in priced if price.currency == priced[0].currency), key=_amount)
    head = "it costs" if len(priced) == 1 else "its offers begin at"
    return f"{head} {amount(cheapest)}"


def _amount(price: Price) -> float:
    return float(price.amount or 0)


def _per(per: str) -> str:
    """ "a berth, a month" follows an amount as it is; "berth / month" is told with a word before."""
    return per if per.split(" ")[0].lower() in ("a", "an", "per", "each", "for", "the", "one", "once") else f"per {per}"
