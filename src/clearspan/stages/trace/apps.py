from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "clearspan.stages.trace"
    label = "trace"

    def ready(self) -> None:
        from clearspan.core import panels
        from clearspan.stages.trace.strip import strip_of

        panels.provide("trace", strip_of)
