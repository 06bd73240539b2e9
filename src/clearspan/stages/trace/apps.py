from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "clearspan.stages.trace"
    label = "trace"
