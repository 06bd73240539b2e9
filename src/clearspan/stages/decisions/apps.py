from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "clearspan.stages.decisions"
    label = "decisions"

    def ready(self) -> None:
        from clearspan.stages.decisions import panels

        panels.provide()
