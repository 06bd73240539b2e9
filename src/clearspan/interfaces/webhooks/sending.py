"""Sends what is due: side by side to different webhooks, one after the other to each. Who is slow waits alone.

A try that does not go well is made again, later each time, for three days. A webhook to which nothing came through for
as long is switched off, and its owner told.
"""

from __future__ import annotations

import random
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from clearspan.core import mail
from clearspan.core.actor import Actor
from clearspan.core.sealing import CannotOpen, unseal
from clearspan.interfaces.webhooks import posting, telling
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from clearspan.interfaces.webhooks.posting import Outcome

AGE = timedelta(days=3)  # after which a delivery, and a webhook that takes none, is given up
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between tries
KEPT = timedelta(days=30)  # of the log
BESIDE = 8  # webhooks that are sent to at a time
TURN = 20.0  # seconds, after which other work has its turn
GONE = 410


def send_due(turn: float = TURN) -> int:
    """Sends what is due until nothing is, or the turn is over; how many tries were made."""
    until, tries = time.monotonic() + turn, 0
    under_way: dict[Future[Outcome], Delivery] = {}
    with ThreadPoolExecutor(BESIDE) as threads:
        while True:
            if time.monotonic() < until:
                for delivery in due({one.webhook_id for one in under_way.values()}, BESIDE - len(under_way)):
                    if (sent := _begin(threads, delivery)) is not None:
                        under_way[sent] = delivery
            if not under_way:
                if time.monotonic() >= until or not due(set(), 1):
                    return tries
                continue
            over, _ = wait(under_way, timeout=0.2, return_when=FIRST_COMPLETED)
            for sent in over:
                settle(under_way.pop(sent), sent.result())
                tries += 1


def settle(delivery: Delivery, outcome: Outcome) -> None:
    """Writes down how a try went, and what follows."""
    now = timezone.now()
    delivery.tries += 1
    delivery.answered, delivery.milliseconds = outcome.status, outcome.milliseconds
    delivery.answer, delivery.words = outcome.answer, outcome.words
    if outcome.is_well:
        delivery.status, delivery.finished_at = Delivery.Status.SENT, now
        Webhook.objects.filter(pk=delivery.webhook_id).update(failing_since=None, failures=0, rests_until=None)
    else:
        delivery.next_at = now + pause(delivery.tries)
        if delivery.event is None or now - delivery.created_at > AGE:  # a test is tried once
            delivery.status, delivery.finished_at = Delivery.Status.FAILED, now
    delivery.save()
    if not outcome.is_well:
        _trouble(delivery, outcome)


def pause(tries: int) -> timedelta:
    """Before the next try: about a minute, then twice as long each time, up to six hours; never all at once."""
    return min(LONGEST, FIRST * 2 ** min(tries - 1, 12)) * random.uniform(0.8, 1.2)  # noqa: S311 no secret


def forget_old() -> int:
    """Forgets how deliveries went long ago; how many."""
    return int(Delivery.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()[0])


def due(busy: set[int], most: int) -> list[Delivery]:
    """The oldest delivery that is due of each webhook that is not busy."""
    now = timezone.now()
    hooks = Webhook.objects.filter(Q(rests_until=None) | Q(rests_until__lte=now), is_on=True).exclude(pk__in=busy)
    due = Delivery.objects.filter(status=Delivery.Status.WAITING, next_at__lte=now, webhook__in=hooks)
    firsts = due.order_by("webhook_id", "pk").distinct("webhook_id").values_list("pk", flat=True)[: max(0, most)]
    return list(
        Delivery.objects.filter(pk__in=list(firsts)).select_related("webhook__owner__function", "event__person")
    )


def _begin(threads: ThreadPoolExecutor, delivery: Delivery) -> Future[Outcome] | None:
    """Sends it beside; None: there is nothing in it that its owner may see, and it is forgotten."""
    hook = delivery.webhook
    if not Actor(hook.owner).is_admin:
        switch_off(hook, "whoever it belongs to may not change settings any more")
        return None
    content = telling.body(delivery)
    if content is None:
        delivery.delete()
        return None
    try:
        secret = unseal(hook.secret)
    except CannotOpen:
        switch_off(hook, "its secret was sealed with another secret key: make a new one")
        return None
    headers = telling.headers(hook, delivery, secret, int(time.time()), content)
    return threads.submit(posting.post, hook.address, headers, content)


def _trouble(delivery: Delivery, outcome: Outcome) -> None:
    """The webhook rests a while; one to which nothing came through for long, or that says it is gone, is switched off.

    A test that does not come through says nothing of what waits.
    """
    if delivery.event is None:
        return
    now, rows = timezone.now(), Webhook.objects.filter(pk=delivery.webhook_id)
    rows.filter(failing_since=None).update(failing_since=now)
    hook = rows.get()
    rest = min(timedelta(hours=1), timedelta(seconds=10) * 2 ** min(hook.failures, 12))
    rows.update(failures=F("failures") + 1, rests_until=now + rest)
    if outcome.status == GONE:
        switch_off(hook, "it answered that it is gone (410)")
    elif hook.failing_since is not None and now - hook.failing_since > AGE:
        switch_off(hook, f"nothing has come through for {AGE.days} days; the last time {outcome.words}")


def switch_off(hook: Webhook, why: str) -> None:
    """Nothing is sent any more; what waits is given up, and the owner told how to go on."""
    from clearspan.interfaces.webhooks.actions import switch_off_webhook  # an action, so that it is in the history

    switch_off_webhook(Actor.system(), webhook=hook, why=why[:300])
    if hook.owner is not None:
        mail.post(
            [hook.owner],
            f"The webhook “{hook}” was switched off",
            f"{hook.ref} to {hook.address} was switched off: {why}.\n\nSee what was tried under Settings, Webhooks. "
            "Switch it on again there; what was given up meanwhile can be sent again by hand.\n",
        )
