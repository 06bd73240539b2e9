from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "clearspan.stages.portal"
    label = "portal"

    def ready(self) -> None:
        from clearspan.catalogue.choosing import finders
        from clearspan.stages.portal import actions, imports, panels
        from clearspan.stages.portal.queries.moderation import like

        assert actions.send_idea.name  # importing the actions registers them
        assert imports.Ideas.name  # and so does this the import of ideas
        panels.provide()
        finders["idea"] = like
