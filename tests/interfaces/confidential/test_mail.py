"""No letter tells anything of a confidential product to who has no right to it, whoever is asked to write it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

import clearspan
from clearspan.catalogue.models import Product
from clearspan.core.actions import registry
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.briefs import jobs
from clearspan.stages.briefs.models import Digest
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.portal.models import ChangelogEntry, Idea, Subscription, Telling, Visitor
from tests.interfaces.confidential.planted import EMPLOYEES, GUESTS, SECRET, Rows, given_to
from tests.world import World

MONDAY = date(2026, 6, 1)
# Who writes letters. What is done by an action is done below; the clock's are asked for by name.
WRITERS = {
    "stages/development/actions/notes.py", "stages/briefs/actions/writing.py", "stages/portal/letters.py",
    "stages/briefs/jobs/__init__.py",  # digests
    "interfaces/webhooks/sending.py",  # to a webhook's owner: that it was switched off
    "interfaces/archive/backups.py",  # to administrators: that there was no backup
}  # fmt: skip


def test_every_writer_of_letters_is_known() -> None:
    root = Path(clearspan.__file__).parent
    writes = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py")
        if "core.mail import" in (said := path.read_text()) or "core import mail" in said
    }  # fmt: skip
    assert writes - {"core/mail.py"} == WRITERS


@pytest.mark.parametrize(("who", "is_public"), [("another", True), ("cora", False)])
def test_nothing_its_manager_does_writes_to_who_may_not_know(
    world: World, rows: Rows, who: str, is_public: bool
) -> None:
    """All that its manager can do, done for a person without a right to it, and with a portal that was once open."""
    _once_open(rows, is_public)
    told = [
        f"{name} to {letter['to']}" for name, letter in _written(world, rows, who)
        if SECRET in str(letter) and not _may_know(letter["to"], world.umbra)
    ]  # fmt: skip
    assert not told, " ".join(told)


def test_the_same_writes_to_them_where_nothing_is_confidential(world: World, rows: Rows) -> None:
    """Else the test above would hold of nothing."""
    wrote = set()
    Product.objects.filter(pk=world.umbra.pk).update(is_confidential=False)
    for is_public in (True, False):
        _once_open(rows, is_public)
        wrote |= {name for name, _ in _written(world, rows, "devi")}
    assert wrote >= {
        "send_brief", "send_drift_note", "publish_entry", "publish_idea", "decline_idea", "answer_idea",
        "tell_those_who_asked",
    }, wrote  # fmt: skip


def test_no_digest_is_sent_to_who_may_not_know(world: World, rows: Rows) -> None:
    for who in (*EMPLOYEES, *GUESTS, "leda"):
        digest = Digest.objects.create(person=getattr(world, who).person, product=world.umbra, every="day")
        jobs.send(digest.pk, MONDAY)
    assert {letter["to"] for letter in _letters()} == {"leda@example.org"}
    assert all(SECRET in str(letter) for letter in _letters())


def _written(world: World, rows: Rows, who: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(action, letter) of every action its manager can do, each done and taken back again."""
    person = getattr(world, who).person
    for name, action in sorted(registry.items()):
        with transaction.atomic():
            with suppress(Exception):  # not all can be done with such words
                action(world.ines, **given_to(name, rows, person=person))
            yield from ((name, letter) for letter in _letters())
            transaction.set_rollback(True)


def _once_open(rows: Rows, is_public: bool) -> None:
    """Somebody asked for news of it and for an idea before it became confidential."""
    visitor, product = rows[Visitor], rows[Product]
    Subscription.objects.get_or_create(
        product=product, visitor=visitor, idea=None, defaults={"confirmed_at": visitor.confirmed_at}
    )
    ChangelogEntry.objects.filter(pk=rows[ChangelogEntry].pk).update(published_at=None, mailed_at=None)
    Idea.objects.filter(pk=rows[Idea].pk).update(state="public" if is_public else "waiting")
    Telling.objects.all().delete()
    Mention.objects.get_or_create(opportunity=rows[Opportunity], feedback=rows[Idea].feedback, defaults={"quote": "x"})


def _may_know(address: str, product: Product) -> bool:
    person = User.objects.filter(email=address).first()
    return person is not None and Product.objects.visible_to(Actor(person)).filter(pk=product.pk).exists()


def _letters() -> list[dict[str, Any]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail").order_by("pk")]
