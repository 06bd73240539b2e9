"""What can be brought in for in-life: the ledger, and readings of KPIs."""

from clearspan.stages.inlife.imports import kpi_readings, ledger

__all__ = ["kpi_readings", "ledger"]
