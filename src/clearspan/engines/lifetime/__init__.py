"""Who still buys, how much will they buy, and what is a customer worth? Method: docs/methods/lifetime.md."""

from clearspan.engines.lifetime.bgnbd import BgNbd, Fitted, NoFit, fit
from clearspan.engines.lifetime.cohorts import Cohorts, Retention, cohorts
from clearspan.engines.lifetime.inputs import Customers, summarised
from clearspan.engines.lifetime.spend import GammaGamma, fit_spend
from clearspan.engines.lifetime.study import VERSION, Result, Settings, study

__all__ = [
    "VERSION",
    "BgNbd",
    "Cohorts",
    "Customers",
    "Fitted",
    "GammaGamma",
    "NoFit",
    "Result",
    "Retention",
    "Settings",
    "cohorts",
    "fit",
    "fit_spend",
    "study",
    "summarised",
]
