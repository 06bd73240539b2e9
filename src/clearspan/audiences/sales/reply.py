"""What a product manager tells a salesperson about a request: a draft in plain words, made of what is known.

Pure: the same facts give the same words. Nothing is said more precisely than it is known: dates are quarters, money is
rounded up to two digits, and where too little was heard the reply says so instead of guessing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clearspan.stages.evidence.ask_facts import AskPlan, AskPrice, AskVerdict
from clearspan.ui.numbers import money, plural, quarter

Stance = Literal["", "paid", "no"]


@dataclass(frozen=True)
class Request:
    """Who asks, for whom, for what. `stance` turns the draft: "paid" offers it as paid work only, "no" declines."""

    seller: str
    account: str
    wants: str
    currency: str = "GBP"
    stance: Stance = ""


def draft_reply(verdict: AskVerdict | None, price: AskPrice | None, plan: AskPlan | None, *, request: Request) -> str:
    """The reply, in paragraphs: the short answer, whose need it is, what can be had, what to do next."""
    paragraphs = (
        f"{request.seller.split()[0] if request.seller else 'Hello'}, {_short(verdict, price, plan, request)}",
        _whose(verdict, request),
        _cost(price, plan, request),
        _next(verdict, plan, request),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _short(verdict: AskVerdict | None, price: AskPrice | None, plan: AskPlan | None, request: Request) -> str:
    about = f"about “{_inside(request.wants)}” for {request.account}"
    if request.stance == "no":
        return f"the short answer {about} is no."
    if plan is not None and plan.state == "chosen" and request.stance == "":
        return f"the short answer {about} is yes: {_when(plan)}."
    if plan is not None and plan.state in ("declined", "stopped") and request.stance == "":
        return f"the short answer {about} is no: we looked at it and decided against it."
    if request.stance == "paid" or (price is not None and price.least and _is_theirs_alone(verdict)):
        return f"the short answer {about} is: not as part of the product, but yes as paid work."
    if verdict is None or verdict.kind is None:
        return f"I have your request {about}. I cannot say yet whose need it is, so please promise nothing."
    if verdict.kind == "too_little_evidence":
        return f"the short answer {about} is: we do not know yet. Please promise nothing."
    if _is_theirs_alone(verdict):
        return f"the short answer {about} is: not as things stand."
    return f"the short answer {about} is: it is wanted, but it has no date yet."


def _whose(verdict: AskVerdict | None, request: Request) -> str:
    """Whose need it is, in accounts: a salesperson can repeat it to a customer."""
    if verdict is None or verdict.kind is None:
        return ""
    counted = f"{verdict.asking} of the {plural(verdict.heard, 'account')} we heard" if verdict.heard else "nobody yet"
    if verdict.kind == "market":
        return f"They are not alone: {counted} asked for it, and it is a need of the whole market."
    if verdict.kind == "segment":
        return f"It is a need of {verdict.segment or 'one segment'}, not of the whole market: {counted} asked for it."
    if verdict.kind == "single_customer":
        who = verdict.largest or request.account
        return f"So far it is one customer’s request: {who} made most of the mentions, so it would not come by itself."
    return f"Too little was heard to say whose need it is: {counted} asked for it."


def _cost(price: AskPrice | None, plan: AskPlan | None, request: Request) -> str:
    """What it would take to have it now."""
    if request.stance == "no" or price is None or (plan is not None and plan.state == "chosen" and not request.stance):
        return ""
    if price.fits or price.least == 0:
        return "It would fit into the plan as it is, so I can put it forward for the next decision."
    pushed = _listed([*price.leaves, *price.moves])
    costs = f"Doing it now would push back {pushed}. " if pushed else ""
    if price.least is None:
        return costs.strip()
    least = money(_rounded_up(price.least), request.currency, scale="", digits=2)
    return f"{costs}If they want it now, it must bring at least {least}; I can walk them through why."


def _next(verdict: AskVerdict | None, plan: AskPlan | None, request: Request) -> str:
    if request.stance == "no":
        because = f" {plan.reasons.strip()}" if plan is not None and plan.reasons.strip() else ""
        return f"Please tell them so plainly; what they said is kept and counts.{because}"
    if plan is not None and plan.state == "chosen" and not request.stance:
        return {
            "built": "I will tell you the day from which they have it.",
            "past": "It is late: name no day yet; I will tell you when it is done.",
            "ahead": "You may name the quarter, not a day; I will tell you if it moves.",
        }[plan.stands]
    if plan is not None and plan.state in ("declined", "stopped") and not request.stance:
        return plan.reasons.strip() or "If another account asks for it, tell me, and I look again."
    if verdict is None or verdict.kind in (None, "too_little_evidence"):
        return "Would they talk to me for half an hour? One conversation would tell more than anything we have."
    if verdict.kind == "single_customer":
        return "If another account asks for it, tell me, and I look again."
    return "I will tell you as soon as it has a date."


def _is_theirs_alone(verdict: AskVerdict | None) -> bool:
    return verdict is not None and verdict.kind == "single_customer"


def _when(plan: AskPlan) -> str:
    if plan.stands == "built":
        return "it is built"
    if plan.ends is None:
        return "it is in the plan"
    if plan.stands == "past":
        return f"it is decided, and was to be there by the end of {quarter(plan.ends)}"
    return f"it is in the plan, and should be there by the end of {quarter(plan.ends)}"


def _inside(wants: str) -> str:
    """A request inside a sentence: without its own full stop."""
    return wants.strip().rstrip(".")


def _rounded_up(amount: float) -> float:
    """To two digits, upwards: the least it must bring is never understated."""
    step = 10 ** max(len(str(int(amount))) - 2, 0)
    return -(-amount // step) * step


def _listed(names: list[str], most: int = 3) -> str:
    shown = [f"“{name}”" for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
