"""Work items from files of trackers."""

from clearspan.stages.development.imports import items

__all__ = ["items"]
