"""Drawings made from numbers: pure functions, no Django. Geometry stands in attributes, colour in marks.css."""

from clearspan.ui.marks.bars import bars, bridge, narrow_bridge, sorted_bars, tornado
from clearspan.ui.marks.codes import qr
from clearspan.ui.marks.columns import columns
from clearspan.ui.marks.dates import Bar, fade_key, narrow_timeline, next_days, timeline
from clearspan.ui.marks.fans import calibration, fan
from clearspan.ui.marks.fifty import futures
from clearspan.ui.marks.intervals import Interval, interval, interval_axis, interval_plot
from clearspan.ui.marks.line import Node, whole_line
from clearspan.ui.marks.plan import frontier, periods, plan_bar, use_cells
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.small import VERDICTS, amount_bar, similarity, spark, steps, variance_bar
from clearspan.ui.marks.stations import STATIONS, mini_line
from clearspan.ui.marks.svg import Drawing

__all__ = [
    "STATIONS",
    "VERDICTS",
    "Bar",
    "Drawing",
    "Interval",
    "Node",
    "Scale",
    "amount_bar",
    "bars",
    "bridge",
    "calibration",
    "columns",
    "fade_key",
    "fan",
    "frontier",
    "futures",
    "interval",
    "interval_axis",
    "interval_plot",
    "mini_line",
    "narrow_bridge",
    "narrow_timeline",
    "next_days",
    "periods",
    "plan_bar",
    "qr",
    "similarity",
    "sorted_bars",
    "spark",
    "steps",
    "timeline",
    "tornado",
    "use_cells",
    "variance_bar",
    "whole_line",
]
