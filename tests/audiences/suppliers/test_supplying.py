"""A supplier's own page: what waits, and saying how it stands in one click."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clearspan.stages.development.models import Milestone, Quote
from tests.world import World

AT = "/supplying"


@pytest.fixture
def kit(world: World, client: Client) -> Client:
    client.force_login(world.kit.person)
    return client


@pytest.fixture
def owed(world: World) -> Milestone:
    made: Milestone = Milestone.objects.create(
        product=world.tideline, supplier=world.buoyline, title="First ten", criteria=["On the quay", "Reports"],
        due_on=timezone.localdate() - timedelta(days=12),
    )  # fmt: skip
    return made


def test_a_suppliers_person_lands_there(world: World, kit: Client, owed: Milestone) -> None:
    body = kit.get("/", follow=True).content.decode()
    assert "“First ten” is 12\u00a0days late" in body


def test_a_delivery_takes_one_click_and_is_undone_in_one(world: World, kit: Client, owed: Milestone) -> None:
    body = kit.get(AT).content.decode()
    assert "Delivered, every criterion met" in body
    said = {"milestone": owed.ref, "delivered": "true", "met": ["1", "2"], "next": AT}
    answer = kit.post("/do/report_milestone", said, follow=True)
    owed.refresh_from_db()
    assert (owed.state, owed.met) == ("delivered", [1, 2])
    assert "data-undo" in answer.content.decode()
    event = world.kit.person.events.get()
    kit.post("/do/undo", {"event": event.pk})
    owed.refresh_from_db()
    assert owed.state == "planned"


def test_another_day_without_a_reason_is_asked_back_and_nothing_is_lost(kit: Client, owed: Milestone) -> None:
    day = timezone.localdate() + timedelta(days=5)
    at = f"{AT}/milestones/{owed.pk}"
    answer = kit.post(at, {f"{owed.ref}-expected_on": f"{day}", "later": "yes"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "say why" in body
    assert f'value="{day}"' in body
    kit.post(at, {f"{owed.ref}-expected_on": f"{day}", f"{owed.ref}-words": "A ship is late", "later": "yes"})
    owed.refresh_from_db()
    assert (owed.expected_on, owed.words) == (day, "A ship is late")


def test_a_quote_is_given_or_passed_on(world: World, kit: Client) -> None:
    asked = [
        Quote.objects.create(product=world.tideline, supplier=world.buoyline, title=title) for title in ("One", "Two")
    ]
    day = timezone.localdate() + timedelta(days=40)
    given = {f"{asked[0].ref}-amount": "1200", f"{asked[0].ref}-delivers_on": f"{day}"}
    kit.post(f"{AT}/quotes/{asked[0].pk}", given)
    kit.post(f"{AT}/quotes/{asked[1].pk}", {"pass": "yes", f"pass-{asked[1].ref}-words": "Not ours to make"})
    assert list(Quote.objects.order_by("pk").values_list("state", flat=True)) == ["given", "declined"]


def test_what_was_sent_back_says_what_is_missing(kit: Client, owed: Milestone) -> None:
    Milestone.objects.update(state="rejected", missing=[2], met=[1], answer="Two are silent")
    body = kit.get(AT).content.decode()
    assert "Sent back: something is missing" in body
    assert "Two are silent" in body


@pytest.mark.parametrize("who", ["ines", "cora", "xan"])
def test_the_page_is_nobody_elses(world: World, client: Client, owed: Milestone, who: str) -> None:
    client.force_login(getattr(world, who).person)
    assert client.get(AT).status_code == 404
    assert client.post(f"{AT}/milestones/{owed.pk}", {"delivered": "yes"}).status_code == 404


def test_who_may_not_sign_in_any_more_is_shown_nothing(world: World, kit: Client, owed: Milestone) -> None:
    world.kit.person.is_active = False
    world.kit.person.save()
    answer = kit.get(AT)
    assert answer.status_code == 302
    assert "login" in answer["Location"]
