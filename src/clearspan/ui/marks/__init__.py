"""Drawings made from numbers: pure functions, no Django. Geometry is in attributes, colour in the classes of
marks.css."""

from clearspan.ui.marks.interval import Interval, interval, interval_axis, interval_plot
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.svg import Drawing

__all__ = ["Drawing", "Interval", "Scale", "interval", "interval_axis", "interval_plot"]
