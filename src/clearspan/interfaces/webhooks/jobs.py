"""The worker sends what is due: soon after each event, and every minute what is tried again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from clearspan.core.jobs import RETRY
from clearspan.interfaces.webhooks import sending


@app.task(name="webhooks.send", retry=RETRY)
def send() -> None:
    """Sends what is due. One at a time: the second finds nothing left to do."""
    sending.send_due()


def send_soon() -> None:
    """Queues it, in the transaction that runs."""
    send.configure(lock="webhooks").defer()


def send_again() -> None:
    """Queues it when something is due. Asked every minute."""
    if sending.due(set(), 1):
        send_soon()
