from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "clearspan.stages.launch"
    label = "launch"
