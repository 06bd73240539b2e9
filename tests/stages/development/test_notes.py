"""Notes that bring work back on track."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.actions import Invalid, Refused
from clearspan.core.mail import deliver
from clearspan.stages.development.actions import read_drift_note, send_drift_note
from clearspan.stages.development.models import DriftNote, WorkItem
from tests.world import World


def send(world: World, **given: object) -> DriftNote:
    asked = {"product": world.tideline, "title": "Back to the map", "text": "Half of it has no reason."} | given
    return send_drift_note(world.ines, **({"to": [world.devi.person]} | asked))


def test_a_note_is_read_by_those_it_was_sent_to(world: World) -> None:
    note = send(world)
    read_drift_note(world.devi, note=note)
    assert note.readers.get().read_at is not None


def test_nobody_else_can_say_that_they_have_read_it(world: World) -> None:
    with pytest.raises(Refused):
        read_drift_note(world.otto, note=send(world))


def test_a_letter_goes_to_each_by_mail_with_the_way_to_the_note(world: World) -> None:
    note = send(world, to=[world.devi.person, world.otto.person])
    jobs = list(ProcrastinateJob.objects.filter(task_name="core.mail").values_list("args", flat=True))
    assert {job["to"] for job in jobs} == {"devi@example.org", "otto@example.org"}
    deliver(**jobs[0])
    (letter,) = mail.outbox
    assert letter.subject == "Tideline: Back to the map"
    assert letter.body.strip().endswith(f"/tideline/development/drift/{note.pk}")


def test_a_note_that_cannot_reach_everybody_reaches_nobody(world: World) -> None:
    with pytest.raises(Invalid, match="may not see Umbra"):
        send(world, product=world.umbra)
    assert not DriftNote.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="core.mail").exists()


def test_a_customer_is_never_written_to(world: World) -> None:
    with pytest.raises(Invalid, match="may not see Tideline"):
        send(world, to=[world.cora.person])


def test_only_who_manages_the_product_sends_one(world: World) -> None:
    with pytest.raises(Refused):
        send_drift_note(world.devi, product=world.tideline, title="x", text="y", to=[world.ines.person])


def test_the_draft_goes_to_who_has_work_without_a_reason(world: World, client: Client) -> None:
    WorkItem.objects.create(
        product=world.tideline, title="A darker blue", assignee="Devi Rao", state="doing", added_on=date(2020, 1, 1)
    )
    client.force_login(world.ines.person)
    page = client.get(reverse("write_note", args=["tideline"]))
    form = page.context["form"]
    assert form.initial["to"] == [world.devi.person.ref]
    assert "A darker blue" in form.initial["text"]


def test_sending_from_the_screen_leads_to_the_note(world: World, client: Client) -> None:
    client.force_login(world.ines.person)
    sent = {"title": "Back", "text": "To **the map**.", "to": [world.devi.person.ref]}
    answer = client.post(reverse("write_note", args=["tideline"]), sent, follow=True)
    assert b"<strong>the map</strong>" in answer.content
    assert b"not read yet" in answer.content
