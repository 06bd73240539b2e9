"""Dates as far as they are known."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from clearspan.ui.marks import Bar, fade_key, narrow_timeline, next_days, timeline
from tests.ui.marks.reading import number, points, shapes, words

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def bar(name: str, *months: int) -> Bar:
    return Bar(name, "defined", *(dt.date(2026, m, 1) for m in months), label="£0.9 m")


def test_a_bar_fades_in_four_flat_steps_that_touch() -> None:
    drawing = timeline([("Now", [bar("Swap board", 2, 4, 6, 8, 10)])], START, END, alt="")
    steps = [shapes(drawing, c)[0] for c in ("fill-half", "band-3", "band-2", "band-1")]
    for one, other in pairwise(steps):
        assert number(one, "x") + number(one, "width") == pytest.approx(number(other, "x"), abs=0.2)


def test_the_likely_date_is_marked_between_one_in_ten_and_85_in_100() -> None:
    drawing = timeline([("Now", [bar("Swap board", 2, 4, 6, 8, 10)])], START, END, alt="")
    (likely,), (after,) = shapes(drawing, "likely"), shapes(drawing, "band-2")
    assert points(likely)[0][0] == number(after, "x")


def test_a_bar_that_runs_off_the_edge_is_labelled_at_its_start() -> None:
    late = Bar("Cross-site", "option only", START, END, END, END, dt.date(2027, 6, 1), "£0.6 m")
    drawing = timeline([("Later", [late])], START, END, alt="")
    (label,) = shapes(drawing, "end")
    assert float(label["x"]) < 400


def test_today_is_drawn_only_when_it_is_in_the_picture() -> None:
    inside = timeline([("Now", [])], START, END, alt="", today=dt.date(2026, 5, 5))
    outside = timeline([("Now", [])], START, END, alt="", today=dt.date(2030, 5, 5))
    assert "today" in words(inside)
    assert "today" not in words(outside)


def test_the_key_names_the_four_chances() -> None:
    assert words(fade_key()) == ["1 in 10 done", "likely", "85 in 100", "95 in 100"]


def test_neighbouring_dates_do_not_write_over_each_other() -> None:
    near = [(START + dt.timedelta(days=n), f"a meeting, number {n}") for n in (10, 11, 12)]
    drawing = next_days(near, START, alt="")
    heights = {float(t["y"]) for t in shapes(drawing, "strong")}
    assert len(heights) == 3


def test_a_date_set_is_a_dot_and_a_date_forecast_a_band() -> None:
    day = dt.timedelta(days=1)
    drawing = next_days(
        [(START + 5 * day, "call")], START, forecasts=[(START + 20 * day, START + 25 * day, "swap board")], alt=""
    )
    assert len(shapes(drawing, "fill-accent")) == 1
    assert len(shapes(drawing, "band-2")) == 1


def test_the_label_of_a_bar_that_takes_all_the_room_stands_in_its_end_and_not_over_its_name() -> None:
    day = dt.date(2026, 1, 5)
    far = day + dt.timedelta(days=400)
    bar = Bar("Screens on the kitchen wall", "", day, far, far, far, far, "expected in the second half of 2027")
    drawing = timeline([("Now", [bar])], day, day + dt.timedelta(days=90), alt="")
    (label,) = shapes(drawing, "end")
    assert number(label, "x") > drawing.width - 20


def test_on_a_phone_the_name_stands_above_its_bar_and_nothing_lies_to_the_right() -> None:
    swap = bar("Swap board, and every shift that nobody has taken yet, on one page", 2, 4, 6, 8, 10)
    drawing = narrow_timeline([("Now", [swap])], START, END, alt="", today=dt.date(2026, 5, 5), width=358)
    places = [
        float(x) + float(wide or 0)
        for x, wide in re.findall(r' x="([\d.]+)"(?:[^>]*? width="([\d.]+)")?', drawing.body)
    ]
    assert drawing.width == 358
    assert max(places) <= 358
    assert drawing.body.index("Swap board") < drawing.body.index("fill-half")
