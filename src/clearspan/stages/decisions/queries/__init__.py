"""Every read of decisions and plans that says more than one row."""

from clearspan.stages.decisions.queries.log import Calibration, Promise, calibration, decisions, promises
from clearspan.stages.decisions.queries.plans import PlanPage, Row, UseRow, plan
from clearspan.stages.decisions.queries.roadmap import AUDIENCES, Audience, Coming, coming

__all__ = [
    "AUDIENCES",
    "Audience",
    "Calibration",
    "Coming",
    "PlanPage",
    "Promise",
    "Row",
    "UseRow",
    "calibration",
    "coming",
    "decisions",
    "plan",
    "promises",
]
