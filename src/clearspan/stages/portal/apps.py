from django.apps import AppConfig
class PortalConfig(AppConfig):
    name = "clearspan.stages.portal"
    label = "portal"
