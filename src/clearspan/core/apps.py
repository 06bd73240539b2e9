from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "clearspan.core"
    label = "core"

    def ready(self) -> None:
        from clearspan.core import tracking

        post_migrate.connect(tracking.install, dispatch_uid="clearspan.tracking")
