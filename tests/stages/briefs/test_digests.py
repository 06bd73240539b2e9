"""What has changed, by mail: only what one may see, only when something did, once, and ended without signing in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.catalogue.models import ProductRole
from clearspan.core.actions import NotThere, find
from clearspan.core.mail import deliver
from clearspan.stages.briefs import digests, jobs
from clearspan.stages.briefs.actions import choose_digest, stop_digest
from clearspan.stages.briefs.models import Digest
from clearspan.stages.decisions.models import Decision
from clearspan.stages.options.models import Option
from tests.world import PASSWORD, World

MONDAY = date(2026, 11, 30)


@pytest.fixture
def berths(world: World) -> Option:
    return _chosen(world, "Berth map")


def _chosen(world: World, title: str, **fields: Any) -> Option:
    option = Option.objects.create(product=fields.pop("product", world.tideline), title=title, state="chosen")
    Decision.objects.create(
        product=option.product, kind="choose", option=option, title=f"Chosen: {title}", reasons="It earns.",
        decided_on=timezone.localdate(), starts=timezone.localdate() + timedelta(days=100),
        expected={"npv": {"mean": 654_321.0, "p05": 0.0, "p25": 1.0, "p75": 2.0, "p95": 3.0}},
    )  # fmt: skip
    return option


def _asked(world: World, who: str = "devi", every: str = "day") -> Digest:
    made: Digest = choose_digest(getattr(world, who), product=world.tideline, every=every)
    return made


def _letters() -> list[dict[str, Any]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail").order_by("id")]


def test_the_first_says_how_it_stands_and_the_next_what_has_changed(world: World, berths: Option) -> None:
    digest = _asked(world)
    assert jobs.send(digest.pk, MONDAY)
    Option.objects.filter(pk=berths.pk).update(title="Berth atlas")
    _chosen(world, "Tide alarm")
    assert jobs.send(digest.pk, MONDAY + timedelta(days=1))
    first, second = _letters()
    assert first["subject"] == "Tideline: how it stands" and "Berth map" in first["text"]
    text = second["text"]
    assert "## New" in text and "Tide alarm" in text
    assert "**Berth atlas**" in text and "*It was:* **Berth map**" in text


def test_nothing_comes_when_nothing_has_changed(world: World, berths: Option) -> None:
    digest = _asked(world)
    assert jobs.send(digest.pk, MONDAY)
    assert not jobs.send(digest.pk, MONDAY + timedelta(days=1))
    assert len(_letters()) == 1


def test_what_is_gone_is_said(world: World, berths: Option) -> None:
    digest = _asked(world)
    jobs.send(digest.pk, MONDAY)
    berths.state = "parked"
    berths.save()
    jobs.send(digest.pk, MONDAY + timedelta(days=1))
    assert "## No longer" in _letters()[1]["text"]


def test_each_is_told_what_they_may_see_when_it_is_sent(world: World, berths: Option) -> None:
    for who in ("devi", "sol", "otto", "leda"):
        jobs.send(_asked(world, who).pk, MONDAY)
    said = {one["to"].partition("@")[0]: one["text"].replace("\xa0", " ") for one in _letters()}
    assert "£650 k" in said["leda"] and all("£650 k" not in said[who] for who in ("devi", "sol", "otto"))
    assert "Berth map" in said["devi"] and "Berth map" not in said["sol"]


def test_who_may_no_longer_see_the_product_is_told_nothing_of_it(world: World) -> None:
    role = ProductRole.objects.get(person=world.ines.person, product=world.umbra)
    digest: Digest = choose_digest(world.ines, product=world.umbra, every="day")
    _chosen(world, "SECRET shade", product=world.umbra)
    role.delete()
    assert not jobs.send(digest.pk, MONDAY) and not _letters()


@pytest.mark.parametrize(
    ("every", "looked", "on", "is_due"),
    [
        ("off", None, MONDAY, False),
        ("day", None, MONDAY, True),
        ("day", MONDAY, MONDAY, False),
        ("day", MONDAY, MONDAY + timedelta(days=1), True),
        ("week", MONDAY, MONDAY + timedelta(days=6), False),
        ("week", MONDAY, MONDAY + timedelta(days=7), True),
        ("week", MONDAY - timedelta(days=7), MONDAY + timedelta(days=2), True),  # Monday was missed
    ],
)
def test_it_is_looked_at_once_a_day_or_on_mondays(
    world: World, every: str, looked: date | None, on: date, is_due: bool
) -> None:
    digest = _asked(world, every=every)
    Digest.objects.update(looked_on=looked)
    assert digests.due(on).filter(pk=digest.pk).exists() is is_due


def test_a_second_worker_finds_it_done(world: World, berths: Option) -> None:
    digest = _asked(world)
    assert jobs.send(digest.pk, MONDAY)
    assert not jobs.send(digest.pk, MONDAY)
    assert len(_letters()) == 1


def test_a_crash_in_the_middle_leaves_neither_letter_nor_note_and_the_next_sends_it(
    world: World, berths: Option, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = _asked(world)
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "deliver", _Dying())
        with pytest.raises(RuntimeError):
            jobs.send(digest.pk, MONDAY)
    assert not _letters()
    assert jobs.send(digest.pk, MONDAY) and len(_letters()) == 1


class _Dying:
    """Queues the letter, and ends before the rest is done."""

    def defer(self, **letter: Any) -> None:
        deliver.defer(**letter)
        assert _letters()
        raise RuntimeError("the worker died")


def test_queueing_twice_queues_once(world: World, berths: Option, monkeypatch: pytest.MonkeyPatch) -> None:
    _asked(world)
    monkeypatch.setattr(jobs, "EARLIEST", 0)
    assert (jobs.queue_due(), jobs.queue_due()) == (1, 0)


def test_the_link_ends_it_without_signing_in_when_the_button_is_pressed(world: World, berths: Option) -> None:
    digest = _asked(world)
    jobs.send(digest.pk, MONDAY)
    (letter,) = _letters()
    url = letter["headers"]["List-Unsubscribe"].strip("<>")
    assert url in letter["text"] and url in letter["html"]
    path = "/" + url.split("/", 3)[3]
    visitor = Client(enforce_csrf_checks=True)
    assert "Do you want no more mail" in visitor.get(path).content.decode()
    digest.refresh_from_db()
    assert digest.every == "day"
    assert "You get no more mail" in visitor.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()
    digest.refresh_from_db()
    assert digest.every == "off"


def test_a_link_that_was_not_made_here_ends_nothing(world: World) -> None:
    digest = _asked(world)
    assert Client().post(f"/digests/off/{digest.pk}").status_code == 404
    assert Client().post(f"/digests/off/{digests.signing.dumps(digest.pk, salt='other')}").status_code == 404


def test_a_digest_is_ones_own(world: World) -> None:
    digest = _asked(world)
    assert not Digest.objects.visible_to(world.ines).exists()
    with pytest.raises(NotThere):
        stop_digest(world.ines, digest=digest)
    assert find(world.devi, Digest, digest.ref) == digest


def test_the_letter_is_plain_text_with_simple_html_beside_it(world: World, berths: Option) -> None:
    digest = _asked(world)
    jobs.send(digest.pk, MONDAY)
    deliver(**_letters()[0])
    (sent,) = mail.outbox
    assert sent.body.startswith("# Tideline") and "List-Unsubscribe" in sent.extra_headers
    ((html, kind),) = sent.alternatives
    assert kind == "text/html" and "<strong>Berth map</strong>" in html and "<script" not in html


def test_one_chooses_it_on_the_page_of_briefs(world: World) -> None:
    client = Client()
    client.login(username="devi@example.org", password=PASSWORD)
    client.post("/do/choose_digest", {"product": world.tideline.ref, "every": "week", "next": "/tideline/briefs"})
    assert Digest.objects.get().every == "week"
    assert '<option value="week" selected>' in client.get("/tideline/briefs").content.decode()
