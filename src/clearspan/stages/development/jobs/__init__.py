"""What this stage leaves to the worker, by noun."""

from clearspan.stages.development.jobs.delivery import study_delivery
from clearspan.stages.development.jobs.pulls import pull
from clearspan.stages.development.jobs.reasons import learn, learn_soon

__all__ = ["learn", "learn_soon", "pull", "study_delivery"]
