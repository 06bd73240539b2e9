"""Whoever sees a row may comment on it, and nobody else."""

from __future__ import annotations

import pytest

from clearspan.core import comments
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.comments import comment, take_back_comment
from clearspan.core.models import Comment
from tests.world import World


def test_a_comment_stands_under_its_row(world: World) -> None:
    piece = world.feedback()
    comment(world.otto, about=piece.ref, text="I have heard this before.")
    assert [(c.person, c.text) for c in comments.about(world.sol, piece)] == [
        (world.otto.person, "I have heard this before.")
    ]


def test_any_kind_of_row_can_be_commented_on(world: World) -> None:
    assert comment(world.sol, about=world.deal.ref.lower(), text="Nearly there").about == world.deal.ref


def test_a_row_that_may_not_be_seen_is_not_there(world: World) -> None:
    with pytest.raises(NotThere):
        comment(world.sol, about=world.feedback(product=world.umbra).ref, text="What is this?")


def test_words_that_are_no_reference_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="no reference"):
        comment(world.sol, about="berths", text="x")


def test_customers_do_not_comment(world: World) -> None:
    with pytest.raises(Refused):
        comment(world.cora, about=world.feedback().ref, text="x")


def test_one_takes_back_ones_own_comment_only(world: World) -> None:
    made = comment(world.otto, about=world.feedback().ref, text="x")
    with pytest.raises(Refused):
        take_back_comment(world.sol, comment=made)
    take_back_comment(world.otto, comment=made)
    assert not Comment.objects.exists()
