"""What this stage leaves to the worker, by noun."""

from clearspan.stages.inlife.jobs.forecast import queue, study_ledger

__all__ = ["queue", "study_ledger"]
