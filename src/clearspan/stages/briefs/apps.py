from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "clearspan.stages.briefs"
    label = "briefs"
