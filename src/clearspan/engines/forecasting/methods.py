"""The methods: each takes a past and says what comes, and how far it was off one step ahead inside that past."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from clearspan.engines.forecasting.history import FEW, History, Kind
from clearspan.engines.forecasting.inputs import Floats

LONGEST_SEASON_OF_ETS = 24  # statsforecast's own limit
FEW_FOR_DRIFT = 4
FEW_PARAMETERS = 3  # of theta and CES


@dataclass(frozen=True)
class Ahead:
    """What comes: `mean` for each step, and `size`, the mean absolute error of one step inside the past."""

    mean: Floats
    size: float


class Method(Protocol):
    """Something that forecasts any past of one series, so that it can be held against its own past."""

    @property
    def name(self) -> str:
        """As a person reads it."""

    @property
    def least(self) -> int:
        """Values it needs."""

    def __call__(self, values: Floats, steps: int) -> Ahead:
        """What comes after `values`."""


def method_for(past: History, arima: bool = False) -> Method:
    """The method that such a past can carry; what it chooses about its form, it chooses here and keeps."""
    match past.kind:
        case Kind.CONSTANT:
            return LastValue("constant")
        case Kind.INTERMITTENT:
            return Intermittent()
        case Kind.SHORT:
            return HalfDrift() if len(past.values) >= FEW_FOR_DRIFT else LastValue()
        case Kind.USUAL:
            return Median.chosen(past.values, past.season, arima)


@dataclass(frozen=True)
class LastValue:
    """It stays as it is."""

    name: str = "last value"
    least: int = 1

    def __call__(self, values: Floats, steps: int) -> Ahead:
        return Ahead(np.full(steps, values[-1]), _step(values))


@dataclass(frozen=True)
class HalfDrift:
    """Goes on from the last value at half the mean step: the theta method where there is too little to smooth."""

    name: str = "half drift"
    least: int = 3

    def __call__(self, values: Floats, steps: int) -> Ahead:
        drift = (values[-1] - values[0]) / (len(values) - 1) / 2
        return Ahead(values[-1] + drift * np.arange(1, steps + 1), _step(values))


@dataclass(frozen=True)
class Intermittent:
    """Croston's method with the correction of Syntetos and Boylan: a mean per period, most of which have nothing."""

    name: str = "Croston (SBA)"
    least: int = FEW

    def __call__(self, values: Floats, steps: int) -> Ahead:
        from statsforecast.models import CrostonSBA

        if not values.any():
            return Ahead(np.zeros(steps), 0.0)
        mean = _quietly(lambda: CrostonSBA().forecast(values, steps)["mean"])
        return Ahead(mean, float(np.mean(np.abs(values - mean[0]))))


@dataclass(frozen=True)
class Median:
    """The median of exponential smoothing, the dynamic optimised theta method, complex smoothing and, if wanted, ARIMA.

    The forms of the first and the last are those that were chosen on the whole past.
    """

    season: int
    ets: tuple[str, bool] | None  # error, trend and season; whether the trend is damped
    arima: dict[str, Any] | None = None
    searched: _Searched | None = field(default=None, compare=False, repr=False)

    @classmethod
    def chosen(cls, values: Floats, season: int, arima: bool) -> Median:
        """With the forms that fit this past best."""
        scaled = values / _unit(values)
        found = _search(scaled, season) if season <= LONGEST_SEASON_OF_ETS else None
        return cls(season, found.form if found else None, _arima_form(scaled, season) if arima else None, found)

    @property
    def name(self) -> str:
        """The methods whose median it is."""
        names = ["theta", "CES"]
        if self.ets is not None:
            error, trend, season = tuple(self.ets[0])
            names.insert(0, f"ETS({error},{trend}{'d' if self.ets[1] else ''},{season})")
        if self.arima is not None:
            seasonal = self.arima["seasonal_order"]
            orders = [self.arima["order"], *([seasonal] if any(seasonal) else [])]
            names.append("ARIMA" + "".join("({},{},{})".format(*order) for order in orders))
        return "median of " + ", ".join(names[:-1]) + " and " + names[-1]

    @property
    def least(self) -> int:
        """Two seasons and a little."""
        return max(6, 2 * self.season + 2)

    def __call__(self, values: Floats, steps: int) -> Ahead:
        if np.all(values == values[0]):
            return LastValue()(values, steps)
        unit = _unit(values)
        fits = [_fitted(model, values / unit, steps) for model in _models(self, values)]
        means = [fit for fit in fits if fit is not None]
        if not means:
            return HalfDrift()(values, steps)
        mean = np.median([one.mean for one in means], axis=0)
        return Ahead(mean * unit, means[0].size * unit)


