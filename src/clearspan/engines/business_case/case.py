"""What a business case says: its drivers, how they hang together, and the lines of money they make."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.engines.business_case.distributions import Distribution
from clearspan.engines.business_case.formula import Formula

PERIODS_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
CASH_KINDS = ("revenue", "cost", "capital")
KINDS = (*CASH_KINDS, "quantity")


@dataclass(frozen=True)
class Driver:
    """One uncertain (or fixed) number; `note` is where it comes from."""

    name: str
    distribution: Distribution
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Correlation:
    """The rank correlation (Spearman's) of two drivers, -1 to 1."""

    a: str
    b: str
    rho: float


@dataclass(frozen=True)
class Adoption:
    """Bass's curve: `p` and `q` a year, `market` what is reached in the end; the first adopters come in `starts`."""

    p: Formula
    q: Formula
    market: Formula
    starts: int


@dataclass(frozen=True)
class Line:
    """Money (or, of kind `quantity`, any number) a period, from `starts` to `ends` inclusive; 0 outside of them.

    Revenue, cost and capital are all entered positive; the last two are subtracted.
    """

    name: str
    kind: str
    formula: Formula
    starts: int
    ends: int


@dataclass(frozen=True)
class Cannibalised:
    """The share of another case's revenue that is lost to this one, period by period."""

    case: str
    share: Formula


@dataclass(frozen=True)
class Gate:
    """At the end of period `at` one goes on, for `cost`, or stops, and then neither `cost` nor any later flow comes.

    `continue_if` is the stated rule; None is going on whatever happens.
    """

    at: int
    cost: Formula
    continue_if: Formula | None


@dataclass(frozen=True)
class Effort:
    """People-quarters of one function, spread evenly from `starts` to `ends`; each costs `rate`, if there is one."""

    function: str
    distribution: Distribution
    rate: Formula | None
    starts: int
    ends: int
    unit: str = "people-quarters"
    note: str = ""

    @property
    def name(self) -> str:
        """As it stands among the drivers in a result."""
        return f"effort.{self.function}"


@dataclass(frozen=True)
class Case:
    """A business case: one option, what drives it, and its money over `periods` periods.

    `discount_rate` is a year's; a flow at the end of period t is worth (1 + rate)^(-t / periods a year) of itself.
    `notes` says what was ignored when the case was read.
    """

    name: str
    currency: str
    period: str
    periods: int
    discount_rate: float
    drivers: tuple[Driver, ...]
    lines: tuple[Line, ...]
    correlations: tuple[Correlation, ...] = ()
    adoption: Adoption | None = None
    cannibalises: Cannibalised | None = None
    gates: tuple[Gate, ...] = ()
    efforts: tuple[Effort, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def periods_a_year(self) -> int:
        return PERIODS_A_YEAR[self.period]
