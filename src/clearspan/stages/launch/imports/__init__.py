"""What can be brought in for launches: what came of campaigns."""

from clearspan.stages.launch.imports import campaign_results

__all__ = ["campaign_results"]
