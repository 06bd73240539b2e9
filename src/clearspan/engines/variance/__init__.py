"""What made the difference? Price, volume, mix and cost. Method and sources: docs/methods/variance.md."""

from clearspan.engines.variance.bridge import Bridge, Cell, Effect, Step, bridge

__all__ = ["Bridge", "Cell", "Effect", "Step", "bridge"]
