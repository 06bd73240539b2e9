"""Themes: groups, labels, duplicates, nearest."""

from __future__ import annotations

import numpy as np

from clearspan.engines.themes import duplicates, kmeans, label, nearest, space, study
from clearspan.engines.themes.clusters import choose_count
from clearspan.engines.themes.words import fold, subjects

EXPORT = (
    "Export the berth list to a spreadsheet",
    "The spreadsheet export of berths is broken",
    "Can the berth export go to a spreadsheet",
)
TIDE = (
    "Show the tide table beside each mooring",
    "Mooring page needs tide times",
    "Tide times at our mooring are missing",
)
INVOICE = ("Send the invoice by mail", "Invoices should be mailed monthly", "Mail me each invoice as it is made")
TEXTS = [*EXPORT, *TIDE, *INVOICE] * 3
TRUTH = np.repeat([0, 1, 2], 3).tolist() * 3


def test_texts_with_a_subject_in_common_are_one_theme() -> None:
    found = study(TEXTS, themes=3).theme
    assert all((found[i] == found[j]) == (TRUTH[i] == TRUTH[j]) for i in range(len(TEXTS)) for j in range(i))


def test_equal_seeds_give_equal_digits() -> None:
    one, two = study(TEXTS, seed=7), study(TEXTS, seed=7)
    assert one.to_dict([str(i) for i in range(len(TEXTS))], TEXTS) == two.to_dict(
        [str(i) for i in range(len(TEXTS))], TEXTS
    )


def test_the_number_of_themes_is_found_where_they_stand_apart() -> None:
    assert 2 <= len(study(TEXTS).themes) <= 5


def test_a_text_without_a_subject_is_in_no_theme() -> None:
    result = study([*TEXTS, "and so it is", ""], themes=3)
    assert result.theme[-2:].tolist() == [-1, -1]
    assert sum(theme.size for theme in result.themes) == len(TEXTS)


def test_no_text_gives_no_theme() -> None:
    assert study([]).themes == ()
    assert study(["of the"]).themes == ()


def test_labels_are_phrases_of_the_texts() -> None:
    texts = ["Please show the tide table", "A tide table would help", "Where is the tide table?", "Mail the invoice"]
    names = label(texts, np.array([0, 0, 0, 1]), 2)
    assert names[0].label == "Tide table"
    assert "tide table" in names[0].keywords


def test_what_is_said_again_is_found_and_what_shares_words_is_not() -> None:
    said = "The berth map does not load on my phone when I stand at the far end of the pier and it rains"
    turned = " ".join(reversed(said.split()))
    texts = [said, f"{said} today", turned, "Something else entirely"]
    assert [(pair.first, pair.second) for pair in duplicates(texts)] == [(0, 1)]


def test_the_nearest_texts_come_first() -> None:
    learnt, rows = space(TEXTS, np.random.default_rng(0))
    places, near = nearest(rows, learnt.vectors(["tide at the mooring"])[0], 9)
    assert {TRUTH[i] for i in places.tolist()} == {1}
    assert near.tolist() == sorted(near.tolist(), reverse=True)


def test_groups_that_run_empty_are_left_out() -> None:
    rows = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
    found = kmeans(rows, 8, np.random.default_rng(0))
    assert found.count == 3
    assert np.allclose(found.similarity, 1)


def test_forms_of_a_word_are_one_word() -> None:
    assert [fold(word) for word in ("Berths", "berth's", "berth", "Companies", "class", "gas")] == [
        "berth", "berth", "berth", "company", "class", "gas",
    ]  # fmt: skip
    assert subjects("How do I move the berths?") == ["move", "berth"]


def test_themes_that_lie_in_two_halves_are_not_taken_for_two() -> None:
    rng = np.random.default_rng(3)
    halves, groups = rng.normal(size=(2, 40)), rng.normal(size=(16, 40))
    at = np.arange(640) % 16
    rows = 1.5 * halves[at % 2] + groups[at] + 0.6 * rng.normal(size=(640, 40))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    assert choose_count(rows, rng) > 10
