from django.apps import AppConfig


class DefinitionConfig(AppConfig):
    name = "clearspan.stages.definition"
    label = "definition"
