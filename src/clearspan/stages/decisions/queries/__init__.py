"""Every read of decisions and plans that says more than one row."""

from clearspan.stages.decisions.queries.log import (
    Calibration,
    Came,
    Log,
    Promise,
    calibration,
    decisions,
    listing,
    newest_outcomes,
    promises,
    unanswered,
)
from clearspan.stages.decisions.queries.plans import PlanPage, Row, UseRow, newest_plan, plan
from clearspan.stages.decisions.queries.promised import Five, begins, five_of, promised_by
from clearspan.stages.decisions.queries.published import Published, published, say
from clearspan.stages.decisions.queries.roadmap import Coming, coming

__all__ = [
    "Calibration",
    "Came",
    "Coming",
    "Five",
    "Log",
    "PlanPage",
    "Promise",
    "Published",
    "Row",
    "UseRow",
    "begins",
    "calibration",
    "coming",
    "decisions",
    "five_of",
    "listing",
    "newest_outcomes",
    "newest_plan",
    "plan",
    "promised_by",
    "promises",
    "published",
    "say",
    "unanswered",
]
