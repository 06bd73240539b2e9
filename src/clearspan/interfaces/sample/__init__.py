"""The sample company, Marrowby: three products, six segments, two years of evidence, and the truth behind it.

Everything is invented and drawn from a seed: the same seed and the same day give the same rows. How it is made:
docs/development/sample-company.md. `truth` needs no database and no Django; `build` and `report` do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clearspan.interfaces.sample.truth import TrueNeed, truth

__all__ = ["AnotherCompany", "TrueNeed", "build", "report", "truth"]


class AnotherCompany(Exception):  # noqa: N818 an answer, not an error
    """The database holds a company that is not the sample. The message says what to do."""


def build(today: date, seed: int = 1, say: Callable[[str], object] = lambda words: None) -> bool:
    """Builds the sample company in an empty database; see `building.build`. Raises AnotherCompany."""
    from clearspan.interfaces.sample import building

    return building.build(today, seed, say)


def report() -> str:
    """The line of each product in words; see `reporting.report`."""
    from clearspan.interfaces.sample import reporting

    return reporting.report()
