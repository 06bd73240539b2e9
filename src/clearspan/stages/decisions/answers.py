"""What the pages of plans and decisions say in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.decisions.queries import Calibration, PlanPage, Promise, Published
from clearspan.ui.numbers import money, money_range, plural


def of_plan(found: PlanPage, currency: str) -> str:
    """The first line of the portfolio."""
    if found.study is None:
        return (
            "The plan is being worked out."
            if found.under_way
            else "There is no plan yet: say who is there, and ask for one."
        )
    worth = f"The plan is worth {money(found.value['mean'], currency)}"
    tight = found.tightest
    if tight is None:
        return f"{worth}, and the people there are enough for it."
    return f"{worth}; what holds it back is {tight.function.lower()}."


def under_plan(found: PlanPage, currency: str) -> str:
    """The sentence below it: how sure, and which choices are close."""
    if found.study is None or found.five is None:
        return ""
    sure = sum((row.chosen_in or 0) >= 0.9 for row in found.chosen)
    close = len(found.chosen) - sure
    words = f"Nine in ten between {money_range(found.five[0], found.five[4], currency)}."
    if not close:
        return f"{words} Every option in it is chosen in nine of ten futures."
    calls = "is a closer call" if close == 1 else "are closer calls"
    return f"{words} {sure} of {plural(len(found.chosen), 'option')} are in it in nine of ten futures; {close} {calls}."


def of_people(found: PlanPage, currency: str) -> str:
    """The finding over the people."""
    known = sorted((row for row in found.use if row.worth and row.is_known), key=lambda row: -(row.worth or 0))
    if not known:
        return "One more person of any function would not change the plan"
    first = f"One more in {known[0].function.lower()} is worth {money(known[0].worth or 0, currency)}"
    return (
        f"{first}, more than one more in {known[1].function.lower()}"
        if len(known) > 1
        else f"{first}; of the others there are enough"
    )


def of_log(rows: Sequence[Promise], kept: Calibration) -> str:
    """The first line of the decisions."""
    if not rows:
        return "Nothing was decided yet."
    yes = sum(row.decision.kind == "choose" for row in rows)
    words = f"{plural(len(rows), 'decision')}: {yes} yes, {len(rows) - yes} no"
    if not kept.of:
        return f"{words}; what came of them is not known yet."
    return f"{words}. {kept.inside} of {kept.of} outcomes lay where we said they would."


def of_roadmap(found: Sequence[Published]) -> str:
    """The first line of the roadmap."""
    if not found:
        return "Nothing is on its way yet: what is decided appears here."
    now = sum(one.group == "Now" for one in found)
    words = f"{plural(now, 'thing')} {'is' if now == 1 else 'are'} being built" if now else "Nothing is being built now"
    more = len(found) - now
    return f"{words}, and {more} more {'is' if more == 1 else 'are'} decided." if more else f"{words}."
