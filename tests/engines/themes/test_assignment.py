"""Which known need does a text speak of?"""

from __future__ import annotations

import numpy as np

from clearspan.engines.themes import Assigner, learn

NEEDS = ["Book a berth once", "See the tide at my mooring", "Get invoices by mail"]
SAID = {
    0: "berth booked twice double booking clash harbour",
    1: "tide table mooring water level times",
    2: "invoice bill mail monthly paper accounts",
}


def links(each: int, seed: int = 0) -> tuple[list[str], np.ndarray]:
    """Texts of four words about each need, and the pairs of text and need."""
    rng = np.random.default_rng(seed)
    pairs = [(i, i % 3) for i in range(3 * each)]
    return [" ".join(rng.choice(SAID[need].split(), 4)) for _, need in pairs], np.array(pairs)


NONE = np.zeros((0, 2), dtype=np.int64)


def test_a_need_nobody_linked_to_is_found_by_its_own_words() -> None:
    found = learn(NEEDS, [], NONE).suggest(["Where is the tide table?"])
    assert found[0][0].need == 1


def test_links_teach_words_the_need_does_not_have() -> None:
    texts, pairs = links(10)
    assert learn(NEEDS, texts, pairs).suggest(["clash double harbour booked"])[0][0].need == 0


def test_a_text_like_none_of_the_needs_is_left_alone() -> None:
    texts, pairs = links(10)
    assert learn(NEEDS, texts, pairs).suggest(["Lovely weather, thank you"]) == [[]]


def test_it_assigns_nothing_before_its_precision_is_known() -> None:
    texts, pairs = links(4)
    learnt = learn(NEEDS, texts, pairs)
    assert learnt.precision is None
    assert learnt.assign(["tide table"]) == [-1]


def test_the_precision_it_states_is_counted_on_links_it_was_not_taught() -> None:
    texts, pairs = links(60)
    learnt = learn(NEEDS, texts, pairs)
    assert learnt.precision is not None
    assert learnt.precision.share >= 0.8
    assert learnt.precision.judged <= 18  # half of a fifth of the links: the other half chose the level
    assert learnt.assign(["mooring tide level", "Lovely weather"]) == [1, -1]


def test_links_made_at_random_leave_it_unsure() -> None:
    rng = np.random.default_rng(0)
    texts, pairs = links(60)
    pairs[:, 1] = rng.integers(0, 3, len(pairs))
    learnt = learn(NEEDS, texts, pairs)
    assert learnt.precision is not None
    assert learnt.precision.share < 0.7
    assert learnt.assign(["tide table mooring"]) == [-1]


def test_what_was_learnt_is_kept_and_read_again() -> None:
    texts, pairs = links(30)
    learnt = learn(NEEDS, texts, pairs)
    again = Assigner.from_arrays(learnt.to_arrays())
    one, two = (a.suggest(["tide at the mooring"])[0] for a in (learnt, again))
    assert [s.need for s in one] == [s.need for s in two]
    assert np.allclose([s.chance for s in one], [s.chance for s in two], atol=0.01)
    assert again.precision == learnt.precision


def test_without_needs_there_is_nothing_to_suggest() -> None:
    assert learn([], ["tide"], NONE).suggest(["tide"]) == [[]]


def test_a_text_with_none_of_a_needs_words_is_known_by_what_it_means() -> None:
    said = ["Where do receipts arrive?"]
    assert learn(NEEDS, [], NONE).suggest(said)[0][0].need == 2
    assert learn(NEEDS, [], NONE, by="words").suggest(said) == [[]]


def test_two_words_in_their_order_tell_needs_apart_that_have_the_same_words() -> None:
    texts = ["boat before tide", "tide before boat"] * 20
    learnt = learn(["First", "Second"], texts, np.array([(i, i % 2) for i in range(40)]))
    assert [found[0].need for found in learnt.suggest(texts[:2])] == [0, 1]


def test_what_was_learnt_by_words_is_read_again_by_words() -> None:
    texts, pairs = links(10)
    again = Assigner.from_arrays(learn(NEEDS, texts, pairs, by="words").to_arrays())
    assert again.reader.meaning is None
    assert again.suggest(["clash double harbour booked"])[0][0].need == 0
