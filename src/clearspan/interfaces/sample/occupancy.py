"""Draws a market that behaves as the demand study supposes: an account has a need or not; having it, it speaks of it
only sometimes, some accounts louder than others, and a few in bursts. Mathematics only: no rows, no words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearspan.interfaces.sample.content import PRODUCTS, needs, segments

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DAYS = 730
RHO = 0.08  # how unlike accounts are in loudness
BURST = 0.03  # chance that an account writes about a need any number of times
SPREAD = 0.75  # sd of the logarithm of how often an account is heard
PROSPECT = 0.45  # a prospect is heard this much as often as a customer
USES = {  # chance that an account of each segment is heard about a product
    "rimewatch": (0.8, 0.92, 0.85, 0.9, 0.75, 0.8),
    "bayslot": (0.5, 0.32, 0.12, 0.1, 0.68, 0.5),
    "lotbook": (0.5, 0.32, 0.42, 0.45, 0.12, 0.62),
}
OCCASIONS = {"rimewatch": 3280, "bayslot": 1080, "lotbook": 1090}
EAGER = {"rimewatch": 1.9, "bayslot": 2.1, "lotbook": 2.5}  # people write when something is wrong: on `heard`
LOUD = {"rimewatch": 44, "bayslot": 34, "lotbook": 30}  # occasions of the account whose needs are its own
SINCE = {"rimewatch": DAYS, "bayslot": 430, "lotbook": DAYS}  # Bayslot was introduced fourteen months ago
GROWTH = {"rimewatch": 1.3, "bayslot": 1.6, "lotbook": -0.45}  # of the rate over the time, first day to last
SURVEYS = {  # product to the need that was asked about, days before today, accounts asked
    "rimewatch": ("only-when-worth-it", 210, 120),
    "lotbook": ("get-out", 120, 70),
}


@dataclass(frozen=True)
class Market:
    """Who there is, who needs what, and who said what when. Arrays over accounts (A), occasions (N) and needs (J)."""

    segment: Ints  # (A,)
    is_customer: Bools  # (A,)
    value: NDArray[np.float64]  # (A,) a year
    uses: Bools  # (A, products)
    has: Bools  # (A, J)
    loud: dict[str, int]  # product to the account whose needs are its own
    account: Ints  # (N,)
    product: Ints  # (N,)
    day: Ints  # (N,) days before today, 1 is yesterday; sorted, oldest first
    prompted: Ints  # (N,) the need that was asked about, or -1
    answer: Bools  # (N,) what was said to that
    says: tuple[tuple[int, ...], ...]  # (N,) needs that were raised unasked


def draw(seed: int) -> Market:
    """The same seed, the same market."""
    rng = np.random.default_rng([seed, 1])
    segment = np.repeat(np.arange(len(segments())), [each.accounts for each in segments()])
    is_customer = rng.random(len(segment)) < 0.68
    value = _values(segment, rng)
    uses = np.stack([rng.random(len(segment)) < np.array(USES[product])[segment] for product in PRODUCTS], axis=1)
    uses[~uses.any(axis=1), 0] = True
    loud = _loud(segment, is_customer, uses)
    has = rng.random((len(segment), len(needs()))) < np.array([need.share for need in needs()])[:, segment].T
    for j, need in enumerate(needs()):  # who is loud is loud about what is theirs alone
        has[loud[need.product], j] = bool(need.only)
    account, product, day = _occasions(segment, is_customer, uses, loud, rng)
    says = _mentions(account, product, has, rng)
    asked = [_survey(product, uses, has, is_customer, rng) for product in SURVEYS]
    account = np.concatenate([account, *(survey[0] for survey in asked)])
    product = np.concatenate([product, *(survey[1] for survey in asked)])
    day = np.concatenate([day, *(survey[2] for survey in asked)])
    prompted = np.concatenate([np.full(len(says), -1), *(survey[3] for survey in asked)])
    answer = np.concatenate([np.zeros(len(says), dtype=bool), *(survey[4] for survey in asked)])
    says += [()] * (len(account) - len(says))
    order = np.argsort(-day, kind="stable")
    return Market(
        segment, is_customer, value, uses, has, loud, account[order], product[order], day[order], prompted[order],
        answer[order], tuple(says[i] for i in order),
    )  # fmt: skip


def _values(segment: Ints, rng: np.random.Generator) -> NDArray[np.float64]:
    """Log-normal by segment, around what an account is worth over all products."""
    middle = np.array([sum(value for _, value in each.market.values()) * 0.6 for each in segments()])
    spread = 0.55
    return np.round(middle[segment] * np.exp(rng.normal(-(spread**2) / 2, spread, len(segment))), -1)


def _loud(segment: Ints, is_customer: Bools, uses: Bools) -> dict[str, int]:
    """The first account of the segment that each single need is said to be of. Rimewatch's is a prospect."""
    found = {}
    for index, (product, key) in enumerate(zip(PRODUCTS, ("hauliers", "wholesalers", "makers"), strict=True)):
        number = next(i for i, each in enumerate(segments()) if each.key == key)
        account = int(np.flatnonzero(segment == number)[index])
        is_customer[account], uses[account, index] = product != "rimewatch", True
        found[product] = account
    return found


