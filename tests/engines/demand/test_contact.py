import numpy as np
import pytest
from scipy.stats import nbinom

from clearspan.engines.demand.contact import Contact, fit_contact


def test_the_spread_of_contact_is_found_from_those_who_were_heard() -> None:
    n = np.arange(200)
    contact = fit_contact(n, 5_000 * nbinom.pmf(n, 0.8, 1 - 0.9))
    assert contact.size == pytest.approx(0.8, rel=0.02)
    assert contact.rise == pytest.approx(0.9, rel=0.02)


def test_accounts_never_heard_change_nothing() -> None:
    n, accounts = np.arange(6), np.array([0.0, 30, 20, 10, 5, 1])
    assert fit_contact(n, accounts + np.array([900.0, 0, 0, 0, 0, 0])) == fit_contact(n, accounts)


def test_a_handful_of_accounts_says_nothing_of_the_spread() -> None:
    assert fit_contact(np.array([1, 4]), np.array([3.0, 2.0])) == Contact()


def test_one_occasion_fewer_is_as_likely_as_the_distribution_says() -> None:
    contact = Contact(size=1.7, rise=0.6)
    n = np.array([1, 2, 9])
    chance = nbinom(contact.size, 1 - contact.rise).pmf
    assert np.exp(contact.log_fewer(n)) == pytest.approx(chance(n - 1) / chance(n))
