from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "clearspan.stages.evidence"
    label = "evidence"

    def ready(self) -> None:
        from clearspan.stages.evidence import panels

        panels.register()
