"""What a list of promises says in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.decisions.queries import Promise

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def of_promises(found: Sequence[Promise]) -> str:
    """ "Two of four decisions came as promised; one came outside its interval." """
    judged = [one for one in found if one.verdict]
    if not judged:
        return "What came of the decisions is not known yet"
    if len(judged) == 1:
        how = {"as promised": "came as promised", "low, but inside": "came low, but inside its interval"}
        return f"The one decision that can be judged {how.get(judged[0].verdict, 'came outside its interval')}"
    kept = sum(one.verdict == "as promised" for one in judged)
    out = sum(one.is_inside is False for one in judged)
    head = f"{_number(kept).capitalize()} of {_number(len(judged))} decisions came as promised"
    if not out:
        return head
    return f"{head}; {_number(out)} came outside {'its interval' if out == 1 else 'their intervals'}"


def _number(value: int) -> str:
    return NUMBERS[value] if value < len(NUMBERS) else str(value)
