"""What is to be told, put beside the event in its own transaction: neither is there without the other."""

from __future__ import annotations

from clearspan.core.actions import registry
from clearspan.core.models import Event
from clearspan.interfaces.webhooks.models import Delivery, Webhook


def queue(event: Event) -> None:
    """A delivery of the event for every webhook that wants such actions."""
    action = registry[event.action]
    if action.function.__module__.startswith(__package__):
        return  # of webhooks themselves: trying one would tell that it was tried
    wanted = [hook for hook in Webhook.objects.filter(is_on=True) if hook.wants(event, action.stage)]
    if not wanted:
        return
    from clearspan.interfaces.webhooks.jobs import send_soon  # jobs know actions, which know this

    Delivery.objects.bulk_create(Delivery(webhook=hook, event=event) for hook in wanted)
    send_soon()
