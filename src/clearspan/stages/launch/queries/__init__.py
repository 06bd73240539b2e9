"""Every read of this stage, a file for each noun."""

from clearspan.stages.launch.queries.dates import Build, Forecast, builds, forecasts
from clearspan.stages.launch.queries.launches import (
    OPEN,
    Judged,
    Listing,
    can_bring,
    decisions,
    documents,
    five_of,
    judged,
    launches,
    like,
    listing,
    newest_choice,
    reached,
    rows,
)
from clearspan.stages.launch.queries.readiness import (
    FunctionReadiness,
    Readiness,
    as_kept,
    of_launches,
    readiness,
    stands_in_its_way,
)
from clearspan.stages.launch.queries.waiting import (
    commitments_of,
    waiting_commitments,
    waiting_decisions,
    waiting_votes,
)

__all__ = [
    "OPEN",
    "Build",
    "Forecast",
    "FunctionReadiness",
    "Judged",
    "Listing",
    "Readiness",
    "as_kept",
    "builds",
    "can_bring",
    "commitments_of",
    "decisions",
    "documents",
    "five_of",
    "forecasts",
    "judged",
    "launches",
    "like",
    "listing",
    "newest_choice",
    "of_launches",
    "reached",
    "readiness",
    "rows",
    "stands_in_its_way",
    "waiting_commitments",
    "waiting_decisions",
    "waiting_votes",
]
