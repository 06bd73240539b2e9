from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "clearspan.ui"
    label = "ui"
    verbose_name = "Design system"
