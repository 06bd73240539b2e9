from importlib import import_module

from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "clearspan.audiences"
    label = "audiences"

    def ready(self) -> None:
        import_module("clearspan.audiences.people.notes")  # listens to allauth
