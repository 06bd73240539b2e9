"""When will it be done? Method and sources: docs/methods/delivery.md."""

from clearspan.engines.delivery.ageing import PERCENTILES, Ageing, CycleTime
from clearspan.engines.delivery.backtest import Backtest
from clearspan.engines.delivery.calibration import LEVELS, Calibration
from clearspan.engines.delivery.growth import past_growth
from clearspan.engines.delivery.inputs import UNKNOWN, Items, NoForecast, Settings, Work, out_of_order
from clearspan.engines.delivery.result import FAN, Dates, DeliveryResult
from clearspan.engines.delivery.study import VERSION, day_after_the_last_finish, study, what_if
from clearspan.engines.delivery.throughput import BLOCK, LEAST, throughput

__all__ = [
    "BLOCK",
    "FAN",
    "LEAST",
    "LEVELS",
    "PERCENTILES",
    "UNKNOWN",
    "VERSION",
    "Ageing",
    "Backtest",
    "Calibration",
    "CycleTime",
    "Dates",
    "DeliveryResult",
    "Items",
    "NoForecast",
    "Settings",
    "Work",
    "day_after_the_last_finish",
    "out_of_order",
    "past_growth",
    "study",
    "throughput",
    "what_if",
]
