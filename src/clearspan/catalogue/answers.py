"""The first line of the catalogue's pages: the answer in words, with its number."""

from __future__ import annotations

from clearspan.catalogue.models import Account, Deal, Product
from clearspan.catalogue.queries import accounts, deals
from clearspan.catalogue.queries.market import Market, WinLoss
from clearspan.catalogue.slots import Asks, Heard
from clearspan.ui.numbers import count, day, money, plural

EXACT = 14  # digits of an amount that somebody wrote down, as against one that was estimated


def of_market(product: Product, market: Market, currency: str, against: str = "") -> str:
    """Whom we serve, how large that is and how much of it is ours; and against whom, where that is known."""
    rivals = f" We sell against {against}." if against else ""
    if not market.parts:
        return f"How large the market of {product} is has not been said yet.{rivals}"
    size = f"{plural(market.accounts, 'account')} in {plural(len(market.parts), 'segment')}"
    worth = f", worth {money(market.worth, currency)} a year" if market.worth else ""
    ours = f"{count(market.customers) if market.customers else 'none'} of them {_is(market.customers)} ours"
    return f"The market of {product} is {size}{worth}; {ours}{'' if market.customers else ' yet'}.{rivals}"


def under_market(market: Market) -> str:
    """What weakens the numbers, in one sentence, or nothing."""
    few = len(market.unfounded)
    if not market.parts:
        return ""
    if not few:
        return (
            "Sizes and what an account is worth stand as their sources have them; how sure they are, these do not say."
        )
    of = "The size" if len(market.parts) == 1 else f"{plural(few, 'size')} of {len(market.parts)}"
    return f"{of} {'is a guess' if few == 1 else 'are guesses'}: verdicts rest on them, so a source is worth finding."


def of_win_loss(found: WinLoss) -> str:
    """How many deals were won of those decided."""
    won, decided = found.won.deals, found.decided
    if not decided:
        return "No deal was won or lost in twelve months"
    if decided == 1:
        return f"The one deal decided in twelve months was {'won' if won else 'lost'}"
    if won in (0, decided):
        return f"{'All' if won else 'None of'} {count(decided)} deals were won in twelve months"
    return f"{count(won)} of {count(decided)} deals {_was(won)} won in twelve months"


def of_losses(found: WinLoss, currency: str) -> str:
    """What loses most deals, of what people said."""
    why, tally = next((why, tally) for why, tally in found.reasons if why)
    worth = f", worth {money(tally.amount, currency)} a year" if tally.amount else ""
    return f"“{why}” lost {plural(tally.deals, 'deal')}{worth}"


def of_accounts(filters: accounts.Filters, found: accounts.Listing) -> str:
    """How many accounts there are, or fit."""
    if not filters.narrow:
        if not found.found:
            return "No account is written down yet."
        return f"{found.found.of('account')}, {_some(str(found.customers), found.customers.number)} customers."
    if not found.found:
        return "No account fits these filters."
    return f"{found.found.of('account')} {'fits' if found.found.number == 1 else 'fit'} these filters."


def of_account(account: Account, heard: Heard, currency: str) -> str:
    """What it pays or may pay, and how often it was heard."""
    amount = f"{money(float(account.value), currency, digits=EXACT, scale='')} a year"
    if not account.value:
        worth = "is a customer" if account.is_customer else "may become a customer"
    else:
        worth = f"pays {amount}" if account.is_customer else f"could pay {amount}"
    if not heard.times or heard.last is None:
        return f"{account} {worth} and has not been heard yet."
    return f"{account} {worth} and was heard {_times(heard.times)}, last on {day(heard.last.date())}."


def of_deals(filters: deals.Filters, totals: deals.Totals, currency: str) -> str:
    """How many deals, worth what, and how many close soon."""
    state = {deals.ALL: "", "open": "open", "won": "won", "lost": "lost"}[filters.state]
    if not totals.deals:
        fits = " that fits" if filters.q or filters.slice.narrows else ""
        return f"No deal{fits} is {state}." if state else f"There is no deal{fits}{'' if fits else ' yet'}."
    worth = f", worth {money(totals.amount, currency)} a year" if totals.amount else ""
    verb = f" {_is(totals.deals)} {state}" if state == "open" else f" {_was(totals.deals)} {state}" if state else ""
    closing = f"; {count(totals.soon)} {'closes' if totals.soon == 1 else 'close'} within thirty days"
    return f"{plural(totals.deals, 'deal')}{verb}{worth}{closing if totals.soon else ''}."


def of_deal(deal: Deal, asks: Asks, currency: str) -> str:
    """Where it stands, what it is worth, and what it waits for."""
    worth = f", worth {money(float(deal.amount), currency, digits=EXACT, scale='')} a year" if deal.amount else ""
    if deal.state != Deal.State.OPEN:
        on = f" on {day(deal.closes_on)}" if deal.closes_on else ""
        who = f" {'against' if deal.state == Deal.State.WON else 'to'} {deal.competitor}" if deal.competitor else ""
        return f"{deal}: {deal.state}{who}{on}{worth}; {deal.reason or 'nobody has said why'}."
    closes = f", to close on {day(deal.closes_on)}" if deal.closes_on else ""
    waits = f"; {plural(asks.open, 'ask waits', 'asks wait')} for an answer" if asks.open else ""
    race = f", with {deal.competitor} in the race" if deal.competitor else ""
    return f"{deal}: open{worth}{closes}{race}{waits}."


def _some(words: str, number: int) -> str:
    return f"{words if number else 'none'} of them"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{count(number)} times")


def _is(number: int) -> str:
    return "is" if number in (0, 1) else "are"


def _was(number: int) -> str:
    return "was" if number in (0, 1) else "were"
