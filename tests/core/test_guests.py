"""People who are not of the company: what is there for them at all."""

from __future__ import annotations

import pytest

from clearspan.catalogue.models import Account, Contact, Supplier, SupplierContact
from clearspan.core.actions import NotThere, Refused, registry
from clearspan.core.models import Event, Token, User
from clearspan.core.people import change_preferences, create_token
from clearspan.core.undo import undo
from tests.world import World

GUESTS = ["cora", "kit", "xan"]


@pytest.mark.parametrize("who", GUESTS)
def test_a_guest_may_do_nothing_that_is_not_open_to_guests(
    world: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, add = getattr(world, who), registry["create_segment"]
    monkeypatch.setattr(add, "rule", lambda actor, given: True)  # whatever a rule forgets
    with pytest.raises(Refused):
        add(actor, name="Lighthouses")
    assert {name for name, one in registry.items() if one.admits(actor) != one.open_to_guests} == set()


def test_what_is_open_to_guests_is_about_themselves_or_what_is_theirs() -> None:
    about_oneself = {"change_preferences", "create_token", "revoke_token", "undo"}
    supplying = {"decline_quote", "give_quote", "report_milestone"}
    assert {name for name, action in registry.items() if action.open_to_guests} == about_oneself | supplying | {
        "stop_digest"
    }


def test_a_guest_undoes_what_they_did_and_nothing_else(world: World) -> None:
    own = change_preferences.perform(world.kit, name="Kit").event
    other = change_preferences.perform(world.ines, name="Ines").event
    undo(world.kit, event=own)
    assert User.objects.get(pk=world.kit.person.pk).name == "Kit Amaro"
    with pytest.raises(NotThere):
        undo(world.kit, event=other)
    assert not Event.objects.visible_to(world.cora).exists()


def test_who_may_not_sign_in_any_more_sees_nothing(world: World) -> None:
    create_token(world.kit, name="mine", scopes=["read"])
    for who in ("kit", "cora"):
        actor = getattr(world, who)
        actor.person.is_active = False
        for model in (User, Token, Event, Account, Contact, Supplier, SupplierContact):
            assert not model.objects.visible_to(actor).exists(), (who, model)
