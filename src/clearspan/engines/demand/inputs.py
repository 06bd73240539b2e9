"""What a demand study is given: who said what, who the accounts are, and the market they stand for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOTHING_KNOWN = -1  # the `opportunity` of an occasion on which nothing known was mentioned


@dataclass(frozen=True)
class Evidence:
    """One row an opportunity mentioned on an occasion; arrays of equal length, in the order in which they were filed.

    `occasion` numbers conversations, tickets, calls and survey answers from 0. Rows of one account that share an
    occasion are one occasion, so a customer's words that sales repeats carry the occasion they repeat.
    """

    account: Ints  # index into Accounts
    occasion: Ints
    date: Ints  # day number (date.toordinal()); only the order matters
    prompted: Ints  # 1: the account was asked about this very opportunity
    opportunity: Ints  # index into `opportunities`, or NOTHING_KNOWN: silence is evidence
    answer: Ints  # 1 or 0; 1 where nothing was noted
    opportunities: tuple[str, ...]

    def __post_init__(self) -> None:
        columns = (self.account, self.occasion, self.date, self.prompted, self.opportunity, self.answer)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("the columns of the evidence differ in length")
        if len(self.opportunity) and not -1 <= self.opportunity.min() <= self.opportunity.max() < len(
            self.opportunities
        ):
            raise ValueError("the evidence names an opportunity that does not exist")

    def __len__(self) -> int:
        return len(self.account)


@dataclass(frozen=True)
class Accounts:
    """Known accounts. `segment` is the index of each one's segment in the market."""

    names: tuple[str, ...]
    segment: Ints


@dataclass(frozen=True)
class Market:
    """The whole addressable market: its segments are the only ones, and who was heard does not decide who counts."""

    segments: tuple[str, ...]
    accounts: Floats  # accounts in each segment of the market, heard or not
    value_per_account: Floats  # a year's revenue or potential of one account, in the market's own currency

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError("a market has at least one segment")
        if not len(self.segments) == len(self.accounts) == len(self.value_per_account):
            raise ValueError("every segment has its accounts and its value per account")
        if min(self.accounts) < 0 or self.accounts.sum() <= 0:
            raise ValueError("a market has accounts")

    @property
    def shares(self) -> Floats:
        """Share of the market's accounts that each segment has (the post-stratification weights)."""
        return np.asarray(self.accounts / self.accounts.sum())

    @property
    def values(self) -> Floats:
        """What each segment is worth if all of it has the need."""
        return np.asarray(self.accounts * self.value_per_account)


@dataclass(frozen=True)
class Settings:
    """What a person may decide about a demand study. Rates and probabilities are 0 to 1."""

    threshold: float = 0.05  # a segment has the need from this prevalence on
    wrong_tag_rate: float = 0.0005  # the highest rate of wrong tags (an occasion, an opportunity) thought possible
    burst: float = 0.03  # chance that an account with the need writes about it any number of times
    prompted_yes: float = 0.97  # chance of a yes when asked, with the need
    prompted_false_yes: float = 0.01  # chance of a yes when asked, without the need
    sure_from: float = 0.6  # under this probability a verdict is not given
    interviews: int = 5  # the size of the round of interviews that `ask_next` weighs
    draws: int = 512  # quasi-random draws of the market behind its quantiles; a power of two
    learn_from: int = 300  # opportunities, at most, that the priors are learnt from
    search_on: int = 64  # opportunities, at most, that loudness, bursts and wrong tags are learnt from
    keep_founder: bool = False  # only for data in which nothing exists because it was mentioned
    sensitivity: bool = False  # also score under other loudness and burst

    def __post_init__(self) -> None:
        for name in ("threshold", "prompted_yes", "prompted_false_yes"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"{name} lies between 0 and 1")
        for name in ("wrong_tag_rate", "burst"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} is 0 or more and under 1")
        if self.draws < 64 or self.draws & (self.draws - 1):
            raise ValueError("draws is a power of two from 64 on")
