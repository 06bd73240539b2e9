"""Every write of this stage, a file for each noun. Importing them registers them."""

from clearspan.stages.inlife.actions.attributions import attribute_line, remove_attribution
from clearspan.stages.inlife.actions.kpis import add_kpi, change_kpi, record_kpi_reading, remove_kpi_reading
from clearspan.stages.inlife.actions.ledger import (
    add_ledger_line,
    change_ledger_entry,
    change_ledger_line,
    change_ledger_version,
    count_ledger_version,
    forecast_ledger,
    put_ledger_version_aside,
    record_ledger_entry,
    remove_ledger_entry,
    remove_ledger_line,
    remove_ledger_version,
)
from clearspan.stages.inlife.actions.proposals import (
    change_proposal,
    decline_proposal,
    make_campaign_of_proposal,
    make_option_of_proposal,
    propose,
    take_up_suggestion,
)

__all__ = [
    "add_kpi",
    "add_ledger_line",
    "attribute_line",
    "change_kpi",
    "change_ledger_entry",
    "change_ledger_line",
    "change_ledger_version",
    "change_proposal",
    "count_ledger_version",
    "decline_proposal",
    "forecast_ledger",
    "make_campaign_of_proposal",
    "make_option_of_proposal",
    "propose",
    "put_ledger_version_aside",
    "record_kpi_reading",
    "record_ledger_entry",
    "remove_attribution",
    "remove_kpi_reading",
    "remove_ledger_entry",
    "remove_ledger_line",
    "remove_ledger_version",
    "take_up_suggestion",
]
