from clearspan.engines.demand import exposure
from clearspan.engines.demand.tally import NOBODY, SAID_NO, SAID_YES, tally, unprompted
from tests.engines.demand.build import accounts, evidence

ONE = accounts([0])
TWO = accounts([0, 0])


def test_an_occasion_on_which_nothing_known_was_said_counts_as_one() -> None:
    said = evidence([(0, 0, 1, 0, 0, 1), (0, 1, 2, 0, None, 1), (0, 2, 3, 0, None, 1)])
    pair = tally(said, exposure(said, ONE))
    assert (pair.n.tolist(), pair.y.tolist()) == ([3], [1])


def test_relayed_copies_of_an_occasion_are_one() -> None:
    said = evidence([(0, 0, 1, 0, 0, 1), (0, 0, 2, 0, 0, 1), (0, 0, 9, 0, 0, 1)])
    pair = tally(said, exposure(said, ONE))
    assert (pair.n.tolist(), pair.y.tolist(), pair.mentions.tolist()) == ([1], [1], [1])


def test_two_needs_on_one_occasion_are_one_chance_for_each() -> None:
    said = evidence([(0, 0, 1, 0, 0, 1), (0, 0, 1, 0, 1, 1)], opportunities=2)
    pair = tally(said, exposure(said, ONE))
    assert (pair.opportunity.tolist(), pair.n.tolist(), pair.y.tolist()) == ([0, 1], [1, 1], [1, 1])


def test_the_founder_is_the_first_to_mention_it_by_date() -> None:
    said = evidence([(0, 0, 5, 0, 0, 1), (1, 1, 3, 0, 0, 1)])
    assert tally(said, exposure(said, TWO)).founder.tolist() == [1]


def test_of_two_founders_on_one_day_the_first_in_the_file_is_it() -> None:
    said = evidence([(1, 1, 3, 0, 0, 1), (0, 0, 3, 0, 0, 1)])
    assert tally(said, exposure(said, TWO)).founder.tolist() == [1]


def test_who_only_answered_our_question_founded_nothing() -> None:
    said = evidence([(0, 0, 5, 1, 0, 1)])
    assert tally(said, exposure(said, ONE)).founder.tolist() == [NOBODY]


def test_answering_our_question_was_no_chance_to_raise_something_else() -> None:
    said = evidence([(0, 0, 1, 1, 0, 1), (0, 1, 2, 0, None, 1)])
    assert exposure(said, ONE).occasions.tolist() == [1]


def test_an_occasion_on_which_it_was_asked_and_other_things_raised_is_no_chance_for_it() -> None:
    said = evidence([(0, 0, 1, 1, 0, 0), (0, 0, 1, 0, 1, 1), (0, 1, 2, 0, None, 1)], opportunities=2)
    pair = tally(said, exposure(said, ONE))
    assert dict(zip(pair.opportunity.tolist(), pair.n.tolist(), strict=True)) == {0: 1, 1: 2}


def test_the_latest_answer_counts() -> None:
    said = evidence([(0, 1, 9, 1, 0, 0), (0, 0, 2, 1, 0, 1), (1, 2, 3, 1, 0, 1)])
    assert tally(said, exposure(said, TWO)).asked.tolist() == [SAID_NO, SAID_YES]


def test_a_no_is_not_a_mention() -> None:
    said = evidence([(0, 0, 1, 1, 0, 0)])
    assert tally(said, exposure(said, ONE)).mentions.tolist() == [0]


def test_without_our_questions_only_what_was_raised_unasked_is_left() -> None:
    said = evidence([(0, 0, 1, 1, 0, 1), (1, 1, 2, 0, 0, 1)])
    left = unprompted(tally(said, exposure(said, TWO)))
    assert (left.account.tolist(), left.y.tolist()) == ([1], [1])


def test_thirty_times_about_one_thing_are_not_thirty_chances_for_another() -> None:
    rows = [(0, time, time, 0, 0, 1) for time in range(30)] + [(0, 30, 30, 0, 1, 1), (0, 31, 31, 0, None, 1)]
    said = evidence(rows, opportunities=2)
    pair = tally(said, exposure(said, ONE))
    assert dict(zip(pair.opportunity.tolist(), pair.n.tolist(), strict=True)) == {0: 32, 1: 5}


def test_a_frequent_speaker_who_speaks_of_many_things_repeats_nothing() -> None:
    rows = [(0, time, time, 0, time % 5, 1) for time in range(40)]
    assert exposure(evidence(rows, opportunities=5), ONE).occasions.tolist() == [40]
