from __future__ import annotations

import numpy as np
import pytest

from clearspan.engines.business_case import fit_bass
from clearspan.engines.business_case.adoption import bass_shares


def test_the_curve_is_the_one_bass_gave() -> None:
    p, q, t = 0.03, 0.4, np.arange(9) / 4
    closed = (1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t))
    assert bass_shares(np.array([p]), np.array([q]), 8, 0.25)[:, 0] == pytest.approx(closed)


def test_it_ends_at_the_whole_market() -> None:
    assert bass_shares(np.array([0.05]), np.array([0.5]), 400, 0.25)[-1, 0] == pytest.approx(1)


def test_the_sales_of_video_recorders_give_the_published_fit() -> None:
    fit = fit_bass(np.array([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]))
    assert fit.m == pytest.approx(68_000, rel=0.001)
    assert (fit.p, fit.q) == pytest.approx((0.00659, 0.638), rel=0.001)
    assert (fit.m_error, fit.p_error, fit.q_error) == pytest.approx((3_130, 0.00143, 0.0414), rel=0.002)


@pytest.mark.parametrize("sales", [[1, 2, 3], [0, 0, 0, 0, 0], [1, 2, 3, 4, float("nan")]])
def test_sales_that_say_nothing_are_refused(sales: list[float]) -> None:
    with pytest.raises(ValueError, match="five or more"):
        fit_bass(np.array(sales))
