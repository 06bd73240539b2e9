from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "clearspan.stages.launch"
    label = "launch"

    def ready(self) -> None:
        from clearspan.stages.launch import panels

        panels.provide()
