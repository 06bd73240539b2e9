from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "clearspan.stages.options"
    label = "options"
