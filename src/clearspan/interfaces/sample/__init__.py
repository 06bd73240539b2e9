"""The sample company, Marrowby: three products, six segments, two years of evidence, and the truth behind it.

Everything is invented and drawn from a seed: the same seed and the same day give the same rows. How it is made:
docs/development/sample-company.md.
"""

from clearspan.interfaces.sample.truth import TrueNeed, truth

__all__ = ["TrueNeed", "truth"]
