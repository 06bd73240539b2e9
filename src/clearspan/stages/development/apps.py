from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "clearspan.stages.development"
    label = "development"

    def ready(self) -> None:
        from clearspan.stages.development import panels

        panels.provide()
