"""What proposals and suggestions say in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.inlife.queries.proposals import Worth
from clearspan.stages.inlife.suggesting import Suggestion
from clearspan.stages.launch.queries import five_of
from clearspan.ui.numbers import plural

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def of_list(rows: Sequence[Worth], known: Sequence[Suggestion], state: str = "open") -> str:
    """ "Three things to do, best first; the facts suggest two more." """
    more = f"the facts suggest {_number(len(known))}{' more' if rows else ''}" if known else ""
    if state not in ("open", ""):
        return f"{plural(len(rows), 'proposal')} of this kind."
    if not rows:
        return f"{more[:1].upper()}{more[1:]}." if more else "Nothing is proposed."
    things = "thing" if len(rows) == 1 else "things"
    head = f"{_number(len(rows)).capitalize()} {things} to do{', best first' if len(rows) > 1 else ''}"
    return f"{head}; {more}." if more else f"{head}."


def five_of_suggestion(one: Suggestion) -> tuple[float, ...] | None:
    """The five numbers of its mark."""
    if one.low is None or one.likely is None or one.high is None:
        return None
    return five_of(one.low, one.likely, one.high)


def _number(value: int) -> str:
    return NUMBERS[value] if value < len(NUMBERS) else str(value)
