"""What differs between two versions, to the word."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clearspan.stages.definition.comparing import compare, pieces
from clearspan.stages.definition.content import Clause, Content, Stone

NEED = Stone("OP-1", "“Know who lies where”", "a market need")
MAP = Clause("RQ-1", "Every berth shows its boat", "On one page.", "must", ("Within a minute",), (NEED,))
TIDE = Clause("RQ-2", "It knows the tide", "", "should", (), ())
FIRST = Content(title="Berth map", problem="Nobody knows who lies where.", requirements=(MAP, TIDE))


def test_the_same_is_no_change() -> None:
    assert not compare(FIRST, FIRST)


def test_words_that_went_out_and_came_in_are_told_apart() -> None:
    found = [(one.kind, one.text) for one in pieces("Nobody knows who lies where.", "Nobody sees who lies where.")]
    assert found == [("same", "Nobody "), ("out", "knows "), ("in", "sees "), ("same", "who lies where.")]


@given(st.text(), st.text())
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(one.text for one in found if one.kind != "out") == new
    assert [w for one in found if one.kind != "in" for w in one.text.split()] == old.split()


def test_requirements_that_came_went_and_changed_are_each_named() -> None:
    prints = Clause("RQ-3", "It prints", "", "could", (), ())
    after = replace(FIRST, requirements=(replace(MAP, weight="should", criteria=("At once",)), prints))
    found = compare(FIRST, after)
    assert [(one.what, one.clause.ref) for one in found.clauses] == [
        ("changed", "RQ-1"), ("added", "RQ-3"), ("dropped", "RQ-2"),
    ]  # fmt: skip
    assert (found.clauses[0].criteria_in, found.clauses[0].criteria_out) == (("At once",), ("Within a minute",))
    assert found.words == "1\u00a0requirement changed, 1 came in, 1 was dropped"


def test_a_requirement_whose_ground_was_taken_away_lost_its_evidence() -> None:
    found = compare(FIRST, replace(FIRST, requirements=(replace(MAP, grounds=()), TIDE)))
    assert [one.clause.ref for one in found.lost] == ["RQ-1"]
    assert "1 lost its evidence" in found.words


def test_one_that_still_stands_on_something_else_did_not_lose_it() -> None:
    other = Stone("FB-2", "What Northmole Marina said", "call, 1 Feb 2026")
    found = compare(FIRST, replace(FIRST, requirements=(replace(MAP, grounds=(other,)), TIDE)))
    assert found.clauses[0].grounds_out == (NEED,)
    assert not found.lost


def test_one_that_never_stood_on_anything_has_lost_nothing() -> None:
    assert not compare(FIRST, replace(FIRST, requirements=(MAP, replace(TIDE, text="To the minute.")))).lost


def test_what_studies_say_meanwhile_is_no_change_of_the_definition() -> None:
    later = replace(NEED, says="a segment need", title="“Who lies where”")
    assert not compare(FIRST, replace(FIRST, requirements=(replace(MAP, grounds=(later,)), TIDE)))


def test_another_order_is_said() -> None:
    found = compare(FIRST, replace(FIRST, requirements=(TIDE, MAP)))
    assert found.reordered and not found.clauses
    assert found.words == "The order changed"


def test_criteria_in_another_order_are_shown() -> None:
    two = replace(MAP, criteria=("Within a minute", "At night too"))
    found = compare(
        replace(FIRST, requirements=(two,)), replace(FIRST, requirements=(replace(two, criteria=two.criteria[::-1]),))
    )
    assert [one.label for one in found.clauses[0].reworded] == ["Accepted when"]


def test_numbers_and_dates_of_the_measure_are_facts() -> None:
    found = compare(FIRST, replace(FIRST, target=40.0, measured_by=date(2026, 12, 31)))
    assert [one.label for one in found.texts] == ["Target", "Measured by"]
    assert found.words == "Target and Measured by read differently"


def test_a_version_is_read_back_as_it_was_kept() -> None:
    whole = replace(FIRST, target=40.0, measured_by=date(2026, 12, 31))
    assert Content.from_json(whole.to_json()) == whole
    assert Content.from_json({}) == Content()


def test_the_longest_texts_of_one_word_are_compared_at_once() -> None:
    before = time.process_time()
    pieces("so " * 6_600, "so " * 6_500 + "it is")
    assert time.process_time() - before < 5  # it would be minutes if every word were held against every other
