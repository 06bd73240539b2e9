"""Do forecasts keep what they say? Method and sources: docs/methods/calibration.md."""

from clearspan.engines.calibration.brier import Bin, Brier, brier
from clearspan.engines.calibration.coverage import Coverage, coverage, reached
from clearspan.engines.calibration.forecasts import Chance, Quantiles, inside, points

__all__ = [
    "Bin",
    "Brier",
    "Chance",
    "Coverage",
    "Quantiles",
    "brier",
    "coverage",
    "inside",
    "points",
    "reached",
]
