from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "clearspan.stages.options"
    label = "options"

    def ready(self) -> None:
        from clearspan.stages.options import panels

        panels.provide()
