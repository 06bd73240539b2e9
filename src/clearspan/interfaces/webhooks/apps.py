from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "clearspan.interfaces.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from clearspan.core.actions import hear
        from clearspan.interfaces.webhooks import outbox

        hear(outbox.queue)
