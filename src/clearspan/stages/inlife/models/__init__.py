"""What products earn: the chart of lines, versions of actual, budget and forecast, entries, and studies of them.

And what is done about it: KPIs, proposals, and what of a line is a decision's doing.
"""

from clearspan.stages.inlife.models.attributions import Attribution
from clearspan.stages.inlife.models.entries import LedgerEntry, LedgerSum
from clearspan.stages.inlife.models.forecasts import LedgerForecast
from clearspan.stages.inlife.models.kpis import KPI, KPIReading
from clearspan.stages.inlife.models.lines import LedgerLine
from clearspan.stages.inlife.models.proposals import Proposal, ProposalGround
from clearspan.stages.inlife.models.versions import LedgerVersion

__all__ = [
    "KPI",
    "Attribution",
    "KPIReading",
    "LedgerEntry",
    "LedgerForecast",
    "LedgerLine",
    "LedgerSum",
    "LedgerVersion",
    "Proposal",
    "ProposalGround",
]
