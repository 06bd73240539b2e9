from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    name = "clearspan.interfaces"
    label = "interfaces"

    def ready(self) -> None:
        from clearspan.interfaces import connectors

        connectors.register()
