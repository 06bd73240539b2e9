"""The pictures of plans and the roadmap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.queries import PlanPage, Published
from clearspan.stages.decisions.queries.published import GROUPS
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks.dates import Bar
from clearspan.ui.numbers import money

AHEAD = 6  # quarters the roadmap looks ahead


def frontier(found: PlanPage, currency: str) -> Figure | None:
    """Likely value against the worst tenth; None when the study has no frontier."""
    points = found.study.result.get("frontier") if found.study else None
    if not points:
        return None
    pairs = [(point["mean"], point["cvar"]) for point in points]
    risk = found.study.options.get("risk") or 0.0 if found.study else 0.0
    chosen = min(range(len(points)), key=lambda i: abs(points[i]["risk"] - risk))
    bold, careful = pairs[0], pairs[-1]
    gain, price = careful[1] - bold[1], bold[0] - careful[0]
    finding = (
        "Being careful changes nothing: one plan is best either way"
        if gain <= 0 or price <= 0
        else f"{money(gain, currency)} more in bad years costs {money(price, currency)} of likely value"
    )
    names = {0: "boldest", len(pairs) - 1: "most careful"} if len(set(pairs)) > 2 else {}
    drawing = marks.frontier(
        pairs, chosen, alt=f"{finding}.", names={i: words for i, words in names.items() if i != chosen}
    )
    rows = tuple((point["risk"], round(point["mean"]), round(point["cvar"])) for point in points)
    return Figure(
        "frontier",
        finding,
        f"Mean of the worst tenth of futures against likely value, {currency}",
        drawing,
        ("Weight of the worst tenth", "Likely value", "Worst tenth"),
        rows,
    )


def timeline(found: Sequence[Published], today: date, moves: str = "") -> Figure | None:
    """What is coming, fading as it grows less sure. None when nothing has a date that may be said.

    `moves` is the address at which a start is moved, without the decision's number; empty when it may not be.
    """
    dated = [one for one in found if one.dates]
    if not dated:
        return None
    start = quarters.first_day(today)
    groups = [(name, [_bar(one, moves) for one in dated if one.group == name]) for name in GROUPS]
    end = max(quarters.after(start, AHEAD), max(one.dates[2] for one in dated if one.dates))
    shown = [group for group in groups if group[1]]
    alt = "Bars of what is coming, each fading from one chance in ten to 95 in a hundred."
    return Figure(
        "timeline",
        "What is coming",
        "A bar is the period in which it is expected"
        if any(one.wording for one in dated)
        else "A bar fades at one chance in ten, at evens, at 85 and at 95 in a hundred of being done",
        marks.timeline(shown, start, end, alt=alt, today=today),
        ("What", "Now, next or later", "When"),
        tuple((one.title, one.group, one.when) for one in found),
        narrow=marks.narrow_timeline(shown, start, end, alt=alt, today=today),
    )


def _bar(one: Published, moves: str) -> Bar:
    assert one.dates is not None
    url = f"{moves}{one.decision}" if moves and one.decision else ""
    return Bar(one.title, one.people or one.why, one.starts, *one.dates, one.when, url)


def rows_of(found: PlanPage) -> dict[str, Any]:
    """The rows of the plan's tables with their drawings: bars of the chosen, people used."""
    periods = len(found.periods)
    return {
        "chosen": [
            (row, marks.plan_bar(row.row.option.title, row.start or 0, row.length, periods)) for row in found.chosen
        ],
        "use": [(row, marks.use_cells(row.function, row.used, row.there)) for row in found.use],
    }
