"""Markets whose true needs are known: who needs what, who is heard, and what is written down.

An opportunity exists because somebody asked (the founding account), so needs that nobody mentions are not in the
evidence; a list of opportunities in a company is never a fair sample of needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand import Accounts, Evidence, Market

Floats = NDArray[np.float64]
THRESHOLD = 0.05
MARKET_NEED, SEGMENT_NEED, ONE_CUSTOMER = "market", "segment", "single_customer"


@dataclass(frozen=True)
class Regime:
    """How a company hears its market. Rates are per account."""

    name: str
    needs: int = 400
    known: int = 1_500  # accounts that the company knows
    occasions: float = 8.0  # mean occasions of a known account
    contact_spread: float = 1.0  # sd of log contact rate
    detection: float = -2.2  # mean logit detection
    detection_spread: float = 0.6
    rho: float = 0.08  # correlation of an account's mentions
    sales_bias: float = 0.0  # 0: segments are known as they are in the market; 1: as sales would have it
    loud: float = 0.0  # share of needs about which one account writes thirty times
    driven: float = 0.0  # occasions of a known account, on average, that its needs give rise to by themselves
    wrong_tag_rate: float = 0.0002
    kinds: tuple[float, float, float] = (0.4, 0.35, 0.25)  # needs of the market, of segments, of one customer
    continuous: bool = False  # prevalences from one smooth spread instead of three kinds


REGIMES = (
    Regime("fair sample"),
    Regime("sales-biased sample", sales_bias=1.0),
    Regime("loud account", loud=0.5),
    Regime("need-driven contact", driven=4.0),
    Regime("sparse", known=500, occasions=4.0),
)

SEGMENTS = ("Enterprise", "Mid-market", "Small", "Public", "Partners")
SIZES = np.array([1_500.0, 6_000.0, 20_000.0, 4_000.0, 2_500.0])
VALUES = np.array([60_000.0, 12_000.0, 2_000.0, 18_000.0, 6_000.0])
SALES = np.array([0.45, 0.25, 0.05, 0.15, 0.10])  # whom sales knows


@dataclass(frozen=True)
class World:
    """One simulated company: what it wrote down, and the truth."""

    evidence: Evidence
    accounts: Accounts
    account_value: Floats
    market: Market
    psi: Floats  # (J, G) true prevalence of the opportunities that exist
    kind: tuple[str, ...]  # true verdict by the study's own definition

    @property
    def prevalence(self) -> Floats:
        return self.psi @ self.market.shares

    @property
    def value(self) -> Floats:
        return self.psi @ self.market.values


def simulate(regime: Regime, seed: int) -> World:
    """One world. Everything is drawn from `seed`."""
    rng = np.random.default_rng(seed)
    market = Market(SEGMENTS, SIZES, VALUES)
    mix = (1 - regime.sales_bias) * market.shares + regime.sales_bias * SALES
    # A company hears fewer small accounts than there are even without bias: contact rates differ by segment.
    segment = rng.choice(len(SEGMENTS), regime.known, p=mix)
    spread = regime.contact_spread
    rate = regime.occasions * np.exp(rng.normal(-(spread**2) / 2, spread, regime.known))
    occasions = rng.poisson(rate)
    psi = _prevalences(regime, rng)
    detection = 1 / (1 + np.exp(-rng.normal(regime.detection, regime.detection_spread, regime.needs)))
    needs = rng.random((regime.known, regime.needs)) < psi[:, segment].T
    _one_customer_each(psi, needs, rng)

    loudness = rng.beta(*_beta(detection, regime.rho), size=needs.shape) if regime.rho > 0 else detection + 0 * needs
    chance = np.where(needs, loudness, regime.wrong_tag_rate)
    rows = [_spontaneous(occasions, chance, rng)]
    first_new = int(occasions.sum())
    extra = rng.poisson(regime.driven * len(needs) / max(needs.sum(), 1), needs.shape) * needs
    for j in np.flatnonzero(rng.random(regime.needs) < regime.loud):
        who = np.flatnonzero(needs[:, j])
        if len(who):
            extra[rng.choice(who), j] += 30
    account, need = np.nonzero(extra)
    times = extra[account, need]
    account, need = np.repeat(account, times), np.repeat(need, times)
    rows.append(np.stack([account, first_new + np.arange(len(account)), need], axis=1))
    silent_account = np.repeat(np.arange(regime.known), occasions)
    spoken = np.zeros(first_new, dtype=bool)
    spoken[rows[0][:, 1]] = True
    silent = np.flatnonzero(~spoken)
    rows.append(np.stack([silent_account[silent], silent, np.full(len(silent), -1)], axis=1))
    return _world(np.concatenate(rows), psi, segment, market, rng)


def _prevalences(regime: Regime, rng: np.random.Generator) -> Floats:
    """(J, G) prevalence of every need in every segment."""
    groups = len(SEGMENTS)
    if regime.continuous:
        level = rng.normal(-3.0, 1.5, (regime.needs, 1))
        return 1 / (1 + np.exp(-rng.normal(level, 0.8, (regime.needs, groups))))
    psi = rng.uniform(0.0, 0.02, (regime.needs, groups))
    kind = rng.choice(3, regime.needs, p=regime.kinds)
    for j in np.flatnonzero(kind == 0):
        level = rng.uniform(np.log(0.1 / 0.9), np.log(0.5 / 0.5))
        psi[j] = 1 / (1 + np.exp(-rng.normal(level, 0.4, groups)))
    for j in np.flatnonzero(kind == 1):
        some = rng.choice(groups, rng.integers(1, groups // 2 + 1), replace=False)
        psi[j, some] = rng.uniform(0.1, 0.5, len(some))
    psi[kind == 2] = 0.0
    return psi


def _one_customer_each(psi: Floats, needs: NDArray[np.bool_], rng: np.random.Generator) -> None:
    """Needs of nobody's become one customer's."""
    for j in np.flatnonzero(psi.max(axis=1) == 0):
        needs[rng.integers(len(needs)), j] = True


def _beta(mean: Floats, rho: float) -> tuple[Floats, Floats]:
    scale = (1 - rho) / rho
    return mean * scale, (1 - mean) * scale


def _spontaneous(occasions: NDArray[np.int64], chance: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows (account, occasion, need) of what was said unasked."""
    start = np.concatenate([[0], np.cumsum(occasions)[:-1]])
    rows = []
    for need in range(chance.shape[1]):
        times = rng.binomial(occasions, chance[:, need])
        for account in np.flatnonzero(times):
            on = rng.choice(occasions[account], times[account], replace=False)
            rows.append(np.stack([np.full(len(on), account), start[account] + on, np.full(len(on), need)], axis=1))
    return np.concatenate(rows)


