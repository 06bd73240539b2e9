"""What can be brought in for in-life: the ledger."""

from clearspan.stages.inlife.imports import ledger

__all__ = ["ledger"]
