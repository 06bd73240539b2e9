"""How often accounts are heard when nothing special drives them: a negative binomial of their occasions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

FEWEST = 20  # accounts under which the spread of contact is not estimated


@dataclass(frozen=True)
class Contact:
    """A negative binomial of the number of occasions of an account."""

    size: float = 1.0  # the smaller, the less alike accounts are in how often they are heard
    rise: float = 0.5  # 0 to 1: mean / (mean + size)

    @property
    def log_silent(self) -> float:
        """Log-probability of never being heard."""
        return self.size * float(np.log1p(-self.rise))

    def log_fewer(self, n: Counts) -> Floats:
        """Log of P(n - 1 occasions) / P(n occasions), n being 1 or more."""
        return np.asarray(np.log(n) - np.log(n - 1 + self.size) - np.log(self.rise))


def fit_contact(n: Counts, accounts: Floats) -> Contact:
    """By maximum likelihood from `accounts[i]` accounts with `n[i]` occasions, of those that were heard at all.

    Accounts never heard are left out and not read as zeros: lists of accounts differ in whether they have them.
    """
    heard = (n > 0) & (accounts > 0)
    n, accounts = n[heard], accounts[heard]
    if accounts.sum() < FEWEST or n.max() == n.min():
        return Contact()

    def cost(at: Floats) -> float:
        contact = _contact(at)
        size, rise = contact.size, contact.rise
        log_chance = gammaln(n + size) - gammaln(size) - gammaln(n + 1) + n * np.log(rise) + contact.log_silent
        log_chance -= np.log(-np.expm1(contact.log_silent))
        prior = 0.5 * (at[0] / 2) ** 2  # keeps the size finite where all are heard alike
        return float(prior - accounts @ log_chance)

    return _contact(minimize(cost, np.log([1.0, accounts @ n / accounts.sum()]), method="Nelder-Mead").x)


def _contact(at: Floats) -> Contact:
    size, mean = np.exp(np.clip(at, -10, 15))
    return Contact(float(size), float(mean / (mean + size)))
