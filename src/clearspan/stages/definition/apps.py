from django.apps import AppConfig


class DefinitionConfig(AppConfig):
    name = "clearspan.stages.definition"
    label = "definition"

    def ready(self) -> None:
        from clearspan.stages.definition import panels, reactions  # noqa: F401 it registers itself

        panels.provide()
