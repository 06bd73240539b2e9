"""Rows of texts by their words and by what they mean."""

from __future__ import annotations

import numpy as np

from clearspan.engines.themes.reading import MEANT, Rows, read

TEXTS = ["The tide table is wrong", "Invoices come late by mail", "A berth was booked twice", "Qzxv", ""]


def dense(rows: Rows) -> np.ndarray:
    return np.concatenate([rows.words.toarray(), rows.meant], axis=1)


def test_a_text_is_of_length_one_however_it_is_known() -> None:
    _, rows = read(TEXTS, [], "meaning")
    assert np.allclose(rows.squares()[:4], 1, atol=1e-5)
    assert rows.squares()[4] == 0


def test_meaning_has_its_share_of_a_cosine() -> None:
    _, rows = read(TEXTS, [], "meaning")
    assert np.isclose((rows.meant[0] ** 2).sum(), MEANT, atol=1e-5)


def test_read_again_a_text_is_the_same_row() -> None:
    for by in ("meaning", "words"):
        reader, rows = read(TEXTS, [], by)
        assert np.allclose(dense(reader.rows(TEXTS)), dense(rows), atol=1e-6)


def test_products_and_sums_are_those_of_one_matrix() -> None:
    _, rows = read(TEXTS, [], "meaning")
    matrix, rng = dense(rows), np.random.default_rng(0)
    weights, each, group = rng.normal(size=(matrix.shape[1], 3)), rng.normal(size=(5, 2)), np.array([0, 1, 0, 1, 2])
    assert np.allclose(rows @ weights, matrix @ weights)
    assert np.allclose(rows.along(each), matrix.T @ each)
    assert np.allclose(rows.summed(group, 3), np.array([matrix[group == k].sum(axis=0) for k in range(3)]), atol=1e-6)
    assert np.allclose(dense(rows.beside(rows[np.array([2])])), np.vstack([matrix, matrix[2:3]]))
