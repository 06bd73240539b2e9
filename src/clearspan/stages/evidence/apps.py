from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "clearspan.stages.evidence"
    label = "evidence"
