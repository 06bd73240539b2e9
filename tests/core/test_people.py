"""Who comes in, what they may, and the tokens of their scripts."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, Invitation, Token, User
from clearspan.core.people import (
    change_person,
    change_preferences,
    create_token,
    invite_person,
    revoke_token,
    withdraw_invitation,
)
from tests.world import World


def function(name: str) -> Function:
    return Function.objects.get(name=name)


def come_in(secret: str) -> int:
    """The status of the page that the link of an invitation leads to."""
    return Client().get(reverse("welcome", args=[secret])).status_code


def test_an_invitation_opens_once_for_the_one_it_is_for(world: World) -> None:
    made = invite_person(world.ines, email="Nia@Example.org", name="Nia Vass", function=function("Design"))
    client = Client()
    address = reverse("welcome", args=[made["secret"]])
    answer = client.post(address, {"name": "Nia Vass", "password": "berths-and-buoys"})
    assert answer.url == reverse("today")
    person = User.objects.get(email="nia@example.org")
    assert (person.function, person.is_admin) == (function("Design"), False)
    assert come_in(made["secret"]) == 404


def test_the_secret_of_an_invitation_is_kept_nowhere(world: World) -> None:
    done = invite_person.perform(world.ines, email="nia@example.org", name="Nia", function=function("Design"))
    kept = [
        str(done.event.given),
        done.event.summary,
        *map(str, Invitation.objects.values_list()),
        *map(str, done.event.changes.values_list()),
    ]
    assert not any(done.result["secret"] in words for words in kept)


def test_a_newer_link_closes_the_one_before(world: World) -> None:
    first, second = (
        invite_person(world.ines, email="nia@example.org", name="Nia", function=function("Design")) for _ in range(2)
    )
    assert (come_in(first["secret"]), come_in(second["secret"])) == (404, 200)


def test_an_invitation_taken_back_opens_nothing(world: World) -> None:
    made = invite_person(world.ines, email="nia@example.org", name="Nia", function=function("Design"))
    withdraw_invitation(world.ines, invitation=made["invitation"])
    assert come_in(made["secret"]) == 404
    with pytest.raises(Invalid, match="already"):
        withdraw_invitation(world.ines, invitation=made["invitation"])


def test_who_is_here_is_not_invited_again(world: World) -> None:
    with pytest.raises(Invalid, match="here already"):
        invite_person(world.ines, email="SOL@example.org", name="Sol", function=function("Sales"))


def test_an_admin_is_one_of_the_company(world: World) -> None:
    with pytest.raises(Invalid, match="which function"):
        invite_person(world.ines, email="nia@example.org", name="Nia", is_admin=True)
    with pytest.raises(Invalid, match="function first"):
        change_person(world.ines, person=world.cora.person, is_admin=True)


def test_only_admins_invite_and_change_people(world: World) -> None:
    for actor in (world.devi, world.leda, world.cora):
        with pytest.raises(Refused):
            invite_person(actor, email="nia@example.org", name="Nia", function=None)
    with pytest.raises(Refused):
        change_person(world.devi, person=world.sol.person, is_admin=True)
    with pytest.raises(NotThere):  # for a customer, nobody else exists
        change_person(world.cora, person=world.sol.person, is_admin=True)


def test_a_persons_function_decides_what_they_may_from_then_on(world: World) -> None:
    change_person(world.ines, person=world.otto.person, function=function("Sales"))
    person = User.objects.get(email="otto@example.org")
    assert Actor(person).kind == "sales"


def test_who_may_not_sign_in_is_nobody_here(world: World) -> None:
    token = create_token(world.sol, name="script", scopes=["read"])
    change_person(world.ines, person=world.sol.person, is_active=False)
    person = User.objects.get(email="sol@example.org")
    assert not Actor(person).is_employee
    assert Token.objects.of_secret(token["secret"]) is None
    client = Client()
    client.force_login(person)
    assert client.get(reverse("today")).status_code == 302


def test_an_admin_cannot_lock_themselves_out(world: World) -> None:
    for given in ({"is_admin": False}, {"is_active": False}):
        with pytest.raises(Invalid, match="another admin can") as refused:
            change_person(world.ines, person=world.ines.person, **given)
        assert list(refused.value.faults) == list(given)


def test_a_token_is_never_made_through_a_token_and_has_only_scopes_there_are(world: World) -> None:
    with pytest.raises(Invalid, match="no scope write:rob_bank"):
        create_token(world.sol, name="script", scopes=["write:rob_bank"])
    token = create_token(world.sol, name="script", scopes=["write"])["token"]
    with pytest.raises(Refused):
        create_token(Actor(world.sol.person, token), name="another", scopes=["write"])


def test_a_token_is_closed_by_its_owner_and_by_admins(world: World) -> None:
    made = create_token(world.sol, name="script", scopes=["read"])
    with pytest.raises(NotThere):
        revoke_token(world.devi, token=made["token"])
    revoke_token(world.ines, token=made["token"])
    assert Token.objects.of_secret(made["secret"]) is None


def test_what_gives_a_secret_away_is_not_undone(world: World) -> None:
    invite_person(world.ines, email="nia@example.org", name="Nia", function=function("Design"))
    create_token(world.ines, name="script", scopes=["read"])
    assert not Event.objects.filter(can_undo=True).exists()


def test_preferences_are_ones_own_and_change_one_by_one(world: World) -> None:
    change_preferences(world.sol, density="compact")
    change_preferences(world.sol, single_keys=False)
    person = User.objects.get(email="sol@example.org")
    assert person.preferences == {"density": "compact", "single_keys": False}
    with pytest.raises(Invalid, match="density"):
        change_preferences(world.sol, density="tiny")
