"""What the sample's people say reads as though people had said it."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from clearspan.interfaces.sample.content import voices
from tests.interfaces.sample.conftest import TODAY, Drawn, draw


def test_the_same_seed_gives_the_same_words(small: None) -> None:
    assert draw().pieces == draw().pieces


def test_another_seed_gives_other_words(small: None, drawn: Drawn) -> None:
    same = {piece.text for piece in draw(seed=2).pieces} & {piece.text for piece in drawn.pieces}
    assert all(len(text) < 200 for text in same)


def test_six_thousand_pieces_are_heard_over_two_years_up_to_yesterday(drawn: Drawn) -> None:
    days = [(TODAY - piece.said_at.date()).days for piece in drawn.pieces]
    assert len(days) == 6000
    assert min(days) == 1
    assert 700 < max(days) <= 733


def test_six_hundred_of_the_newest_wait_unsorted(drawn: Drawn) -> None:
    waiting = [piece for piece in drawn.pieces if piece.state == "new"]
    assert len(waiting) == 600
    assert max((TODAY - piece.said_at.date()).days for piece in waiting) < 90


def test_two_thirds_speak_of_a_need_and_are_sorted(drawn: Drawn) -> None:
    linked = [piece for piece in drawn.pieces if piece.state == "sorted" and piece.mentions]
    assert 0.6 < len(linked) / len(drawn.pieces) < 0.75


def test_nothing_is_left_of_the_patterns(drawn: Drawn) -> None:
    for piece in drawn.pieces:
        assert not re.search(r"[\[\]{}<>|]|  ", piece.title + piece.text), piece.text


def test_no_text_is_empty_and_lengths_vary(drawn: Drawn) -> None:
    lengths = np.array([len(piece.text.strip()) for piece in drawn.pieces])
    assert lengths.min() > 2
    assert np.quantile(lengths, 0.05) < 80
    assert np.quantile(lengths, 0.95) > 400


def test_a_quote_stands_word_for_word_in_its_text(drawn: Drawn) -> None:
    assert all(quote and quote in piece.text for piece in drawn.pieces for _, quote in piece.mentions)


def test_longer_texts_are_all_different(drawn: Drawn) -> None:
    texts = Counter(piece.text for piece in drawn.pieces if len(piece.text) > 140 and not piece.prompted)
    assert max(texts.values()) == 1


def test_no_sentence_is_heard_all_the_time(drawn: Drawn) -> None:
    sentences = Counter(
        sentence
        for piece in drawn.pieces
        for sentence in {part.strip() for part in re.split(r"(?<=[.?!”])\s", piece.text)}
        if len(sentence) > 45
    )
    assert sentences.most_common(1)[0][1] < 0.02 * len(drawn.pieces)


def test_every_voice_speaks(drawn: Drawn) -> None:
    heard = {drawn.parties[piece.account].people[piece.person].voice.key for piece in drawn.pieces}
    assert heard == {voice.key for voice in voices()}


def test_some_say_the_same_again_and_sales_repeats_them(drawn: Drawn) -> None:
    copies = [piece for piece in drawn.pieces if piece.state == "copy"]
    assert len(copies) > 100
    assert {piece.relayed for piece in copies} == {True, False}
    assert all(drawn.pieces[copy.copy_of].text in copy.text for copy in copies)
    assert all(drawn.pieces[copy.copy_of].said_at < copy.said_at for copy in copies)


def test_slips_of_the_finger_are_rare_but_there(drawn: Drawn) -> None:
    """A word that only one text knows, and of whose letters another word is made."""
    known = Counter(word for piece in drawn.pieces for word in set(re.findall(r"\b[a-z]{6,}\b", piece.text)))
    letters = {"".join(sorted(word)) for word, times in known.items() if times > 5}
    slips = [word for word, times in known.items() if times == 1 and "".join(sorted(word)) in letters]
    assert 15 < len(slips) < 200
