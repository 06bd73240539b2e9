"""What was heard is found by filters and words, and filters can be kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clearspan.core.actions import Invalid, Refused
from clearspan.core.models import User
from clearspan.stages.evidence.actions import forget_filter, save_filter
from clearspan.stages.evidence.actions.filters import KEPT
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.queries import heard
from clearspan.stages.evidence.queries.heard import Filters
from tests.world import World


def found(world: World, **filters: object) -> set[str]:
    rows = heard.heard(world.ines, world.tideline, Filters(**filters))  # type: ignore[arg-type]  # named one by one
    return set(rows.values_list("text", flat=True))


@pytest.fixture
def said(world: World) -> World:
    world.feedback("Berths are booked twice", channel="call", said_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    world.feedback("Thank you", channel="survey", state="away", said_at=datetime(2026, 3, 9, tzinfo=UTC))
    world.feedback("The tide is missing", account=world.saltings, said_at=datetime(2026, 4, 1, tzinfo=UTC))
    return world


def test_everything_is_found_without_filters(said: World) -> None:
    assert len(found(said)) == 3


def test_by_state_channel_and_segment(said: World) -> None:
    assert found(said, state="away") == {"Thank you"}
    assert found(said, channel="call") == {"Berths are booked twice"}
    assert found(said, segment=said.clubs.pk) == {"The tide is missing"}


def test_by_account_as_reference_or_as_words_of_its_name(said: World) -> None:
    assert found(said, account=said.saltings.ref) == found(said, account="salt sail") == {"The tide is missing"}
    assert found(said, account="nobody") == set()


def test_a_day_is_within_its_own_bounds(said: World) -> None:
    assert found(said, since=date(2026, 3, 2), until=date(2026, 3, 2)) == {"Berths are booked twice"}


def test_by_words_and_how_they_begin(said: World) -> None:
    assert found(said, q="book bert") == {"Berths are booked twice"}
    assert found(said, q="???") == set()


def test_an_address_that_cannot_be_read_narrows_nothing() -> None:
    assert Filters.read({"state": "lost", "channel": "?", "segment": "x", "since": "2026-13-40"}) == Filters()


def test_an_address_holds_what_the_filters_say() -> None:
    filters = Filters(channel="call", segment=3, since=date(2026, 1, 2), q="two words")
    read = Filters.read(dict(pair.split("=") for pair in filters.query.replace("+", " ").split("&")))
    assert read == filters


def test_what_begins_with_the_same_words_is_found(world: World) -> None:
    text = "We cannot read the file you send us every month, " * 3
    first, second = (
        world.feedback(text + "says Northmole"),
        world.feedback(text + "says Saltings", account=world.saltings),
    )
    world.feedback("We cannot read anything at all")
    assert heard.alike(world.ines, first) == [second]


def test_short_texts_are_alike_by_chance(world: World) -> None:
    first, _ = world.feedback("Thanks"), world.feedback("Thanks")
    assert heard.alike(world.ines, first) == []


def test_an_account_is_heard_once_for_a_piece_and_its_copies(world: World) -> None:
    original = world.feedback()
    world.feedback(state=Feedback.State.COPY, copy_of=original)
    world.feedback(state=Feedback.State.AWAY)
    assert heard.account_heard(world.ines, world.tideline, world.northmole).times.number == 2


def test_a_person_keeps_filters_for_themselves(world: World) -> None:
    save_filter(world.ines, name="Calls", query="?state=all&channel=call&password=x")
    person = User.objects.get(name="Ines Maddox")
    assert person.preferences[KEPT] == [{"name": "Calls", "query": "state=all&channel=call"}]
    assert KEPT not in User.objects.get(name="Sol Reyes").preferences


def test_a_name_holds_the_newest_filter(world: World) -> None:
    for channel in ("call", "ticket"):
        save_filter(world.ines, name="Mine", query=f"channel={channel}")
    assert User.objects.get(name="Ines Maddox").preferences[KEPT] == [{"name": "Mine", "query": "channel=ticket"}]


def test_other_preferences_stay(world: World) -> None:
    User.objects.filter(name="Ines Maddox").update(preferences={"theme": "dark"})
    save_filter(world.ines, name="Calls", query="channel=call")
    forget_filter(world.ines, name="Calls")
    assert User.objects.get(name="Ines Maddox").preferences == {"theme": "dark", KEPT: []}


def test_nothing_chosen_is_no_filter(world: World) -> None:
    with pytest.raises(Invalid, match="at least one"):
        save_filter(world.ines, name="Empty", query="page=3")


def test_a_filter_that_is_not_there_cannot_be_forgotten(world: World) -> None:
    with pytest.raises(Invalid, match="there is no filter"):
        forget_filter(world.ines, name="Calls")


def test_customers_keep_none(world: World) -> None:
    with pytest.raises(Refused):
        save_filter(world.cora, name="Mine", query="channel=call")
