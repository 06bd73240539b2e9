from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "clearspan.stages.opportunities"
    label = "opportunities"

    def ready(self) -> None:
        from clearspan.catalogue.choosing import finders
        from clearspan.stages.opportunities import actions, market_panels, panels, queries

        assert actions.link_evidence.name  # importing the actions registers them
        panels.register()
        market_panels.register()
        finders["parent"] = finders["need"] = queries.like