def _occasions(
    segment: Ints, is_customer: Bools, uses: Bools, loud: dict[str, int], rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    contact = np.array([each.contact for each in segments()])[segment] * np.where(is_customer, 1, PROSPECT)
    contact = contact * np.exp(rng.normal(0, SPREAD, len(segment)))
    accounts, products, days = [], [], []
    for index, product in enumerate(PRODUCTS):
        weight = contact * uses[:, index]
        weight[loud[product]] = 0  # heard below, and often
        who = rng.choice(len(segment), OCCASIONS[product], p=weight / weight.sum())
        # The rate rises or falls linearly: invert its integral.
        growth, since, u = GROWTH[product], SINCE[product], rng.random(len(who))
        passed = (np.sqrt(1 + u * ((1 + growth) ** 2 - 1)) - 1) / growth
        often = np.full(LOUD[product], loud[product])
        accounts.append(np.concatenate([who, often]))
        days.append(
            np.concatenate([np.ceil((1 - passed) * since).astype(int).clip(1), rng.integers(3, 270, len(often))])
        )
        products.append(np.full(len(who) + len(often), index))
    return np.concatenate(accounts), np.concatenate(products), np.concatenate(days)


def _mentions(account: Ints, product: Ints, has: Bools, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Which needs each occasion raises."""
    said: list[list[int]] = [[] for _ in account]
    for j, need in enumerate(needs()):
        occasions = np.flatnonzero(product == PRODUCTS.index(need.product))
        heard, scale = min(0.7, need.heard * EAGER[need.product]), (1 - RHO) / RHO
        loudness = rng.beta(heard * scale, (1 - heard) * scale, len(has))
        bursts = (rng.random(len(has)) < BURST) & (need.heard > 0.05)
        loudness[bursts] = rng.random(int(bursts.sum()))
        if need.only:
            loudness[:] = need.heard
        chance = np.where(has[account[occasions], j], loudness[account[occasions]], 0)
        for occasion in occasions[rng.random(len(occasions)) < chance]:
            said[occasion].append(j)
    return [tuple(rng.permutation(needs_of).tolist()) for needs_of in said]


def _survey(
    product: str, uses: Bools, has: Bools, is_customer: Bools, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints, Bools]:
    """A round of asking customers about one need: yes in 95 of 100 of those who have it, in 2 of those who have not."""
    key, before, size = SURVEYS[product]
    index = PRODUCTS.index(product)
    need = next(j for j, need in enumerate(needs()) if need.key == key)
    who = np.sort(rng.choice(np.flatnonzero(uses[:, index] & is_customer), size, replace=False))
    yes = rng.random(size) < np.where(has[who, need], 0.95, 0.02)
    return who, np.full(size, index), before + rng.integers(0, 12, size), np.full(size, need), yes
