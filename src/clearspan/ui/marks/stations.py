"""The line of eight stations: evidence to in-life."""

from clearspan.ui.marks.svg import Drawing, circle, line

STATIONS = ("Evidence", "Opportunity", "Option", "Decision", "Definition", "Development", "Launch", "In-life")
GAP = 10.9


def mini_line(reached: int) -> Drawing:
    """The line in a row of a table: `reached` of the eight stations are behind the object, the last of them is where it
    stands. 0 for nothing yet."""
    if not 0 <= reached <= len(STATIONS):
        raise ValueError(f"the line has eight stations, not {reached}")
    xs = [5 + GAP * i for i in range(len(STATIONS))]
    here = xs[max(reached - 1, 0)]
    parts = [line("st-line", xs[0], 6, here, 6), line("st-ahead", here, 6, xs[-1], 6)]
    for i, x in enumerate(xs, 1):
        kind = "st-here" if i == reached else "st-done" if i < reached else "st-none"
        parts.append(circle(kind, x, 6, 3.4 if i == reached else 2.2))
    alt = f"has come to {STATIONS[reached - 1]}" if reached else "not yet on the line"
    return Drawing(86, 12, "".join(parts), alt)
