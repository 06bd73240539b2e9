"""Texts by what their words mean: the model that ships with the package, and how it reads."""

from __future__ import annotations

import numpy as np
import pytest

from clearspan.engines.themes import Gathering, meaning, packed, read_by, study, titled, unpacked
from clearspan.engines.themes.meaning import static
from clearspan.engines.themes.pieces import Pieces, split

READ = {  # by the reference tokenizer of all-MiniLM-L6-v2
    "Don't re-book berths twice, please!": "don ' t re - book berth ##s twice , please !",
    "Café naïve İstanbul ΑΣΣ": "cafe naive istanbul α ##σ ##σ",
    "中文 and x²": "中 文 and x ##²",
    "zero\u200bwidth soft\u00adhyphen": "zero ##wi ##dt ##h soft ##hy ##ph ##en",
    "untokenizable words": "unto ##ken ##iza ##ble words",
    "“Quoted” €5.20 – ok…": "“ quoted ” € ##5 . 20 – ok …",
    "a" * 101 + " b": "b",
    "tab\tand\r\nline\x0bfeed": "tab and line ##fe ##ed",
}


@pytest.mark.parametrize(("text", "pieces"), READ.items())
def test_a_text_is_cut_as_the_reference_cuts_it(text: str, pieces: str) -> None:
    names = static().pieces
    assert " ".join(names[number] for number in Pieces({name: i for i, name in enumerate(names)}).of(text)) == pieces


def test_what_has_no_piece_is_left_out() -> None:
    assert Pieces({"berth": 0, "##s": 1}).of("Berths unknown berth") == [0, 1, 0]
    assert split("") == []


def test_words_of_one_meaning_are_near_before_any_text_was_seen() -> None:
    bill, invoice, crane = static().vectors(["the bill is wrong", "a mistake in my invoice", "the crane lifts boats"])
    assert bill @ invoice > bill @ crane + 0.2


def test_what_all_texts_have_in_common_tells_none_apart() -> None:
    texts = ["our harbour lost the invoice", "our harbour lost the anchor", "our harbour lost the tide table"]
    _, rows = meaning(texts)
    assert np.abs(rows.sum(axis=0)).max() < 0.5
    assert max(float(rows[i] @ rows[j]) for i in range(3) for j in range(i)) < 0


def test_a_text_without_a_word_is_nowhere() -> None:
    learnt, rows = meaning(["a berth", "", "\u0000"])
    assert not rows[1:].any()
    assert not learnt.vectors([""]).any()


def test_themes_are_found_across_words_for_the_same_thing() -> None:
    texts = [
        "The invoice is wrong",
        "My bill has a mistake",
        "Too much was charged",
        "Show the tide",
        "High water times",
    ]
    assert study(texts, themes=2).theme.tolist() == [0, 0, 0, 1, 1]


def test_another_way_of_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="expected meaning or words"):
        read_by("guessing", [], np.random.default_rng(0))


def test_what_is_kept_at_a_byte_a_dimension_gives_the_same_cosines_to_a_hundredth() -> None:
    rows = static().vectors([f"{what} {where}" for what in ("berth", "bill", "crane") for where in ("pier", "harbour")])
    kept = unpacked(b"".join(packed(rows)))
    assert kept.shape == rows.shape
    assert np.abs(kept @ kept.T - rows @ rows.T).max() < 0.01


def test_a_title_counts_more_than_the_text_under_it() -> None:
    bill, crane = static().vectors(["a bill", "a crane"])
    (both,) = titled(["a bill"], ["a crane"])
    assert both @ bill > both @ crane > 0


def test_likeness_leaves_out_what_all_rows_have_in_common() -> None:
    rows = static().vectors([f"the harbour office wants a {what}" for what in ("bill", "crane", "map", "boat") * 30])
    near = Gathering.of(rows).alike(static().vectors(["the harbour office wants an invoice"])[0])
    assert near[0] > 0.3 > near[1], "the bill is meant, and what is said around it means nothing"
    away = rows - rows.mean(axis=0) * (120 / 170)
    query = static().vectors(["the harbour office wants an invoice"])[0] - rows.mean(axis=0) * (120 / 170)
    exact = away @ query / np.linalg.norm(away, axis=1) / np.linalg.norm(query)
    assert np.allclose(near, exact, atol=1e-4)


def test_like_no_rows_at_all_is_nothing() -> None:
    assert len(Gathering.of(np.zeros((0, static().dimensions), np.float32)).alike(static().vectors(["a bill"])[0])) == 0
