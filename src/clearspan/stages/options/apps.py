from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "clearspan.stages.options"
    label = "options"

    def ready(self) -> None:
        from clearspan.catalogue.choosing import finders
        from clearspan.stages.options import panels, queries

        panels.provide()
        finders["option"] = queries.like
