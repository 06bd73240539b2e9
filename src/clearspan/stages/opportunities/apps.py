from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "clearspan.stages.opportunities"
    label = "opportunities"

    def ready(self) -> None:
        from clearspan.stages.opportunities import actions, panels

        assert actions.link_evidence.name  # importing the actions registers them
        panels.register()
