from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "clearspan.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from clearspan.catalogue import reactions

        reactions.provide()
