"""The first lines of the pages for sales."""

from __future__ import annotations

from clearspan.stages.evidence.ask_facts import AskFacts
from clearspan.stages.evidence.models import Ask
from clearspan.stages.evidence.queries.asks import Waiting
from clearspan.ui.numbers import money, quarter


def of_asks(waiting: Waiting) -> str:
    """How many asks wait for an answer, and how many of them are due."""
    if not waiting.open:
        return "No ask waits for an answer."
    many = "One ask waits" if waiting.open == 1 else f"{waiting.open:,} asks wait"
    if waiting.late:
        due = (
            "it is due" if waiting.open == 1 else f"{_number(waiting.late)} {'is' if waiting.late == 1 else 'are'} due"
        )
        return f"{many} for an answer; {due} today or before."
    if waiting.soon:
        due = (
            "it is due" if waiting.open == 1 else f"{_number(waiting.soon)} {'is' if waiting.soon == 1 else 'are'} due"
        )
        return f"{many} for an answer; {due} within the week."
    return f"{many} for an answer; none is due within the week." if waiting.open > 1 else f"{many} for an answer."


def of_ask(ask: Ask, facts: AskFacts, currency: str) -> str:
    """Who wants what, whose need that is, and what it would have to bring."""
    who = ask.deal.account.name if ask.deal.account else ask.deal.name
    wants = ask.wants.strip().rstrip(".")
    wants = wants[:1].lower() + wants[1:] if wants[1:2].islower() or wants.startswith("A ") else wants
    return f"{who} wants {wants}. {_whose(facts)}{_price(facts, currency)}."


def _whose(facts: AskFacts) -> str:
    verdict = facts.verdict
    if verdict is None:
        return "It is not tied to a need yet"
    if verdict.kind is None:
        return "Whose need it is has not been worked out yet"
    return {
        "market": "It is a need of the market",
        "segment": f"It is a need of {verdict.segment or 'one segment'}",
        "single_customer": "One customer’s ask",
        "too_little_evidence": "Too little was heard to say whose need it is",
    }[verdict.kind]


def _price(facts: AskFacts, currency: str) -> str:
    plan, price = facts.plan, facts.price
    if plan is not None and plan.state == "chosen":
        if plan.stands == "built":
            return ", and it is built"
        planned = f"{'was' if plan.stands == 'past' else 'is'} planned"
        return f", and it {planned} for {quarter(plan.ends)}" if plan.ends else ", and it is in the plan"
    if plan is not None and plan.state in ("declined", "stopped"):
        return ", and it was decided against"
    if price is None or price.least is None:
        return ""
    if price.fits or not price.least:
        return ", and it fits into the plan as it is"
    return f": it would have to bring {money(price.least, currency, scale='', digits=3)} to be worth its place"


def _number(n: int) -> str:
    return "one" if n == 1 else f"{n:,}"
