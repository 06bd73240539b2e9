from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "clearspan.interfaces.archive"
    label = "archive"
