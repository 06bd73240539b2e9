"""The first line of a page is right in singular, plural and at nothing."""

from __future__ import annotations

import pytest

from clearspan.core.lists import Count
from clearspan.stages.evidence import words
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.queries.heard import Filters
from clearspan.stages.evidence.queries.interviews import Asked


@pytest.mark.parametrize(
    ("waiting", "fresh", "line"),
    [
        (Count(0), Count(0), "Everything that was heard is sorted."),
        (Count(1), Count(0), "One thing waits to be read."),
        (Count(1), Count(1), "One thing waits to be read; it was said this week."),
        (Count(5), Count(5), "5 things wait to be read, all said this week."),
        (Count(5), Count(0), "5 things wait to be read, none of them said this week."),
        (Count(10_000, True), Count(1_284), "10,000+ things wait to be read, 1,284 of them said this week."),
    ],
)
def test_the_inbox_says_what_waits(waiting: Count, fresh: Count, line: str) -> None:
    assert words.of_inbox(waiting, fresh) == line


@pytest.mark.parametrize(
    ("filters", "found", "line"),
    [
        (Filters(), Count(0), "Nothing has been heard about Tideline yet."),
        (Filters(), Count(1), "1 piece of feedback was heard about Tideline."),
        (Filters(), Count(10_000, True), "10,000+ pieces of feedback were heard about Tideline."),
        (Filters(q="tide"), Count(1), "1 piece of feedback mentions “tide”."),
        (Filters(q="tide"), Count(0), "Nothing that was heard mentions “tide”."),
        (Filters(state="new", q="tide"), Count(3), "3 pieces of feedback are unsorted and mention “tide”."),
        (Filters(state="copy"), Count(2), "2 pieces of feedback are copies."),
        (Filters(channel="call"), Count(2), "2 pieces of feedback fit these filters."),
        (Filters(state="new", account="gull"), Count(1), "1 piece of feedback is unsorted and fits these filters."),
    ],
)
def test_a_list_says_what_was_found(filters: Filters, found: Count, line: str) -> None:
    assert words.of_list("Tideline", filters, found).replace("\u00a0", " ") == line


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (Asked(0, 0, ["Marinas"]), "Nobody has been interviewed about Tideline yet."),
        (Asked(1, 1, []), "One interview was held in the last thirty days; every segment was asked."),
        (Asked(9, 0, ["Ports"]), "9 interviews were held, none in the last thirty days; nobody asked Ports yet."),
        (
            Asked(9, 2, ["Ports", "Clubs", "Yards"]),
            "9 interviews were held, 2 in the last thirty days; nobody asked Ports, Clubs and Yards yet.",
        ),
    ],
)
def test_interviews_say_whom_nobody_asked(asked: Asked, line: str) -> None:
    assert words.of_interviews("Tideline", asked) == line


@pytest.mark.parametrize(
    ("known", "lately", "line"),
    [
        (Count(0), Count(0), "Nothing is written down about this market yet."),
        (Count(1), Count(1), "One thing is known of the market, seen in the last thirty days."),
        (Count(12), Count(0), "12 things are known of the market, none of them seen in the last thirty days."),
    ],
)
def test_intelligence_says_what_is_new(known: Count, lately: Count, line: str) -> None:
    assert words.of_intelligence(known, lately) == line


def test_a_piece_says_its_first_sentence_and_whose_it_is() -> None:
    assert words.of_feedback(Feedback(text="It is late. And slow.", author="Ben")) == "Ben: “It is late.”"
    assert words.of_feedback(Feedback(text="It is late. And slow.", title="Late")) == "Somebody: “Late”"
