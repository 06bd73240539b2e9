"""What products earn: the chart of lines, versions of actual, budget and forecast, entries, and studies of them."""

from clearspan.stages.inlife.models.entries import LedgerEntry, LedgerSum
from clearspan.stages.inlife.models.forecasts import LedgerForecast
from clearspan.stages.inlife.models.lines import LedgerLine
from clearspan.stages.inlife.models.versions import LedgerVersion

__all__ = ["LedgerEntry", "LedgerForecast", "LedgerLine", "LedgerSum", "LedgerVersion"]
