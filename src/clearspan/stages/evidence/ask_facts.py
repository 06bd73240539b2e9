"""What later stages say of asks. Evidence knows the request and the deal; whose need it is, what it would cost the
plan, and what was decided stand downstream, and come through panels:

    panels.provide("ask.verdict", …)   # (actor, asks) -> {ask.pk: AskVerdict}   opportunities
    panels.provide("ask.price", …)     # (actor, asks) -> {ask.pk: AskPrice}     decisions
    panels.provide("ask.plan", …)      # (actor, asks) -> {ask.pk: AskPlan}      decisions

A provider is given a list, of one ask on its page, and answers for all in a constant number of queries. What an ask
hangs on is what its feedback was linked to: use `ask.feedback.original`, since a request may say again what was said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.evidence.models import Ask

Kind = Literal["market", "segment", "single_customer", "too_little_evidence"]


@dataclass(frozen=True)
class AskVerdict:
    """Whose need it is. `segment` names the segment of a segment need; counts are of accounts.

    `fragment` stands in the ask page's aside: the interval, the reasons, the way to the need. Without `kind` the ask is
    tied to a need that no study has looked at yet.
    """

    need: str
    kind: Kind | None = None
    url: str = ""
    segment: str = ""
    asking: int = 0
    heard: int = 0
    largest: str = ""
    fragment: Fragment | None = None


@dataclass(frozen=True)
class AskPrice:
    """What doing it now would cost the plan, in the company's currency. `least` is what the deal must bring for it:
    None when it is not known, 0 when it fits into the plan as it is. `fragment` stands in the page's main column."""

    option: str
    least: float | None = None
    fits: bool = False
    leaves: Sequence[str] = ()
    moves: Sequence[str] = ()
    url: str = ""
    fragment: Fragment | None = None


@dataclass(frozen=True)
class AskPlan:
    """What was decided about it: `state` of the decision, and the last day of the quarter it should be done in. What
    was chosen `stands` so: that day is ahead, or past, or all of it is built."""

    state: Literal["chosen", "parked", "declined", "stopped"]
    option: str = ""
    ends: dt.date | None = None
    reasons: str = ""
    url: str = ""
    stands: Literal["ahead", "past", "built"] = "ahead"


@dataclass(frozen=True)
class AskFacts:
    """All that later stages say of one ask; what is None has not been said."""

    verdict: AskVerdict | None = None
    price: AskPrice | None = None
    plan: AskPlan | None = None


def facts_of(actor: Actor, asks: Sequence[Ask]) -> dict[int, AskFacts]:
    """What later stages say of each of the asks, by its number."""
    said: dict[str, dict[int, Any]] = {}
    for slot in ("verdict", "price", "plan"):
        said[slot] = {}
        for answer in panels.ask(f"ask.{slot}", actor, list(asks)) if asks else ():
            said[slot].update(answer)
    return {ask.pk: AskFacts(**{slot: said[slot].get(ask.pk) for slot in said}) for ask in asks}
