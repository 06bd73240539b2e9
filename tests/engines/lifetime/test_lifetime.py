"""Who still buys: held to the published example, closed forms, simulated customers, and its own sums."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from clearspan.engines.lifetime import (
    BgNbd,
    Customers,
    GammaGamma,
    NoFit,
    Settings,
    cohorts,
    fit,
    fit_spend,
    study,
    summarised,
)

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)  # of CDNOW's buyers, Fader, Hardie and Lee 2005, table 2


def one(frequency: float, recency: float, observed: float) -> Customers:
    return Customers(np.array([frequency]), np.array([recency]), np.array([observed]))


def simulated(model: BgNbd, count: int, observed: float, seed: int = 5) -> Customers:
    """Customers who do what the model says, one purchase after the other."""
    rng = np.random.default_rng(seed)
    rows = []
    for rate, leaves in zip(rng.gamma(model.r, 1 / model.alpha, count), rng.beta(model.a, model.b, count), strict=True):
        frequency, last, now = 0, 0.0, rng.exponential(1 / rate)
        while now < observed:
            frequency, last = frequency + 1, now
            if rng.random() < leaves:
                break
            now += rng.exponential(1 / rate)
        rows.append((frequency, last, observed))
    return Customers(*np.array(rows).T)


def test_the_papers_own_customer_is_expected_to_buy_1_226_times() -> None:
    """Two repeat purchases, the last after 30.43 of 38.86 weeks; 39 weeks ahead."""
    assert PUBLISHED.purchases(one(2, 30.43, 38.86), 39)[0] == pytest.approx(1.226, abs=0.0005)


def test_who_never_came_back_is_still_with_us_in_this_model() -> None:
    assert PUBLISHED.alive(one(0, 0, 30))[0] == 1


def test_longer_silence_makes_it_likelier_that_one_has_left_and_more_so_for_who_came_often() -> None:
    seldom, often = (float(PUBLISHED.alive(one(x, 10, 38))[0]) for x in (1, 12))
    assert float(PUBLISHED.alive(one(1, 36, 38))[0]) > seldom > often


def test_the_likelihood_of_one_without_a_repeat_is_the_gamma_mixture_of_silence() -> None:
    """In closed form: E[exp(-rate T)] = (alpha / (alpha + T)) ** r."""
    expected = PUBLISHED.r * np.log(PUBLISHED.alpha / (PUBLISHED.alpha + 20))
    assert PUBLISHED.log_likelihood(one(0, 0, 20)) == pytest.approx(expected)


def test_the_likelihood_of_a_repeat_is_the_integral_over_rates_and_chances() -> None:
    x, recency, observed = 2, 7.0, 12.0
    rates, leaving = stats.gamma(1.3, scale=1 / 5), stats.beta(1.2, 3)

    def given(rate: float, p: float) -> float:
        silent = (1 - p) ** x * rate**x * np.exp(-rate * observed)
        left = p * (1 - p) ** (x - 1) * rate**x * np.exp(-rate * recency)
        return float(silent + left)

    whole, _ = integrate.dblquad(lambda p, rate: given(rate, p) * rates.pdf(rate) * leaving.pdf(p), 0, 8, 0, 1)
    found = BgNbd(1.3, 5, 1.2, 3).log_likelihood(one(x, recency, observed))
    assert found == pytest.approx(np.log(whole), abs=1e-6)


def test_expectations_are_continuous_where_the_formula_divides_by_nought() -> None:
    near, at = (BgNbd(0.4, 3, a, 2.5).purchases_of_a_new_one(26.0) for a in (1 + 1e-4, 1.0))
    assert at == pytest.approx(near, rel=1e-3)


def test_a_new_customers_expectation_is_the_mean_of_simulated_ones() -> None:
    model = BgNbd(0.8, 6, 0.9, 3)
    assert simulated(model, 20_000, 30).frequency.mean() == pytest.approx(
        float(model.purchases_of_a_new_one(30)), rel=0.03
    )


def test_simulated_futures_have_the_expected_mean() -> None:
    them, rng = simulated(PUBLISHED, 400, 30), np.random.default_rng(2)
    futures = [PUBLISHED.bought(them, 39, rng).sum() for _ in range(600)]
    error = np.std(futures) / np.sqrt(len(futures))
    assert np.mean(futures) == pytest.approx(PUBLISHED.purchases(them, 39).sum(), abs=4 * error)


def test_the_parameters_of_simulated_customers_are_found_again() -> None:
    true = BgNbd(0.8, 6, 0.9, 3)
    fitted = fit(simulated(true, 6_000, 40))
    assert fitted.covariance is not None
    away = np.log([fitted.model.r, fitted.model.alpha, fitted.model.a, fitted.model.b]) - np.log([0.8, 6, 0.9, 3])
    assert (np.abs(away) < 3.5 * np.sqrt(np.diag(fitted.covariance))).all()
    assert fitted.log_likelihood >= true.log_likelihood(simulated(true, 6_000, 40))


def test_the_unit_of_time_changes_nothing_but_alpha() -> None:
    weeks = simulated(BgNbd(0.8, 6, 0.9, 3), 1_500, 40)
    days = Customers(weeks.frequency, weeks.recency * 7, weeks.observed * 7)
    a, b = fit(weeks), fit(days)
    assert b.model.alpha == pytest.approx(7 * a.model.alpha, rel=1e-3)
    assert (b.model.r, b.model.a) == pytest.approx((a.model.r, a.model.a), rel=1e-3)
    assert b.log_likelihood == pytest.approx(a.log_likelihood - weeks.frequency.sum() * np.log(7), abs=1e-3)


def test_too_few_customers_are_not_fitted() -> None:
    with pytest.raises(NoFit, match="too few"):
        fit(one(3, 10, 20))


def test_the_study_gives_the_same_digits_for_the_same_seed() -> None:
    them = simulated(PUBLISHED, 300, 30)
    one_run, other = (study(them, Settings(20, draws=30), np.random.default_rng(0)).to_dict() for _ in range(2))
    assert one_run == other


def test_discounting_makes_what_is_to_come_worth_less() -> None:
    them = simulated(BgNbd(0.8, 6, 0.9, 3), 500, 40)
    valued = Customers(them.frequency, them.recency, them.observed, np.random.default_rng(3).gamma(5, 4, len(them)))
    now, later = (study(valued, Settings(52, rate, 20), np.random.default_rng(0)) for rate in (0.0, 0.01))
    assert now.worth_to_come and later.worth_to_come
    assert later.worth_to_come["mean"] < now.worth_to_come["mean"]


def test_what_a_purchase_is_worth_is_found_again_and_drawn_to_the_mean() -> None:
    rng, true = np.random.default_rng(8), GammaGamma(6, 4, 15)
    count = rng.integers(1, 9, 4_000).astype(float)
    mean = rng.gamma(true.p * count, 1 / rng.gamma(true.q, 1 / true.v, 4_000)) / count
    found = fit_spend(Customers(count, np.ones(4_000), np.full(4_000, 2.0), mean))
    assert found.p * found.v / (found.q - 1) == pytest.approx(true.p * true.v / (true.q - 1), rel=0.03)
    everybody = found.p * found.v / (found.q - 1)
    few, many = (float(found.expected(np.array([n]), np.array([90.0]))[0]) for n in (1.0, 50.0))
    assert everybody < few < many < 90


def test_purchases_sum_up_to_repeats_the_last_of_them_and_what_was_watched() -> None:
    who = np.array([0, 1, 0, 0, 1])
    when, worth = np.array([3.0, 5.0, 9.0, 3.0, 6.0]), np.array([10.0, 20.0, 30.0, 1.0, 40.0])
    found = summarised(who, when, 10.0, worth)
    assert found.frequency.tolist() == [1, 1]  # two at one moment are one
    assert (found.recency.tolist(), found.observed.tolist()) == ([6, 1], [7, 5])
    assert found.value is not None
    assert found.value.tolist() == [30, 40]
    assert found.faults() == []


def test_what_cannot_be_is_a_fault() -> None:
    faults = one(2, 9, 4).faults() + one(0, 3, 4).faults() + one(1.5, 3, 4).faults()
    assert [name for _, name, *_ in faults] == ["recency", "recency", "frequency"]


def test_retention_is_of_those_who_have_been_there_long_enough() -> None:
    who = np.array([0, 0, 0, 1, 1, 2, 3])
    month = np.array([0, 1, 2, 0, 2, 1, 2])
    found = cohorts(who, month, last=2)
    assert found.sizes == (2, 1, 1)
    assert found.kept.tolist() == [[2, 1, 2], [1, 0, -1], [1, -1, -1]]
    assert [(one.kept, one.of) for one in found.curve] == [(4, 4), (1, 3), (2, 2)]


def test_who_came_back_a_thousand_times_is_expected_to_buy_a_finite_number_of_times() -> None:
    model = BgNbd(0.3, 4.0, 0.02, 0.5)
    loyal = Customers(np.array([200.0, 1000.0]), np.array([79.9, 79.9]), np.array([80.0, 80.0]))
    expected = model.purchases(loyal, 52.0)
    pace = loyal.frequency / loyal.observed * 52
    assert np.all((expected > 0.8 * pace) & (expected < pace))
