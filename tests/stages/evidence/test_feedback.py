"""What was heard is written down and put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from clearspan.catalogue.models import Account, Contact
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.models import Import
from clearspan.core.undo import undo
from clearspan.stages.evidence.actions import change_feedback, record_feedback
from clearspan.stages.evidence.models import Feedback
from tests.world import World


@pytest.mark.parametrize("who", ["ines", "devi", "sol", "leda", "otto"])
def test_every_employee_may_record_what_they_heard(world: World, who: str) -> None:
    made = record_feedback(getattr(world, who), product=world.tideline, text="The tide table is upside down.")
    assert (made.state, made.recorded_by) == (Feedback.State.NEW, getattr(world, who).person)


@pytest.mark.parametrize("who", ["cora", "xan"])
def test_customers_and_strangers_record_nothing(world: World, who: str) -> None:
    with pytest.raises(NotThere):
        record_feedback(getattr(world, who), product=world.tideline, text="Hello")
    assert not Feedback.objects.exists()


def test_a_product_one_may_not_see_takes_no_feedback(world: World) -> None:
    with pytest.raises(NotThere):
        record_feedback(world.sol, product=world.umbra, text="I heard of something new")


def test_a_contact_brings_its_account(world: World) -> None:
    cora = Contact.objects.get(name="Cora Finch")
    made = record_feedback(world.otto, product=world.tideline, text="We book twice", contact=cora)
    assert (made.account, made.said_by) == (world.northmole, "Cora Finch")


def test_a_contact_of_another_account_is_refused(world: World) -> None:
    cora = Contact.objects.get(name="Cora Finch")
    with pytest.raises(Invalid, match="Northmole Marina, not at Saltings"):
        record_feedback(world.otto, product=world.tideline, text="x", contact=cora, account=world.saltings)


def test_nothing_was_said_tomorrow(world: World) -> None:
    with pytest.raises(Invalid, match="future"):
        record_feedback(world.otto, product=world.tideline, text="x", said_at=timezone.now() + timedelta(days=1))


def test_words_alone_are_not_enough_when_there_are_none(world: World) -> None:
    with pytest.raises(Invalid, match="text"):
        record_feedback(world.otto, product=world.tideline, text="   ")


def test_what_a_system_sends_twice_is_recorded_once(world: World) -> None:
    first, again = (
        record_feedback(world.otto, product=world.tideline, text="Berth 4 shows as free", external_id="zd-81")
        for _ in range(2)
    )
    assert first == again
    assert Feedback.objects.count() == 1


def test_a_link_must_be_one_the_web_knows(world: World) -> None:
    with pytest.raises(Invalid, match="http"):
        record_feedback(world.otto, product=world.tideline, text="x", url="javascript:alert(1)")


def test_who_recorded_it_may_put_it_right(world: World) -> None:
    made = record_feedback(world.otto, product=world.tideline, text="Berth 4", title="Berth")
    change_feedback(world.otto, feedback=made, text="Berth 14")
    made.refresh_from_db()
    assert (made.text, made.title) == ("Berth 14", "Berth")


def test_a_colleague_of_another_function_may_not_change_it(world: World) -> None:
    with pytest.raises(Refused):
        change_feedback(world.otto, feedback=world.feedback(), text="something else")


def test_another_account_takes_the_old_contact_along(world: World) -> None:
    piece = world.feedback(contact=Contact.objects.get(name="Cora Finch"))
    change_feedback(world.ines, feedback=piece, account=world.saltings)
    piece.refresh_from_db()
    assert (piece.account, piece.contact) == (world.saltings, None)


def test_the_account_can_be_unknown_after_all(world: World) -> None:
    piece = world.feedback()
    change_feedback(world.ines, feedback=piece, without_account=True)
    piece.refresh_from_db()
    assert piece.account is None


def test_a_change_can_be_undone(world: World) -> None:
    piece = world.feedback("As it was")
    done = change_feedback.perform(world.ines, feedback=piece, text="As it is")
    undo(world.ines, event=done.event)
    piece.refresh_from_db()
    assert piece.text == "As it was"


def test_a_customer_sees_what_its_own_account_said_and_no_more(world: World) -> None:
    own, other = world.feedback("Ours"), world.feedback("Theirs", account=world.saltings)
    nobody = Feedback.objects.create(product=world.tideline, text="A review", said_at=own.said_at)
    assert set(Feedback.objects.visible_to(world.cora)) == {own}
    assert set(Feedback.objects.visible_to(world.sol)) == {own, other, nobody}
    assert not Feedback.objects.visible_to(world.xan)


def test_what_is_said_of_a_confidential_product_is_seen_by_its_people_and_leadership(world: World) -> None:
    secret = world.feedback("Of Umbra", product=world.umbra)
    assert [secret in Feedback.objects.visible_to(a) for a in (world.ines, world.leda, world.sol)] == [
        True,
        True,
        False,
    ]


def test_an_account_named_twice_is_two_accounts(world: World) -> None:
    twin = Account.objects.create(name="Northmole Marina")
    made = record_feedback(world.sol, product=world.tideline, text="x", account=twin)
    assert made.account == twin != world.northmole


def test_words_follow_every_way_a_text_is_changed(world: World) -> None:
    made = record_feedback(world.otto, product=world.tideline, text="We book twice")
    found = Feedback.objects.filter(pk=made.pk)
    for text, change in (
        ("anchors", lambda: change_feedback(world.otto, feedback=made, text="anchors")),
        ("berths", lambda: found.update(text="berths")),
        ("cranes", lambda: Feedback(**{**found.values().get(), "text": "cranes"}).save()),
        ("cranes", lambda: found.update(search="of somebody who guessed")),
    ):
        change()
        assert [found.filter(search=word).exists() for word in ("booking", text)] == [False, True]


def test_who_had_it_imported_may_put_it_right(world: World) -> None:
    file = Import.objects.create(kind="evidence", name="calls.csv", asked_by=world.sol.person)
    heard = Feedback.objects.create(
        product=world.tideline, brought_by=file, said_at=timezone.now(), text="The tide table is upside down."
    )
    assert change_feedback(world.sol, feedback=heard, title="Tides").title == "Tides"
    with pytest.raises(Refused):
        change_feedback(world.otto, feedback=heard, title="Mine")
