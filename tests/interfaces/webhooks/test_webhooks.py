"""What is done is told: signed, once by its number, tried again, logged, and never more than its owner may see."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from clearspan.catalogue.models import ProductRole
from clearspan.core import mail as letters
from clearspan.core.actions import Invalid, Refused, registry
from clearspan.core.models import Change, Event
from clearspan.core.undo import undo
from clearspan.interfaces.webhooks import posting, sending
from clearspan.interfaces.webhooks.actions import (
    change_webhook,
    create_webhook,
    ping_webhook,
    remove_webhook,
    renew_webhook_secret,
    resend_delivery,
    switch_off_webhook,
    switch_on_webhook,
)  # fmt: skip
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from tests.interfaces.webhooks.conftest import Hook, Receiver
from tests.world import World

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "webhooks.md"


def told(receiver: Receiver) -> list[dict[str, object]]:
    return [json.loads(content) for _, content in receiver.got]


def create(world: World, title: str, product: object = None) -> object:
    return registry["create_opportunity"](world.ines, product=product or world.tideline, title=title)


def later(**by: float) -> None:
    """Lets time pass for what waits."""
    ago = timedelta(**by)
    for one in Delivery.objects.all():
        Delivery.objects.filter(pk=one.pk).update(next_at=one.next_at - ago, created_at=one.created_at - ago)
    for one in Webhook.objects.all():
        rests, failing = (moment and moment - ago for moment in (one.rests_until, one.failing_since))
        Webhook.objects.filter(pk=one.pk).update(rests_until=rests, failing_since=failing)


def test_what_is_done_is_told_with_the_rows_it_is_about(world: World, hook: Hook, receiver: Receiver) -> None:
    made = hook(world.ines, actions=["opportunities"])
    create(world, "Know who lies where")
    assert ProcrastinateJob.objects.filter(task_name="webhooks.send", lock="webhooks").exists()
    assert sending.send_due() == 1
    (said,) = told(receiver)
    assert (said["action"], said["by"], said["through"]) == ("create_opportunity", "Ines Maddox", "screen")
    assert "Know who lies where" in {row.get("title") for row in said["rows"]}
    assert [one["key"] for one in said["products"]] == ["tideline"]
    log = Delivery.objects.get()
    assert (log.status, log.answered, log.answer, log.tries, said["id"]) == ("sent", 200, "ok", 1, log.ref)
    assert made.told not in str(receiver.got)


def test_the_snippet_of_the_documents_knows_a_delivery_from_a_forgery(
    world: World, hook: Hook, receiver: Receiver
) -> None:
    made = hook(world.ines)
    ping_webhook(world.ines, webhook=made)
    sending.send_due()
    headers, content = receiver.got[0]
    space: dict[str, Callable[..., bool]] = {}
    exec(re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1], space)  # noqa: S102 ours
    given = headers["Clearspan-Signature"]
    assert space["is_from_clearspan"](made.told, given, content)
    assert not space["is_from_clearspan"](made.told, given, content + b" ")
    assert not space["is_from_clearspan"]("another secret", given, content)
    old = re.sub(r"t=\d+", "t=1600000000", given)
    assert not space["is_from_clearspan"](made.told, old, content)


def test_an_event_and_what_tells_of_it_are_there_together_or_not_at_all(world: World, hook: Hook) -> None:
    hook(world.ines, actions=["create_opportunity"])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        create(world, "Never mind")
        assert Delivery.objects.count() == 1
        raise ZeroDivisionError
    assert not Delivery.objects.exists()


def test_it_is_told_only_what_it_asked_for(world: World, hook: Hook, receiver: Receiver) -> None:
    hook(world.ines, actions=["create_opportunity"], products=[world.umbra])
    create(world, "Of Tideline")
    registry["create_option"](world.ines, product=world.umbra, title="An option")
    create(world, "Of Umbra", world.umbra)
    sending.send_due()
    assert [said["summary"] for said in told(receiver)] == [Event.objects.first().summary]
    assert Delivery.objects.count() == 1, "what it did not ask for is not in its log"


def test_what_its_owner_may_not_see_any_more_is_not_told(world: World, hook: Hook, receiver: Receiver) -> None:
    hook(world.ines)
    create(world, "Hush", world.umbra)
    ProductRole.objects.filter(product=world.umbra).delete()  # looked at when it is sent, not when it happened
    sending.send_due()
    assert receiver.got == [] or "Hush" not in str(receiver.got)
    assert not Delivery.objects.filter(event__action="create_opportunity").exists()


def test_who_may_not_change_settings_any_more_is_told_nothing(world: World, hook: Hook, receiver: Receiver) -> None:
    made = hook(world.ines)
    create(world, "Hush")
    world.ines.person.is_admin = False
    world.ines.person.save()
    sending.send_due()
    made.refresh_from_db()
    assert (receiver.got, made.is_on) == ([], False)


def test_what_fails_is_tried_again_later_each_time_and_comes_once_by_its_number(
    world: World, hook: Hook, receiver: Receiver
) -> None:
    hook(world.ines, actions=["create_opportunity"])
    receiver.answer(500, 503, 200, body=b"sorry\x00")
    create(world, "Try, try again")
    sending.send_due()
    log = Delivery.objects.get()
    assert (log.status, log.answered, log.words, log.answer) == ("waiting", 500, "it answered 500", "sorry ")
    assert sending.send_due() == 0, "not at once"
    later(minutes=2)
    assert sending.send_due() == 1
    later(minutes=1)
    assert sending.send_due() == 0, "the second wait is longer"
    later(minutes=10)
    assert sending.send_due() == 1
    assert Delivery.objects.get().status == "sent"
    assert len({said["id"] for said in told(receiver)}) == 1
    assert Webhook.objects.get().failing_since is None


def test_waits_grow_to_six_hours_and_are_never_all_the_same() -> None:
    waits = [sending.pause(tries) / timedelta(minutes=1) for tries in range(1, 40)]
    assert 0.8 <= waits[0] <= 1.2
    assert max(waits) <= 6 * 60 * 1.2
    assert len({sending.pause(9) for _ in range(10)}) > 1


def test_one_that_is_dead_for_three_days_is_switched_off_and_its_owner_told(
    world: World, hook: Hook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(letters, "post", lambda to, subject, text: sent.extend(person.email for person in to))
    made = hook(world.ines, actions=["create_opportunity"])
    receiver.answer(500)
    create(world, "First")
    sending.send_due()
    later(days=2)
    sending.send_due()
    made.refresh_from_db()
    assert made.is_on
    create(world, "Second")
    later(days=1.5)
    sending.send_due()
    made.refresh_from_db()
    assert (made.is_on, sent) == (False, ["ines@example.org"])
    assert "3 days" in made.words
    assert set(Delivery.objects.values_list("status", flat=True)) == {"failed"}
    assert Event.objects.filter(action="switch_off_webhook", person=None).exists()
    create(world, "Third")
    assert Delivery.objects.count() == 2
    receiver.answer(200)
    with pytest.raises(Invalid, match="switched off"):
        resend_delivery(world.ines, delivery=Delivery.objects.first())
    switch_on_webhook(world.ines, webhook=made)
    resend_delivery(world.ines, delivery=Delivery.objects.first())
    sending.send_due()
    assert Delivery.objects.first().status == "sent"


def test_one_that_says_it_is_gone_is_switched_off_at_once(world: World, hook: Hook, receiver: Receiver) -> None:
    made = hook(world.ines, actions=["create_opportunity"])
    receiver.answer(410)
    create(world, "Gone")
    sending.send_due()
    made.refresh_from_db()
    assert not made.is_on


def test_a_slow_receiver_holds_up_nobody_else_and_is_cut_off(
    world: World, hook: Hook, receivers: Callable[[], Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "WHOLE", 1.0)
    slow, quick = receivers(), receivers()
    slow.answer(200, after=3)
    hook(world.ines, slow.address, actions=["create_opportunity"])
    hook(world.ines, quick.address, actions=["create_opportunity"])
    for number in range(5):
        create(world, f"Number {number}")
    began = time.monotonic()
    sending.send_due()
    assert time.monotonic() - began < 2.5
    assert (len(slow.got), len(quick.got)) == (1, 5), "it rests after a failure; the others went on meanwhile"
    assert Delivery.objects.get(tries=1, status="waiting").words == "it did not answer in time"


def test_a_redirect_is_not_followed(world: World, hook: Hook, receivers: Callable[[], Receiver]) -> None:
    leads, elsewhere = receivers(), receivers()
    leads.answer(302, headers={"Location": elsewhere.address})
    hook(world.ines, leads.address, actions=["create_opportunity"])
    create(world, "Not elsewhere")
    sending.send_due()
    assert elsewhere.got == []
    assert "not followed" in Delivery.objects.get().words


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/x", "inside a private network"),
        ("http://169.254.169.254/latest", "no place to go to"),
        ("http://10.1.2.3/x", "CLEARSPAN_WEBHOOK_NETWORKS=10.1.2.3"),
        ("http://[::1]/x", "inside a private network"),
        ("http://93.184.215.14/x", "Use https"),
    ],
)
def test_it_is_not_sent_into_the_machines_own_neighbourhood_nor_openly(
    settings: Settings, address: str, why: str
) -> None:
    settings.WEBHOOK_NETWORKS = ()
    outcome = posting.post(address, {}, b"{}")
    assert (outcome.is_well, outcome.status) == (False, None)
    assert why in outcome.words


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(settings: Settings, tmp_path: Path) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1"),)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = timedelta(days=1)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(datetime.now(UTC) - day).not_valid_after(datetime.now(UTC) + day).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "both.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            taken, _ = server.accept()
            with taken, pytest.raises(OSError):
                context.wrap_socket(taken, server_side=True)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        outcome = posting.post(f"https://127.0.0.1:{server.getsockname()[1]}/", {}, b"{}")
        thread.join(5)
    assert "certificate cannot be trusted" in outcome.words


def test_a_long_answer_is_not_read_to_its_end(world: World, hook: Hook, receiver: Receiver) -> None:
    receiver.answer(200, body=b"x" * 5_000_000)
    ping_webhook(world.ines, webhook=hook(world.ines))
    sending.send_due()
    assert len(Delivery.objects.get().answer) <= posting.READ


def test_an_undo_tells_of_what_it_undid_and_takes_no_delivery_back(
    world: World, hook: Hook, receiver: Receiver
) -> None:
    hook(world.ines)
    create(world, "For a moment")
    event = Event.objects.first()
    sending.send_due()
    undo(world.ines, event=event)
    sending.send_due()
    assert told(receiver)[-1]["action"] == "undo"
    assert not Change.objects.filter(table="webhooks_delivery").exists()
    assert Delivery.objects.filter(event=event, status="sent").exists()


def test_only_admins_have_webhooks_and_who_changes_one_owns_it(world: World, hook: Hook) -> None:
    made = hook(world.ines)
    for who in (world.sol, world.cora, world.kit):
        assert not Webhook.objects.visible_to(who).exists()
        with pytest.raises(Refused):
            create_webhook(who, name="mine", address="https://example.org/")
    world.leda.person.is_admin = True
    change_webhook(world.leda, webhook=made, name="mine now", address="https://example.org/x?key=1")
    made.refresh_from_db()
    assert (made.owner, made.address) == (world.leda.person, "https://example.org/x?key=1")
    before = made.secret
    renewed = renew_webhook_secret(world.leda, webhook=made)
    assert renewed["webhook"].secret != before
    assert renewed["secret"] not in str(list(Event.objects.values())) + str(list(Change.objects.values()))
    switch_off_webhook(world.leda, webhook=made)
    remove_webhook(world.leda, webhook=made)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"address": "ftp://example.org"}, "address"),
        ({"address": "https://name:word@example.org"}, "address"),
        ({"actions": ["no_such_action"]}, "actions"),
    ],
)
def test_what_cannot_be_used_is_said_where_it_is(world: World, given: dict[str, object], at: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_webhook(world.ines, **{"name": "x", "address": "https://example.org", **given})
    assert set(refused.value.faults) == {at}


def test_the_log_is_forgotten_after_a_month(world: World, hook: Hook) -> None:
    made = hook(world.ines)
    Delivery.objects.create(webhook=made, status="sent", finished_at=timezone.now() - timedelta(days=31))
    Delivery.objects.create(webhook=made, status="sent", finished_at=timezone.now())
    assert sending.forget_old() == 1
