from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    name = "clearspan.interfaces"
    label = "interfaces"
