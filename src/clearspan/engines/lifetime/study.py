"""The study: parameters, how many are still with us, what they will buy, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from clearspan.engines.lifetime.bgnbd import Fitted, NoFit, fit
from clearspan.engines.lifetime.inputs import Customers, Floats
from clearspan.engines.lifetime.spend import GammaGamma, fit_spend

VERSION = 1
NAMES = ("p05", "p25", "p50", "p75", "p95")
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
STEPS = 60  # parts of the time ahead in which purchases are discounted
ENOUGH = 100  # parameters for the interval of a mean; the hypergeometric function is slow


@dataclass(frozen=True)
class Settings:
    """ahead: how far to look, in the unit of the customers' times. rate: discount over one such unit.

    draws: parameters as they may as well be, for the intervals.
    """

    ahead: float = 52.0
    rate: float = 0.0
    draws: int = 200


@dataclass(frozen=True)
class Result:
    """alive, purchases, worth: one entry a customer, in their order; worth is None where values are not known.

    still_with_us, to_come and worth_to_come are sums over the customers, {mean, p05 ..}. The intervals hold how sure
    the parameters are; that of to_come holds chance beside it, customer by customer.
    """

    fitted: Fitted
    spend: GammaGamma | None
    customers: int
    alive: Floats
    purchases: Floats
    worth: Floats | None
    still_with_us: dict[str, float]
    to_come: dict[str, float]
    worth_to_come: dict[str, float] | None
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Without the customers: the parameters and the sums."""
        model = self.fitted.model
        return {
            "parameters": {"r": model.r, "alpha": model.alpha, "a": model.a, "b": model.b},
            "log_likelihood": self.fitted.log_likelihood,
            "spend": None if self.spend is None else {"p": self.spend.p, "q": self.spend.q, "v": self.spend.v},
            "customers": self.customers,
            "still_with_us": self.still_with_us,
            "to_come": self.to_come,
            "worth_to_come": self.worth_to_come,
            "notes": list(self.notes),
        }


def study(them: Customers, settings: Settings, rng: np.random.Generator) -> Result:
    """Fits the model and looks ahead. Raises NoFit when there are too few customers or purchases."""
    fitted, notes = fit(them), []
    if fitted.covariance is None:
        notes.append("the parameters can hardly be told apart: the intervals leave out how sure they are")
    spend, each = None, None
    if them.value is not None:
        try:
            spend = fit_spend(them)
            each = spend.expected(them.frequency, them.value)
        except NoFit as reason:
            notes.append(f"no worth is said: {reason}")
    alike, counts, back = _alike(them)
    drawn = fitted.drawn(settings.draws, rng)
    alive = fitted.model.alive(alike)[back]
    purchases = fitted.model.purchases(alike, settings.ahead)[back]
    discounted, worth, worth_sums = _discounted(fitted, alike, back, settings), None, None
    if each is not None:
        worth = discounted * each
        expected = np.array([float(model.purchases(alike, settings.ahead) @ counts) for model in drawn[:ENOUGH]])
        worth_sums = _five(float(worth.sum()), worth.sum() * expected / max(float(purchases.sum()), 1e-12))
    return Result(
        fitted, spend, len(them), alive, purchases, worth,
        _five(float(alive.sum()), np.array([float(model.alive(alike) @ counts) for model in drawn])),
        _five(float(purchases.sum()), np.array([model.bought(them, settings.ahead, rng).sum() for model in drawn])),
        worth_sums, tuple(notes),
    )  # fmt: skip


def _discounted(fitted: Fitted, alike: Customers, back: Any, settings: Settings) -> Floats:
    """What each is expected to buy, each purchase worth less the later it comes."""
    if settings.rate == 0:
        return np.asarray(fitted.model.purchases(alike, settings.ahead)[back])
    ends = np.linspace(0, settings.ahead, STEPS + 1)
    by = np.array([fitted.model.purchases(alike, end) for end in ends])
    middle = (ends[1:] + ends[:-1]) / 2
    return np.asarray(((1 + settings.rate) ** -middle @ np.diff(by, axis=0))[back])


def _alike(them: Customers) -> tuple[Customers, Floats, Any]:
    rows = np.column_stack([them.frequency, them.recency, them.observed])
    alike, back, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    return Customers(alike[:, 0], alike[:, 1], alike[:, 2]), counts.astype(np.float64), back.ravel()


def _five(mean: float, draws: Floats) -> dict[str, float]:
    return {"mean": mean, **dict(zip(NAMES, map(float, np.quantile(draws, LEVELS)), strict=True))}
