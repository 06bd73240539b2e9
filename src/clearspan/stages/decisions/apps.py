from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "clearspan.stages.decisions"
    label = "decisions"
