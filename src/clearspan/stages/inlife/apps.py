from django.apps import AppConfig


class InLifeConfig(AppConfig):
    name = "clearspan.stages.inlife"
    label = "inlife"

    def ready(self) -> None:
        from clearspan.stages.inlife import panels

        panels.provide()
