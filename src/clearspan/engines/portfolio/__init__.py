"""Portfolio: which options, when, and what is one more person worth?"""

from clearspan.engines.portfolio.control import Limits, Progress, Stop
from clearspan.engines.portfolio.displacement import Displacement, displacement
from clearspan.engines.portfolio.frontier import Point, frontier
from clearspan.engines.portfolio.plan import Plan
from clearspan.engines.portfolio.prices import CapacityValue, Prices, prices
from clearspan.engines.portfolio.problem import NOT_CHOSEN, Bucket, Problem
from clearspan.engines.portfolio.reasons import Rejection, rejections
from clearspan.engines.portfolio.robustness import Robustness, robustness
from clearspan.engines.portfolio.scoring import Value
from clearspan.engines.portfolio.solver import NoPlan, solve
from clearspan.engines.portfolio.study import PortfolioResult, Requests, study

__all__ = [
    "NOT_CHOSEN",
    "Bucket",
    "CapacityValue",
    "Displacement",
    "Limits",
    "NoPlan",
    "Plan",
    "Point",
    "PortfolioResult",
    "Prices",
    "Problem",
    "Progress",
    "Rejection",
    "Requests",
    "Robustness",
    "Stop",
    "Value",
    "displacement",
    "frontier",
    "prices",
    "rejections",
    "robustness",
    "solve",
    "study",
]
