from clearspan.stages.portal.models.changelog import ChangelogEntry
from clearspan.stages.portal.models.ideas import Idea, IdeaComment, IdeaMeaning, IdeaVote
from clearspan.stages.portal.models.limits import Limit
from clearspan.stages.portal.models.portals import Portal
from clearspan.stages.portal.models.telling import Telling, Told
from clearspan.stages.portal.models.visitors import Subscription, Visitor

__all__ = [
    "ChangelogEntry", "Idea", "IdeaComment", "IdeaMeaning", "IdeaVote", "Limit", "Portal", "Subscription", "Telling",
    "Told", "Visitor",
]  # fmt: skip
