from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "clearspan.catalogue"
    label = "catalogue"
