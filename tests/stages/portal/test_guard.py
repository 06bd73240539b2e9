"""Safe against spam without pictures to decipher: who reads and writes like a person notices nothing of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from clearspan.stages.portal import guard, limits
from clearspan.stages.portal.models import Idea, IdeaVote, Visitor
from clearspan.stages.portal.networks import network_of
from clearspan.stages.portal.tidying import forget_old
from tests.stages.portal.small import confirms, known, letters, open_portal, public_idea, read_form, sends
from tests.world import World


def worked(form: str, bits: int) -> str:
    """What a browser finds."""
    number = 0
    while int.from_bytes(hashlib.sha256(f"{form}:{number}".encode()).digest()[:8]) >> (64 - bits):
        number += 1
    return str(number)


def under_attack() -> None:
    """Five times as much as there should be."""
    for _ in range(int(5 * limits.ALL.most)):
        limits.pressure()


def test_a_form_that_was_sent_at_once_is_asked_for_again_with_all_that_was_written(
    world: World, client: Client
) -> None:
    open_portal(world)
    answer = sends(client, "say", text="A tide alarm", address="ada@quay.example", form=read_form(-5))
    assert answer.status_code == 429
    assert "A tide alarm" in answer.content.decode()
    assert not Idea.objects.exists()


def test_a_form_of_somebody_elses_making_is_not_taken(world: World, client: Client) -> None:
    open_portal(world)
    assert sends(client, "say", text="x", address="ada@quay.example", form="forged").status_code == 429


def test_what_falls_into_the_trap_is_put_aside_and_kept(world: World, client: Client) -> None:
    open_portal(world)
    answer = sends(client, "say", text="A tide alarm", address="ada@quay.example", website="https://spam.example")
    assert answer.status_code == 200
    idea = Idea.objects.get()
    assert (idea.state, idea.why_held, letters()) == (Idea.State.HELD, "a machine filled it in", [])


@pytest.mark.parametrize("text", ["see https://a.example https://b.example www.c.example", "[url=x] [url=y] [url=z]"])
def test_what_is_full_of_links_is_put_aside(world: World, client: Client, text: str) -> None:
    open_portal(world)
    sends(client, "say", text=text, address="ada@quay.example")
    assert Idea.objects.get().state == Idea.State.HELD


def test_the_third_time_the_same_text_is_sent_it_is_put_aside(world: World) -> None:
    open_portal(world)
    for number in range(3):
        sends(Client(), "say", text="Buy followers", address=f"a{number}@spam.example", network=f"198.51.{number}.1")
    assert list(Idea.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "sent", "held"]


def test_a_network_sends_so_much_in_an_hour_and_others_are_not_the_worse_for_it(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    path = f"ideas/{idea.pk}/vote"
    for _ in range(int(limits.NETWORK.most)):
        limits.take(limits.NETWORK, "198.51.100.0/24")
    refused = sends(Client(), path, address="a@spam.example", network="198.51.100.77")
    assert refused.status_code == 429
    assert sends(Client(), path, address="ada@quay.example", network="203.0.113.9").status_code == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
    ],
)  # fmt: skip
def test_a_network_is_what_one_person_has(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_forwarded_address_is_believed_of_named_proxies_only(settings: object) -> None:
    from ipaddress import ip_network

    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1, 203.0.113.9, 10.0.0.2"}
    settings.PROXIES = ()  # type: ignore[attr-defined]
    assert network_of(RequestFactory().get("/", **told)) == "10.0.0.0/24"
    settings.PROXIES = (ip_network("10.0.0.0/8"),)  # type: ignore[attr-defined]
    assert network_of(RequestFactory().get("/", **told)) == "203.0.113.0/24"


def test_a_level_falls_with_time(db: None) -> None:
    now = timezone.now()
    rule = limits.Rule("test", 2, 60)
    assert [limits.take(rule, "ada", now) for _ in range(3)] == [True, True, False]
    assert not limits.take(rule, "ada", now + timedelta(seconds=20))
    assert limits.take(rule, "ada", now + timedelta(seconds=50))
    assert limits.take(rule, "bo", now)


def test_no_address_and_no_network_is_kept(world: World, client: Client) -> None:
    open_portal(world)
    sends(client, "say", text="A tide alarm", address="ada@quay.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(key, ' ') FROM portal_limit")
        kept = cursor.fetchone()[0]
    assert "quay" not in kept
    assert "203" not in kept.replace(limits.key_of(limits.NETWORK, "203.0.113.0/24"), "")


def test_an_address_whose_owner_never_answered_is_forgotten_after_a_month(world: World, client: Client) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    sends(client, f"ideas/{idea.pk}/vote", address="ada@quay.example")
    known("bo@quay.example")
    forget_old()
    assert Visitor.objects.count() == 2
    Visitor.objects.update(created_at=timezone.now() - timedelta(days=31))
    forget_old()
    assert list(Visitor.objects.values_list("address", flat=True)) == ["bo@quay.example"]
    assert not IdeaVote.objects.exists()


def test_under_attack_a_browser_that_worked_gets_through(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    under_attack()
    path, address = f"ideas/{idea.pk}/vote", "ada@quay.example"
    refused = sends(Client(), path, address=address)
    assert refused.status_code == 429
    bits = guard._asked(5)
    assert f'data-work="{bits}"' in refused.content.decode()
    form = read_form(bits=bits)
    assert sends(Client(), path, address=address, form=form, work="1").status_code == 429
    assert sends(Client(), path, address=address, form=form, work=worked(form, bits)).status_code == 200


def test_under_attack_a_person_without_javascript_waits_a_minute_and_gets_through(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    under_attack()
    path, address = f"ideas/{idea.pk}/vote", "ada@quay.example"
    assert sends(Client(), path, address=address, form=read_form(5, guard._asked(5))).status_code == 429
    assert sends(Client(), path, address=address, form=read_form(61, guard._asked(5))).status_code == 200


def test_under_attack_who_is_known_notices_nothing(world: World) -> None:
    idea = (open_portal(world), public_idea(world))[1]
    browser, _ = known()
    under_attack()
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    idea.refresh_from_db()
    assert idea.votes == 1


def test_an_address_gets_few_letters_however_often_it_is_given(world: World) -> None:
    open_portal(world)
    for number in range(9):
        idea = public_idea(world, f"Idea {number}")
        sends(Client(), f"ideas/{idea.pk}/vote", address="ada@quay.example", network=f"198.51.{number}.1")
    assert len(letters()) == limits.LETTERS.most


def test_a_flood_of_ideas_votes_and_comments_leaves_one_vote_a_person(world: World) -> None:
    """A machine with many addresses and networks; between them Ada, who votes once and counts once."""
    idea = (open_portal(world), public_idea(world))[1]
    path = f"ideas/{idea.pk}"
    for number in range(48):
        form, network = read_form(), f"198.51.{number % 8}.{number}"
        sends(Client(), f"{path}/vote", address=f"bot{number % 12}@spam.example", form=form, network=network)
        sends(Client(), f"{path}/vote", address=f"bot{number % 12}@spam.example", form=form, network=network)
        sends(Client(), f"{path}/comment", text=f"Buy {number}", address=f"bot{number}@spam.example", network=network)
        sends(Client(), "say", text="Buy followers", address=f"bot{number}@spam.example", network=network)
    bits = guard._asked(10)
    form = read_form(bits=guard.HARDEST)
    ada = sends(Client(), f"{path}/vote", address="ada@quay.example", form=form, work=worked(form, guard.HARDEST))
    assert bits >= guard.EASIEST
    assert ada.status_code == 200
    confirms(Client(), next(letter for letter in letters() if letter["to"] == "ada@quay.example"))
    idea.refresh_from_db()
    assert idea.votes == 1
    assert IdeaVote.objects.values("idea", "visitor__key").distinct().count() == IdeaVote.objects.count()
    assert "Buy" not in Client().get(f"/portal/tideline/{path}").content.decode()


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_are_one_vote() -> None:
    from tests.browser.company import empty

    world = World.make()
    try:
        idea = (open_portal(world), public_idea(world))[1]
        browser, _ = known()
        cookie, together = browser.cookies["portal"].value, Barrier(10)

        def press() -> None:
            try:
                own = Client()
                own.cookies["portal"] = cookie
                together.wait()
                own.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
            finally:
                connection.close()

        threads = [Thread(target=press) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        idea.refresh_from_db()
        assert (idea.votes, IdeaVote.objects.count(), Visitor.objects.count()) == (1, 1, 1)
    finally:
        empty()
