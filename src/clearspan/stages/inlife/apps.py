from django.apps import AppConfig


class InLifeConfig(AppConfig):
    name = "clearspan.stages.inlife"
    label = "inlife"

    def ready(self) -> None:
        from clearspan.catalogue import defaults
        from clearspan.stages.inlife import panels, reactions  # noqa: F401 reactions register themselves
        from clearspan.stages.inlife.defaults import ensure

        panels.provide()
        defaults.also(ensure)
