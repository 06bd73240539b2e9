from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "clearspan.audiences"
    label = "audiences"
