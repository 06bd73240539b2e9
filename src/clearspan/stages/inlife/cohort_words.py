"""What cohorts say in words, and their picture."""

from __future__ import annotations

from functools import partial

from clearspan.engines.lifetime import Retention
from clearspan.stages.inlife.queries.cohorts import CohortTable
from clearspan.ui import marks
from clearspan.ui.figure import PHONE, Figure
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import count, percent

YEAR, FEW = 12, 10


def of_cohorts(found: CohortTable | None) -> str:
    """ "Of the accounts that came, 81 % were still there a year later." """
    if found is None:
        return "No account’s first revenue is known yet."
    one = _told(found)
    when = "a year" if one.age == YEAR else f"{one.age} months"
    return f"Of the accounts that came, {percent(one.five[2])} were still there {when} later."


def under(found: CohortTable | None) -> str:
    """How sure that is."""
    if found is None:
        return ""
    one = _told(found)
    few = ": too few to lean on" if one.of < FEW else ""
    return (
        f"{count(one.kept)} of {count(one.of)} that have been watched that long; nine in ten of our belief lie between "
        f"{percent(one.five[0])} and {percent(one.five[4])}{few}."
    )


def curve(found: CohortTable) -> Figure | None:
    """Retention by age with its interval; None with fewer than two ages."""
    points = found.found.curve
    if len(points) < 3:
        return None
    middle = [one.five[2] for one in points]
    bands = [([one.five[0] for one in points], [one.five[4] for one in points])]
    finding = of_cohorts(found).rstrip(".")
    draw = partial(
        marks.fan, [(0, "first month"), (len(points) - 1, f"{points[-1].age} months")], middle, bands,
        alt=f"{finding}.", scale=Scale.shares([0, *middle, 1]),
    )  # fmt: skip
    rows = tuple((one.age, one.kept, one.of, round(one.five[0], 3), round(one.five[4], 3)) for one in points)
    unit = "Share of accounts with revenue, by months since their first; the band holds nine in ten of our belief"
    header = ("Months", "There", "Of", "5 %", "95 %")
    return Figure("retention", finding, unit, draw(width=792), header, rows, narrow=draw(width=PHONE))


def _told(found: CohortTable) -> Retention:
    """A year after, or the oldest age that enough have been watched for."""
    curve_ = found.found.curve
    watched = [one for one in curve_ if one.of >= FEW and 0 < one.age <= YEAR]
    return watched[-1] if watched else curve_[-1]
