from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "clearspan.stages.launch"
    label = "launch"

    def ready(self) -> None:
        from clearspan.catalogue import defaults
        from clearspan.catalogue.choosing import finders
        from clearspan.stages.launch import panels, queries
        from clearspan.stages.launch.defaults import ensure

        panels.provide()
        finders["launch"] = queries.like
        defaults.also(ensure)
