"""Can it be sold, delivered, operated and supported? Who promised what, what is ready, go or no-go, and promotion."""

from clearspan.stages.launch.models.campaigns import Campaign, CampaignResult
from clearspan.stages.launch.models.collateral import Collateral
from clearspan.stages.launch.models.launches import Commitment, Launch, LaunchMeasure, LaunchOption
from clearspan.stages.launch.models.meeting import GoDecision, GoVote
from clearspan.stages.launch.models.templates import Kind, LaunchTemplate, TemplateLine

__all__ = [
    "Campaign",
    "CampaignResult",
    "Collateral",
    "Commitment",
    "GoDecision",
    "GoVote",
    "Kind",
    "Launch",
    "LaunchMeasure",
    "LaunchOption",
    "LaunchTemplate",
    "TemplateLine",
]
