from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "clearspan.stages.opportunities"
    label = "opportunities"
