"""Every read of decisions and plans that says more than one row."""

from clearspan.stages.decisions.queries.log import Calibration, Promise, calibration, decisions, promises
from clearspan.stages.decisions.queries.plans import PlanPage, Row, UseRow, plan
from clearspan.stages.decisions.queries.published import Published, published, say
from clearspan.stages.decisions.queries.roadmap import Coming, coming

__all__ = [
    "Calibration",
    "Coming",
    "PlanPage",
    "Promise",
    "Published",
    "Row",
    "UseRow",
    "calibration",
    "coming",
    "decisions",
    "plan",
    "promises",
    "published",
    "say",
]
