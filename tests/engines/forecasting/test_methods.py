import numpy as np
import pytest

from clearspan.engines.forecasting.methods import Median
from tests.engines.forecasting.build import quarters


@pytest.mark.parametrize(
    ("ets", "arima", "name"),
    [
        (("MAM", True), None, "median of ETS(M,Ad,M), theta and CES"),
        (("ANN", False), None, "median of ETS(A,N,N), theta and CES"),
        (None, None, "median of theta and CES"),
        (
            ("ANN", False),
            {"order": (1, 1, 0), "seasonal_order": (0, 1, 1)},
            "median of ETS(A,N,N), theta, CES and ARIMA(1,1,0)(0,1,1)",
        ),
        (
            ("ANN", False),
            {"order": (0, 1, 0), "seasonal_order": (0, 0, 0)},
            "median of ETS(A,N,N), theta, CES and ARIMA(0,1,0)",
        ),
    ],
)
def test_a_median_is_called_by_the_forms_in_it(ets, arima, name) -> None:
    assert Median(4, ets, arima).name == name


def test_the_form_that_was_chosen_is_kept_on_a_shorter_past() -> None:
    values = quarters(32, noise=0.02)
    method = Median.chosen(values, 4, arima=False)
    assert method.ets is not None
    assert method.ets[0][2] != "N"
    assert method(values[:-8], 8).mean == pytest.approx(values[-8:], rel=0.1)


def test_a_past_that_stood_still_goes_on_standing() -> None:
    assert Median(1, ("AAN", False))(np.full(12, 3.0), 2).mean.tolist() == [3.0, 3.0]


def test_a_method_that_finds_no_fit_leaves_the_answer_to_the_others() -> None:
    values = quarters(9, noise=0.02)
    few = Median(4, ("MAM", True))(values, 2)
    assert few.mean.tolist() == Median(4, None)(values, 2).mean.tolist()
