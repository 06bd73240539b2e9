"""Is a reading surprising, and does a series get worse? Wheeler's chart of individuals, and runs.

A reading is surprising when it lies further from the one before than 3.267 times the mean of such moves until then: the
upper limit of the chart of moving ranges (Shewhart 1931; Wheeler and Chambers 1992), which moves of a steady normal
series pass about once in a hundred. A trend, or a level that shifted, does not trip it again and again, as it would
limits about one mean. A series gets worse when it moved in the wrong direction three times running, which four
readings in no order at all do once in 24.
"""

from clearspan.engines.control.individuals import FEWEST, LIMIT, RUN, Surprise, gets_worse, surprise

__all__ = ["FEWEST", "LIMIT", "RUN", "Surprise", "gets_worse", "surprise"]
