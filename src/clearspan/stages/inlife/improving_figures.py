"""The pictures of what is done in-life."""

from __future__ import annotations

from functools import partial

from clearspan.stages.inlife import kpi_words
from clearspan.stages.inlife.queries.kpis import Standing
from clearspan.ui import marks
from clearspan.ui.figure import PHONE, Figure
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import day


def over_time(one: Standing) -> Figure | None:
    """The readings, and the way to the target, dashed; None with fewer than two."""
    if len(one.readings) < 2:
        return None
    values, days = one.values, [reading.day for reading in one.readings]
    start = one.start.day if one.start else None
    way = [(i, one.should(when)) for i, when in enumerate(days) if start is not None and when >= start]
    plan = [(i, value) for i, value in way if value is not None] if len(way) > 1 else []
    rows = tuple((f"{reading.day}", reading.value, reading.source, reading.note) for reading in one.readings)
    finding = f"From {kpi_words.value(one, values[0])} to {kpi_words.value(one, values[-1])} since {day(days[0])}"
    all_ = [*values, *(value for _, value in plan)]
    scale = Scale.over(all_, zero=False)
    draw = partial(
        marks.fan, [(0, day(days[0])), (len(days) - 1, day(days[-1]))], [values[-1]], [], past=values, plan=plan,
        alt=f"{finding}.", scale=scale, zero=False,
    )  # fmt: skip
    unit = ", ".join(filter(None, [one.kpi.name, one.kpi.unit])) + ("; dashed: the way to the target" if plan else "")
    unit += "; the axis is cut" if scale.low > 0 or scale.high < 0 else ""
    header = ("Day", one.kpi.unit or "Value", "Source", "Note")
    return Figure("readings", finding, unit, draw(width=792), header, rows, narrow=draw(width=PHONE))
