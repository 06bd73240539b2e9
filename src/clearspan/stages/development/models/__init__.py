"""Are we on track, and on the right things? What is being worked on, by whom, why, and when it will be done."""

from clearspan.stages.development.models.items import Team, WorkItem
from clearspan.stages.development.models.links import ReasonIndex, RefusedLink
from clearspan.stages.development.models.notes import DriftNote, NoteReader
from clearspan.stages.development.models.studies import DeliveryStudy
from clearspan.stages.development.models.supply import Milestone, Quote
from clearspan.stages.development.models.trackers import Pull, Tracker

__all__ = [
    "DeliveryStudy",
    "DriftNote",
    "Milestone",
    "NoteReader",
    "Pull",
    "Quote",
    "ReasonIndex",
    "RefusedLink",
    "Team",
    "Tracker",
    "WorkItem",
]
