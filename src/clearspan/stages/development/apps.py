from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "clearspan.stages.development"
    label = "development"
