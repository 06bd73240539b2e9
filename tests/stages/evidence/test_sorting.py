"""What becomes of feedback in the inbox: one or many, the same action."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.models import Event
from clearspan.core.undo import undo
from clearspan.stages.evidence.actions import bring_back, mark_sorted, merge_feedback, put_away
from clearspan.stages.evidence.models import Feedback
from tests.world import World

State = Feedback.State


def states(*pieces: Feedback) -> list[str]:
    found = Feedback.objects.in_bulk([piece.pk for piece in pieces])
    return [found[piece.pk].state for piece in pieces]


def test_many_are_put_away_by_one_event(world: World) -> None:
    pieces = [world.feedback(text) for text in ("Thanks", "Test", "Hello")]
    put_away(world.ines, feedback=pieces)
    assert states(*pieces) == [State.AWAY] * 3
    assert Event.objects.get().summary == "put away 3 pieces of feedback"


def test_putting_away_is_undone_for_all_of_them(world: World) -> None:
    pieces = [world.feedback(text) for text in ("Thanks", "Test")]
    event = put_away.perform(world.devi, feedback=pieces).event
    undo(world.devi, event=event)
    assert states(*pieces) == [State.NEW] * 2


def test_those_who_work_on_the_product_sort(world: World) -> None:
    piece = world.feedback()
    mark_sorted(world.devi, feedback=[piece])
    assert states(piece) == [State.SORTED]


@pytest.mark.parametrize("who", ["sol", "otto", "leda"])
def test_others_do_not_sort(world: World, who: str) -> None:
    piece = world.feedback()
    with pytest.raises(Refused):
        put_away(getattr(world, who), feedback=[piece])
    assert states(piece) == [State.NEW]


def test_one_piece_that_may_not_be_seen_stops_all(world: World) -> None:
    seen, secret = world.feedback("seen"), world.feedback("secret", product=world.umbra)
    with pytest.raises(NotThere):
        put_away(world.devi, feedback=[seen, secret])
    assert states(seen) == [State.NEW]


def test_what_was_put_away_comes_back_unsorted(world: World) -> None:
    piece = world.feedback(state=State.AWAY)
    bring_back(world.ines, feedback=[piece])
    assert states(piece) == [State.NEW]


def test_putting_away_twice_says_so(world: World) -> None:
    piece = world.feedback(state=State.AWAY)
    with pytest.raises(Invalid, match="put away already"):
        put_away(world.ines, feedback=[piece])


def test_nothing_chosen_says_so(world: World) -> None:
    with pytest.raises(Invalid, match="choose at least one"):
        put_away(world.ines, feedback=[])


def test_copies_point_at_the_original(world: World) -> None:
    original, relayed = world.feedback("Export please"), world.feedback("Export please, says Northmole")
    merge_feedback(world.ines, feedback=[relayed], original=original)
    relayed.refresh_from_db()
    assert (relayed.state, relayed.copy_of, relayed.original) == (State.COPY, original, original)
    assert states(original) == [State.NEW]


def test_without_an_original_the_earliest_is_it(world: World) -> None:
    late = world.feedback(said_at=datetime(2026, 3, 9, tzinfo=UTC))
    early = world.feedback(said_at=datetime(2026, 3, 1, tzinfo=UTC))
    merge_feedback(world.ines, feedback=[late, early])
    assert states(early, late) == [State.NEW, State.COPY]


def test_a_copy_of_a_copy_is_a_copy_of_the_original(world: World) -> None:
    first, second, third = (world.feedback(text) for text in ("a", "b", "c"))
    merge_feedback(world.ines, feedback=[second], original=first)
    merge_feedback(world.ines, feedback=[third], original=second)
    third.refresh_from_db()
    assert third.copy_of == first


def test_copies_follow_when_their_original_becomes_a_copy(world: World) -> None:
    first, second, third = (world.feedback(text) for text in ("a", "b", "c"))
    merge_feedback(world.ines, feedback=[third], original=second)
    merge_feedback(world.ines, feedback=[second], original=first)
    third.refresh_from_db()
    assert third.copy_of == first


def test_a_piece_is_no_copy_of_itself(world: World) -> None:
    piece = world.feedback()
    with pytest.raises(Invalid, match="copy of itself"):
        merge_feedback(world.ines, feedback=[piece], original=piece)


def test_pieces_about_different_products_are_not_merged(world: World) -> None:
    with pytest.raises(Invalid, match="different products"):
        merge_feedback(world.ines, feedback=[world.feedback(product=world.umbra)], original=world.feedback())


def test_a_copy_brought_back_stands_for_itself(world: World) -> None:
    original, relayed = world.feedback("a"), world.feedback("b")
    merge_feedback(world.ines, feedback=[relayed], original=original)
    bring_back(world.ines, feedback=[relayed])
    relayed.refresh_from_db()
    assert (relayed.state, relayed.copy_of) == (State.NEW, None)


def test_sorting_many_takes_no_more_queries_than_sorting_few(world: World, django_assert_max_num_queries) -> None:
    pieces = [world.feedback(str(n)) for n in range(40)]
    with django_assert_max_num_queries(16):
        put_away(world.ines, feedback=pieces)
