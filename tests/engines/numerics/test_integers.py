import numpy as np

from clearspan.engines.numerics.integers import distinct, distinct_and_place


def test_each_value_is_given_once_and_in_order() -> None:
    assert distinct(np.array([3, 1, 3, -2])).tolist() == [-2, 1, 3]


def test_places_lead_back_to_the_values() -> None:
    values = np.array([5, 5, 0, 9, 0])
    found, place = distinct_and_place(values)
    assert found[place].tolist() == values.tolist()


def test_nothing_has_no_values() -> None:
    assert distinct(np.array([], dtype=np.int64)).tolist() == []
    assert distinct_and_place(np.array([], dtype=np.int64))[1].tolist() == []