@dataclass(frozen=True)
class _Searched:
    """ETS as the library's search left it. The same form fitted alone comes out a little different, and a little worse:
    the search narrows the bounds of its parameters as it goes."""

    fitted: Any
    count: int  # values it was fitted to

    @property
    def form(self) -> tuple[str, bool]:
        """Error, trend and season; whether the trend is damped."""
        components = self.fitted.model_["components"]
        return components[:3], components[3] != "N"

    def fit(self, values: Floats) -> Any:
        """It is fitted: to the past it was searched on."""
        return self.fitted


def _models(median: Median, values: Floats) -> list[Any]:
    from statsforecast.models import ARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

    season = median.season
    models: list[Any] = []
    if median.searched is not None and len(values) == median.searched.count:
        models.append(median.searched)
    elif median.ets is not None:
        models.append(AutoETS(season_length=season, model=median.ets[0], damped=median.ets[1]))
    kind = "multiplicative" if values.min() > 0 else "additive"
    models += [DynamicOptimizedTheta(season_length=season, decomposition_type=kind), AutoCES(season_length=season)]
    if median.arima is not None:
        models.append(ARIMA(season_length=season, **median.arima))
    return models


def _fitted(model: Any, values: Floats, steps: int) -> Ahead | None:
    """None where the library finds no fit."""
    try:
        fit = _quietly(lambda: model.fit(values))
        mean = np.asarray(_quietly(lambda: fit.predict(steps))["mean"], dtype=np.float64)
        size = _size(values, fit.predict_in_sample()["fitted"], int(fit.model_.get("n_params", FEW_PARAMETERS)))
    except Exception:  # the library raises plain exceptions where it finds no fit; the others remain
        return None
    return Ahead(mean, size) if np.isfinite(mean).all() and np.isfinite(size) else None


def _size(values: Floats, fitted: Floats, parameters: int) -> float:
    """The mean absolute residual, as large as it would be had no parameter been fitted to make it small."""
    count = len(values)
    room = max(count - parameters, 0.25 * count)
    return float(np.mean(np.abs(values - fitted)[1:]) * np.sqrt(count / room))


def _search(values: Floats, season: int) -> _Searched | None:
    from statsforecast.models import AutoETS

    try:
        return _Searched(_quietly(lambda: AutoETS(season_length=season).fit(values)), len(values))
    except Exception:  # as above: without a fit, the median is of the others
        return None


def _arima_form(values: Floats, season: int) -> dict[str, Any] | None:
    from statsforecast.models import AutoARIMA

    try:
        fit = _quietly(lambda: AutoARIMA(season_length=season).fit(values)).model_
    except Exception:  # as above
        return None
    p, q, P, Q, _, d, D = fit["arma"]
    return {
        "order": (p, d, q),
        "seasonal_order": (P, D, Q),
        "include_mean": "intercept" in fit["coef"],
        "include_drift": "drift" in fit["coef"],
    }


def _unit(values: Floats) -> float:
    """A power of ten that brings values to thousands, where the library's tolerances are at home."""
    return float(10.0 ** (np.floor(np.log10(np.mean(np.abs(values)))) - 3))


def _step(values: Floats) -> float:
    return float(np.mean(np.abs(np.diff(values)))) if len(values) > 1 else float("nan")


def _quietly(work: Callable[[], Any]) -> Any:
    """Without the library's warnings, and without NumPy's about what the library tries on its way."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return work()
