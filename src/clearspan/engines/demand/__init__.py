"""Is it the market's need, a segment's, or one customer's? Method and sources: docs/methods/demand.md."""

from clearspan.engines.demand.beliefs import LEVELS
from clearspan.engines.demand.inputs import NOTHING_KNOWN, Accounts, Evidence, Market, Settings
from clearspan.engines.demand.prior import Prior
from clearspan.engines.demand.result import (
    AskNext,
    Belief,
    DemandResult,
    Largest,
    OpportunityResult,
    Prevalence,
    SegmentBelief,
    Sensitivity,
    WithoutLargest,
)
from clearspan.engines.demand.study import VERSION, rescore, study
from clearspan.engines.demand.tally import Exposure, exposure
from clearspan.engines.demand.verdict import MARKET, SEGMENT, SINGLE_CUSTOMER, TOO_LITTLE, VERDICTS

__all__ = [
    "LEVELS",
    "MARKET",
    "NOTHING_KNOWN",
    "SEGMENT",
    "SINGLE_CUSTOMER",
    "TOO_LITTLE",
    "VERDICTS",
    "VERSION",
    "Accounts",
    "AskNext",
    "Belief",
    "DemandResult",
    "Evidence",
    "Exposure",
    "Largest",
    "Market",
    "OpportunityResult",
    "Prevalence",
    "Prior",
    "SegmentBelief",
    "Sensitivity",
    "Settings",
    "WithoutLargest",
    "exposure",
    "rescore",
    "study",
]
