"""A pattern becomes one of the texts it allows."""

from __future__ import annotations

import numpy as np

from clearspan.interfaces.sample.grammar import expand


def texts(pattern: str, count: int = 60) -> set[str]:
    rng = np.random.default_rng(0)
    return {expand(pattern, rng, lambda slot: f"the {slot}") for _ in range(count)}


def test_every_choice_is_made_sooner_or_later() -> None:
    assert texts("[A|B] and [C|]") == {"A and C", "A and", "B and C", "B and"}


def test_a_choice_may_hold_choices() -> None:
    assert texts("[one [red|blue]|two] apples") == {"One red apples", "One blue apples", "Two apples"}


def test_slots_are_filled_and_sentences_begin_with_a_capital() -> None:
    assert texts("<cat> sat. <dog> did not.") == {"The cat sat. The dog did not."}


def test_what_fills_a_slot_may_hold_slots() -> None:
    fillings = {"when": "on <day>", "day": "Monday"}
    assert expand("It broke <when>.", np.random.default_rng(0), fillings.__getitem__) == "It broke on Monday."
