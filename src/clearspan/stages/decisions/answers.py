"""What the pages of plans and decisions say in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.audiences import Audience
from clearspan.stages.decisions.queries import Log, PlanPage, Promise, Published, calibration
from clearspan.stages.decisions.queries.moving import Moved
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
    if known[0].sure:
        first += f" (nine of ten futures: {money_range(*known[0].sure, currency)})"
    return (
        f"{first}, more than one more in {known[1].function.lower()}"
        if len(known) > 1
        else f"{first}; of the others there are enough"
    )


def of_came(found: Promise, currency: str) -> str:
    """What came of one decision, held against what was promised by the same day."""
    if found.outcome is None:
        return "What came of it is not known yet"
    if found.came is None:
        return "What came of it is known in words"
    until = "" if found.outcome.is_final else f" by {found.outcome.day:%-d %b %Y}"
    words = f"{money(found.came, currency)} came{until}"
    if found.by_then is None:
        return f"{words}; nothing was promised in numbers"
    return f"{words}, {money(found.by_then[2], currency)} was promised: {found.verdict}"


def of_log(found: Log) -> str:
    """The first line of the decisions. What came is known of those on the page."""
    if not found.all:
        return "Nothing was decided yet."
    words = f"{plural(found.all, 'decision')}: {found.yes} yes, {found.all - found.yes} no"
    whole, kept = len(found.rows) == found.all, calibration(found.rows)
    if not kept.of:
        return f"{words}; what came of {'them' if whole else 'those on this page'} is not known yet."
    these = f"{kept.inside} of {kept.of} outcomes"
    return f"{words}. {these if whole else f'Of those on this page {these}'} lay where we said they would."


def of_roadmap(found: Sequence[Published], to: Audience) -> str:
    """The first line of the roadmap: how much is coming, and what comes first, as exactly as that may be said."""
    if not found:
        if to.only_published:
            return (
                f"{to.name} are told of nothing yet." if to.key == "customers" else f"{to.name} is told of nothing yet."
            )
        return "Nothing is on its way yet: what is decided appears here."
    now = sum(one.group == "Now" for one in found)
    words = f"{plural(now, 'thing')} {'is' if now == 1 else 'are'} being built" if now else "Nothing is being built now"
    more = len(found) - now
    dated = [one for one in found if one.said.last]
    first = min(dated, key=lambda one: one.said.last or date.max, default=None)
    soonest = f"; “{first.title}” is first, {first.when}" if first else ""
    if to.only_published:  # what they are not told of may be being built
        return f"{plural(len(found), 'thing')} {'is' if len(found) == 1 else 'are'} coming{soonest}."
    return (
        f"{words}, and {more} more {'is' if more == 1 else 'are'} decided{soonest}." if more else f"{words}{soonest}."
    )


def of_move(found: Moved) -> str:
    """The first line about a start that is being thought of."""
    title, quarter = found.after.option.title, quarters.label(found.starts)
    if not found.is_move:
        return f"“{title}” starts in {quarter}, as it was decided."
    if found.after.is_from_build:
        return f"“{title}” is being built: its date is that of the build, whenever the plan says it starts."
    words = (
        f"Started in {quarter} instead of {quarters.label(found.was)}, “{title}” is done about {month(found.after.p50)}"
    )
    words += f" instead of {month(found.before.p50)}" if month(found.after.p50) != month(found.before.p50) else ""
    harm = [
        f"{plural(len(found.slips), 'thing')} could not start in time" if found.slips else "",
        f"people are short in {plural(len(found.over), 'place')}" if found.over else "",
    ]
    told = " and ".join(one for one in harm if one)
    return f"{words}; {told}." if told else f"{words}; nothing else moves, and the people there are suffice."


def month(day: date) -> str:
    """April 2027."""
    return f"{day:%B %Y}"
