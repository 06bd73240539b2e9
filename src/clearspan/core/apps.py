from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "clearspan.core"
    label = "core"

    def ready(self) -> None:
        from clearspan.core import columns, comments, keys, moments, people, second_factor, tracking, undo  # noqa: F401 actions register themselves
        from clearspan.core.imports import actions  # noqa: F401 the same

        # Every part's actions, so that each interface knows them all.
        autodiscover_modules("actions")
        autodiscover_modules("imports")  # and every part's kinds of import
        moments.read_fast()
        columns.compare_fast()
        keys.ask_by_many()
        post_migrate.connect(tracking.install, dispatch_uid="clearspan.tracking")
