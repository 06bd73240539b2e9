"""Lists of any length are cut by key, counted up to a limit, searched by words."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.catalogue.models import Account
from clearspan.core import lists
from clearspan.stages.evidence.models import Feedback
from tests.world import World


def test_the_pages_of_a_list_hold_each_row_once_in_order(world: World) -> None:
    at_once = datetime(2026, 3, 1, tzinfo=UTC)  # rows of one moment are told apart by their number
    pieces = [world.feedback(str(n), said_at=at_once) for n in range(5)]
    found, after = [], ""
    while True:
        page = lists.cut(Feedback.objects.all(), "-said_at", after=after, size=2)
        found += page.rows
        after = page.next
        if not after:
            break
    assert found == pieces[::-1]


def test_a_list_can_be_walked_upwards(world: World) -> None:
    pieces = [world.feedback(str(n), said_at=datetime(2026, 3, n + 1, tzinfo=UTC)) for n in range(3)]
    first = lists.cut(Feedback.objects.all(), "said_at", size=2)
    assert [*first, *lists.cut(Feedback.objects.all(), "said_at", after=first.next)] == pieces


def test_a_key_that_cannot_be_read_starts_at_the_beginning(world: World) -> None:
    piece = world.feedback()
    assert lists.cut(Feedback.objects.all(), "-said_at", after="yesterday~x").rows == [piece]


def test_a_key_may_lie_behind_a_foreign_key(world: World) -> None:
    pieces = [world.feedback(str(n), account=account) for n, account in enumerate((world.northmole, world.saltings))]
    first = lists.cut(Feedback.objects.all(), "account__name", size=1)
    assert [*first, *lists.cut(Feedback.objects.all(), "account__name", after=first.next)] == pieces


def test_a_list_in_the_order_of_its_numbers_goes_on_behind_one(world: World) -> None:
    pieces = [world.feedback(str(n)) for n in range(3)]
    first = lists.cut(Feedback.objects.all(), "-pk", size=2)
    assert [*first, *lists.cut(Feedback.objects.all(), "-pk", after=first.next)] == pieces[::-1]


def test_counting_stops_at_its_limit(world: World) -> None:
    for n in range(4):
        world.feedback(str(n))
    assert str(lists.count(Feedback.objects.all(), cap=3)) == "3+"
    assert str(lists.count(Feedback.objects.all(), cap=4)) == "4"


def test_many_counts_are_one_question(world: World) -> None:
    for n in range(4):
        world.feedback(str(n))
    asked = {
        "all": Feedback.objects.all(),
        "one": Feedback.objects.filter(text="1"),
        "none": Feedback.objects.none(),
        "accounts": Account.objects.filter(segment=world.marinas),
    }
    with CaptureQueriesContext(connection) as queries:
        found = lists.counts(asked, cap=3)
    assert {name: str(count) for name, count in found.items()} == {
        "all": "3+",
        "one": "1",
        "none": "0",
        "accounts": "1",
    }
    assert len(queries) == 1
    assert lists.counts({}) == {}


def test_words_find_what_begins_so_and_all_must_be_there(world: World) -> None:
    piece = world.feedback("The harbour office exports berths")
    for words, found in (("harb exp", True), ("harbour invoice", False), ("Berth", True)):
        assert (piece in Feedback.objects.filter(search=lists.by_words(words))) is found


def test_of_very_many_rows_only_the_last_word_may_be_a_beginning(world: World) -> None:
    piece = world.feedback("The harbour office exports berths")
    for words, found in (("harbours exp", True), ("harb exports", False), ("exporting berths", True), ("ber", True)):
        assert (piece in Feedback.objects.filter(search=lists.by_words(words, of_very_many=True))) is found


def test_signs_alone_are_no_words() -> None:
    assert lists.by_words("& | ! :*") is None
