import numpy as np
import pytest

from clearspan.engines.demand.verdict import MARKET, SINGLE_CUSTOMER, TOO_LITTLE, VERDICTS, decide, label, probabilities


@pytest.mark.parametrize(
    ("segments", "labels"),
    [
        (1, ["single_customer", "market"]),
        (2, ["single_customer", "segment", "market"]),
        (4, ["single_customer", "segment", "segment", "market", "market"]),
        (5, ["single_customer", "segment", "segment", "market", "market", "market"]),
    ],
)
def test_more_than_half_of_the_segments_are_the_market(segments: int, labels: list[str]) -> None:
    assert [VERDICTS[i] for i in label(np.arange(segments + 1), segments)] == labels


def test_probabilities_of_the_verdicts_add_up_those_of_the_segments_reached() -> None:
    reach = np.array([[0.1, 0.2, 0.3, 0.4]])
    assert probabilities(reach)[0] == pytest.approx([0.7, 0.2, 0.1])


def test_the_most_probable_verdict_is_given() -> None:
    assert decide([0.7, 0.2, 0.1], 0.6) == (MARKET, 0.7)
    assert decide([0.0, 0.4, 0.6], 0.6) == (SINGLE_CUSTOMER, 0.6)


def test_no_verdict_is_given_when_none_is_sure_enough() -> None:
    assert decide([0.59, 0.31, 0.1], 0.6) == (TOO_LITTLE, 0.59)
