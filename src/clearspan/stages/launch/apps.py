from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "clearspan.stages.launch"
    label = "launch"

    def ready(self) -> None:
        from clearspan.catalogue import defaults
        from clearspan.stages.launch import panels
        from clearspan.stages.launch.defaults import ensure

        panels.provide()
        defaults.also(ensure)
