"""Webhooks on screen: made, shown with their secret once, tried, and read by machines without it."""

from __future__ import annotations

import pytest
from django.test import Client

from clearspan.interfaces.webhooks import sending
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from tests.interfaces.conftest import Token
from tests.interfaces.webhooks.conftest import Receiver
from tests.world import World


@pytest.fixture
def ines(world: World, client: Client) -> Client:
    client.force_login(world.ines.person)
    return client


def test_one_is_made_shown_once_tried_and_changed(world: World, ines: Client, receiver: Receiver) -> None:
    given = {"name": "our chat", "address": receiver.address, "groups": ["options"], "actions": "decide",
             "products": [world.tideline.pk]}  # fmt: skip
    first = ines.post("/settings/webhooks/new", given, follow=True).content.decode()
    hook = Webhook.objects.get()
    assert (hook.actions, hook.products, hook.owner) == (["decide", "options"], [world.tideline.pk],
                                                         world.ines.person)  # fmt: skip
    assert "whs_" in first
    assert "whs_" not in ines.get(f"/settings/webhooks/{hook.pk}").content.decode(), "shown this once"
    ines.post("/do/ping_webhook", {"webhook": hook.ref})
    sending.send_due()
    page = ines.get(f"/settings/webhooks/{hook.pk}").content.decode()
    assert "received (200)" in page
    assert "ping" in page
    ines.post(f"/settings/webhooks/{hook.pk}/change", given | {"name": "their chat", "groups": []})
    hook.refresh_from_db()
    assert (hook.name, hook.actions) == ("their chat", ["decide"])
    assert "whs_" in ines.post(f"/settings/webhooks/{hook.pk}/secret", follow=True).content.decode()


def test_what_cannot_be_used_stands_at_its_field(world: World, ines: Client) -> None:
    answer = ines.post("/settings/webhooks/new", {"name": "x", "address": "ftp://x", "actions": "no_such"})
    assert answer.status_code == 422
    assert "There is no action and no group no_such" in answer.content.decode() or "https://" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_for_others_than_admins_there_are_none(world: World, client: Client, token: Token) -> None:
    hook = Webhook.objects.create(
        owner=world.ines.person, name="our chat", address="https://example.org", secret="s3", is_on=False
    )
    Delivery.objects.create(webhook=hook, status="sent")
    for who in (world.sol, world.cora):
        client.force_login(who.person)
        for address in ("/settings/webhooks", "/settings/webhooks/new", f"/settings/webhooks/{hook.pk}"):
            assert client.get(address).status_code == 404
    for who, many in ((world.sol, 0), (world.ines, 1)):
        bearer = {"Authorization": f"Bearer {token(who)}"}
        for read in ("webhooks", "deliveries"):
            answer = Client().get(f"/api/{read}", headers=bearer).json()
            assert len(answer["rows"]) == many
            assert "s3" not in str(answer)
