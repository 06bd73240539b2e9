"""What this stage leaves to the worker, by noun."""

from clearspan.stages.inlife.jobs.forecast import queue, refresh, refresh_soon, study_ledger

__all__ = ["queue", "refresh", "refresh_soon", "study_ledger"]
