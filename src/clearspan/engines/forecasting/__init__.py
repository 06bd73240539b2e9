"""What will it earn? Method and sources: docs/methods/forecast.md."""

from clearspan.engines.forecasting.calendar import Calendar, Stamp, calendar_of, like
from clearspan.engines.forecasting.hierarchy import Hierarchy
from clearspan.engines.forecasting.inputs import Series, Settings
from clearspan.engines.forecasting.result import Forecast
from clearspan.engines.forecasting.study import VERSION, study
from clearspan.engines.forecasting.totals import Total, total

__all__ = [
    "VERSION",
    "Calendar",
    "Forecast",
    "Hierarchy",
    "Series",
    "Settings",
    "Stamp",
    "Total",
    "calendar_of",
    "like",
    "study",
    "total",
]
