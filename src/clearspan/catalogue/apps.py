from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "clearspan.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from clearspan.catalogue import reactions, whose_events

        reactions.provide()
        whose_events.provide()
