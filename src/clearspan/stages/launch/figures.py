"""The picture of a launch: by when what must be there, and when it is built."""

from __future__ import annotations

from datetime import date, timedelta

from clearspan.stages.launch.models import Commitment
from clearspan.stages.launch.queries import OPEN, Readiness
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.numbers import plural

MOST_DAYS = 120
WIDTH = 800
BAND = "; a band is when it is built, in ten to 85 of a hundred futures"


def days(found: Readiness) -> Figure | None:
    """The days to come, by week: how much must be there, go/no-go, the launch, and when it is built."""
    launch, start = found.launch, found.today
    open_ = [one for one in found.commitments if one.state in (Commitment.State.ASKED, Commitment.State.PROMISED)]
    last = max([launch.planned_on, *(one.due_on for one in open_)], default=launch.planned_on)
    if launch.state not in OPEN or last <= start:
        return None
    known = [one.days for one in found.build.forecasts[:2] if one.days]
    last = max([last, *(days[1] for days in known)])  # built too late, it is seen how much
    length = min(MOST_DAYS, (last - start).days + 7)
    end = start + timedelta(days=length)
    weeks: dict[date, int] = {}
    for one in open_:
        if start <= one.due_on <= end:
            monday = one.due_on - timedelta(days=one.due_on.weekday())
            weeks[monday] = weeks.get(monday, 0) + 1
    dots = [(max(start, monday + timedelta(days=4)), plural(many, "thing")) for monday, many in sorted(weeks.items())]
    dots += [(day, words) for day, words in ((launch.decide_on, "go or no-go"), (launch.planned_on, "launch"))
             if day is not None and start <= day <= end]  # fmt: skip
    built = [
        (max(start, days[0]), min(end, days[2]), "built") for days in known if days[0] <= end and days[2] >= start
    ]  # fmt: skip
    late = sum(one.due_on < start for one in open_)
    title = f"{plural(len(open_), 'thing')} must still be there by {launch.planned_on:%-d %b}"
    rows = tuple((f"{day:%Y-%m-%d}", words) for day, words in sorted(dots))
    return Figure(
        "days", f"{title}{f'; {late} of them should be there already' if late else ''}",
        f"By week{BAND if built else ''}",
        marks.next_days(dots, start, alt=title, forecasts=built, days=length, width=WIDTH), ("Day", "What"), rows,
    )  # fmt: skip