def _world(
    rows: NDArray[np.int64], psi: Floats, segment: NDArray[np.int64], market: Market, rng: np.random.Generator
) -> World:
    day = rng.integers(0, 720, rows[:, 1].max() + 1)
    rows = rows[np.lexsort((rng.random(len(rows)), day[rows[:, 1]]))]
    exists = np.unique(rows[rows[:, 2] >= 0, 2])
    number = np.full(len(psi), -1)
    number[exists] = np.arange(len(exists))
    opportunity = np.where(rows[:, 2] >= 0, number[rows[:, 2]], -1)
    count, zeros = len(rows), np.zeros(len(rows), dtype=np.int64)
    evidence = Evidence(
        rows[:, 0], rows[:, 1], day[rows[:, 1]], zeros, opportunity, np.ones(count, dtype=np.int64),
        tuple(f"need {j}" for j in exists),
    )  # fmt: skip
    reached = (psi[exists] >= THRESHOLD).sum(axis=1)
    kind = tuple(
        MARKET_NEED if 2 * n > len(SEGMENTS) else SEGMENT_NEED if n else ONE_CUSTOMER for n in reached.tolist()
    )
    accounts = Accounts(tuple(f"account {a}" for a in range(len(segment))), segment)
    value = market.value_per_account[segment] * np.exp(rng.normal(-0.32, 0.8, len(segment)))
    return World(evidence, accounts, value, market, psi[exists], kind)


def crowd(opportunities: int, accounts: int, occasions: int, seed: int = 0) -> tuple[Evidence, Accounts, Market]:
    """A great deal of evidence, quickly: for measuring speed, not truth. Each account has 120 needs of its own."""
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(0, 1, accounts)
    account = rng.choice(accounts, occasions, p=rate / rate.sum())
    popularity = rng.lognormal(0, 1.2, opportunities)
    needs = rng.choice(opportunities, (accounts, 120), p=popularity / popularity.sum())
    mentioned = rng.poisson(1.0, occasions)
    occasion = np.repeat(np.arange(occasions), np.maximum(mentioned, 1))
    who = account[occasion]
    opportunity = needs[who, rng.integers(0, needs.shape[1], len(who))]
    opportunity[mentioned[occasion] == 0] = -1
    evidence = Evidence(
        account=who,
        occasion=occasion,
        date=rng.integers(0, 720, occasions)[occasion],
        prompted=np.zeros(len(who), dtype=np.int64),
        opportunity=opportunity,
        answer=np.ones(len(who), dtype=np.int64),
        opportunities=tuple(f"need {j}" for j in range(opportunities)),
    )
    known = Accounts(tuple(f"account {a}" for a in range(accounts)), rng.integers(0, len(SEGMENTS), accounts))
    return evidence, known, Market(SEGMENTS, SIZES, VALUES)
