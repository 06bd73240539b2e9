"""The rows that every part of Clearspan shares."""

from clearspan.core.models.company import Company
from clearspan.core.models.conversation import Comment
from clearspan.core.models.events import Change, Event
from clearspan.core.models.imports import Import, ImportProgress, Source
from clearspan.core.models.people import Function, Invitation, Token, User
from clearspan.core.models.studies import Blob, StudyRecord

__all__ = [
    "Blob",
    "Change",
    "Comment",
    "Company",
    "Event",
    "Function",
    "Import",
    "ImportProgress",
    "Invitation",
    "Source",
    "StudyRecord",
    "Token",
    "User",
]
