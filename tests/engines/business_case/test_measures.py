from __future__ import annotations

import numpy as np
import pytest

from clearspan.engines.business_case import measures


def flows(*streams: list[float]) -> np.ndarray:
    return np.array(streams, dtype=float).T


def test_one_outlay_and_one_return_give_the_rate_between_them() -> None:
    rates, count = measures.irr(flows([-100, 0, 121]), 1)
    assert count.tolist() == [1]
    assert rates == pytest.approx([0.1])


def test_rates_are_a_years_whatever_the_period() -> None:
    rates, _ = measures.irr(flows([-100, 0, 0, 0, 110]), 4)
    assert rates == pytest.approx([0.1])


def test_rates_are_found_far_down_and_far_up() -> None:
    rates, _ = measures.irr(flows([-100, 5], [-100, 900]), 1)
    assert rates == pytest.approx([-0.95, 8.0])


def test_flows_of_one_sign_have_no_rate() -> None:
    rates, count = measures.irr(flows([-1, -2], [1, 2], [0, 0]), 1)
    assert count.tolist() == [0, 0, 0]
    assert np.isnan(rates).all()


def test_several_rates_are_counted_and_none_is_given() -> None:
    """-100 + 230 v - 132 v^2 is 0 at 10 % and at 20 %."""
    rates, count = measures.irr(flows([-100, 230, -132]), 1)
    assert count.tolist() == [2]
    assert np.isnan(rates).all()


def test_a_rate_makes_the_flows_worth_nothing() -> None:
    rng = np.random.default_rng(0)
    streams = np.concatenate([-rng.uniform(50, 200, (1, 500)), rng.normal(10, 8, (24, 500))])
    rates, count = measures.irr(streams, 4)
    single = count == 1
    assert single.sum() > 300
    worth = (streams[:, single] * (1 + rates[single]) ** (-np.arange(25)[:, None] / 4)).sum(axis=0)
    assert worth == pytest.approx(0, abs=1e-6)


def test_rates_over_many_years_do_not_overflow() -> None:
    stream = np.full((601, 1), 1.0)
    stream[0] = -20.0
    rates, _ = measures.irr(stream, 1)
    assert rates == pytest.approx([0.05], abs=1e-9)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ([-100, 40, 40, 40], 3),
        ([-100, 50, 50, 0], 2),
        ([10, -100, 60, 60], 3),
        ([-100, 120, -50, 50], 1),
        ([-100, 30, 30, 30], np.inf),
        ([5, 5, 5, 5], 0),
        ([-0.3, 0.1, 0.1, 0.1], 3),
    ],
)
def test_payback_is_the_first_return_to_nought(stream: list[float], expected: float) -> None:
    assert measures.payback(measures.cumulated(flows(stream))).tolist() == [expected]


def test_peak_funding_is_the_deepest_point_and_positive() -> None:
    total = measures.cumulated(flows([-100, -50, 200], [10, 20, 30]))
    assert measures.peak_funding(total).tolist() == [150, 0]
