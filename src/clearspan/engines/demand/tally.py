"""Collapses evidence into what the likelihood needs: of n occasions, y mentions, by account and opportunity."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand.inputs import Accounts, Evidence, Ints
from clearspan.engines.numerics.integers import distinct, distinct_and_place

NOT_ASKED, SAID_NO, SAID_YES = 0, 1, 2
NOBODY = -1

# An account that comes back about one thing alone more often than both of these is repeating itself.
ORDINARY = 3
ORDINARY_SHARE = 0.25  # of its other occasions


@dataclass(frozen=True)
class Exposure:
    """How often each account had the chance to mention a need unasked; the same for every opportunity.

    An occasion is open when something on it was said unprompted or nothing known was said; one on which an account
    only answered our own questions was no chance to raise anything else. Nor are repeats: when an account comes back
    and back about one thing and nothing else, the further times were no chances for other needs.
    """

    occasions: Ints  # (A,) open occasions of each account, repeats left out
    heard: Ints  # (A,) 1 where an account has any occasion
    open: Ints  # sorted keys (account x span + occasion) of the open occasions
    span: int  # occasions are numbered under this
    repeated: Ints  # sorted keys (opportunity x accounts + account) of the pairs with repeats
    repeats: Ints  # how many occasions were left out for each

    def is_open(self, account: Ints, occasion: Ints) -> Ints:
        """1 for each pair of account and occasion that is open."""
        return (_find(self.open, account * self.span + occasion) >= 0).astype(np.int64)

    def for_pair(self, opportunity: Ints, account: Ints) -> Ints:
        """Occasions of the account that were chances to mention this opportunity: its own repeats are among them."""
        place = _find(self.repeated, opportunity * len(self.occasions) + account)
        return self.occasions[account] + np.where(place >= 0, np.append(self.repeats, 0)[place], 0)


@dataclass(frozen=True)
class Tally:
    """One row a pair of opportunity and account with something said; sorted by opportunity, then account."""

    opportunity: Ints
    account: Ints
    n: Ints  # open occasions on which the account was not asked about this opportunity
    y: Ints  # of these, those on which it mentioned it
    asked: Ints  # NOT_ASKED, SAID_NO or SAID_YES: its latest answer when asked
    mentions: Ints  # occasions on which it said it has the need, asked or not
    founder: Ints  # (J,) account of each opportunity's first unprompted mention, or NOBODY
    count: int  # J, opportunities

    def rows(self, chosen: NDArray[np.bool_]) -> Tally:
        """Some of the pairs; the opportunities stay all."""
        columns = ("opportunity", "account", "n", "y", "asked", "mentions")
        return replace(self, **{name: getattr(self, name)[chosen] for name in columns})


def exposure(evidence: Evidence, accounts: Accounts) -> Exposure:
    """Counts each account's occasions."""
    size = len(accounts.segment)
    span = int(evidence.occasion.max()) + 1 if len(evidence) else 1
    unprompted = evidence.prompted == 0
    unit = evidence.account * span + evidence.occasion
    open_ = distinct(unit[unprompted])
    occasions = np.bincount(open_ // span, minlength=size)
    heard = np.zeros(size, dtype=np.int64)
    heard[evidence.account] = 1
    said = unprompted & (evidence.opportunity >= 0) & (evidence.answer == 1)
    repeated, repeats = _repeats(unit[said], evidence.opportunity[said] * size + evidence.account[said], occasions)
    left_out = np.bincount(repeated % size, repeats, size).astype(np.int64)
    return Exposure(occasions - left_out, heard, open_, span, repeated, repeats)


def _repeats(unit: Ints, pair: Ints, occasions: Ints) -> tuple[Ints, Ints]:
    """Pairs of opportunity and account with repeats, and how many: occasions on which it was all that was said."""
    order = np.argsort(unit, kind="stable")
    unit, pair = unit[order], pair[order]
    start = np.flatnonzero(np.diff(unit, prepend=-1))
    alone = start[np.minimum.reduceat(pair, start) == np.maximum.reduceat(pair, start)] if len(start) else start
    pairs, place = distinct_and_place(pair[alone])
    times = np.bincount(place, minlength=len(pairs))
    others = occasions[pairs % len(occasions)] - times
    repeats = times - np.maximum(ORDINARY, np.ceil(ORDINARY_SHARE * others).astype(np.int64))
    return pairs[repeats > 0], repeats[repeats > 0]


def _find(keys: Ints, wanted: Ints) -> Ints:
    """Where each wanted key stands among the sorted ones, or -1."""
    if not len(keys):
        return np.full(len(wanted), -1)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)


def tally(evidence: Evidence, open_to: Exposure) -> Tally:
    """Counts mentions and answers by opportunity and account. A mention counts once an occasion."""
    known = evidence.opportunity >= 0
    spontaneous = known & (evidence.prompted == 0) & (evidence.answer == 1)
    asked = known & (evidence.prompted == 1)
    size, count = len(open_to.occasions), len(evidence.opportunities)

    pair = evidence.opportunity * size + evidence.account
    pairs = distinct(pair[spontaneous | asked])
    prompted_on = _distinct(pair[asked], evidence.occasion[asked], open_to.span)
    said_on = _distinct(pair[spontaneous], evidence.occasion[spontaneous], open_to.span)
    # On an occasion on which an account was asked, a mention is an answer and no longer spontaneous.
    said_on = _without(said_on, prompted_on)
    yes_on = _distinct(
        pair[asked & (evidence.answer == 1)], evidence.occasion[asked & (evidence.answer == 1)], open_to.span
    )
    lost = open_to.is_open(prompted_on[0] % size, prompted_on[1])

    y = _count(pairs, said_on[0])
    account = pairs % size
    n = open_to.for_pair(pairs // size, account) - np.bincount(
        np.searchsorted(pairs, prompted_on[0]), lost, len(pairs)
    ).astype(int)
    return Tally(
        opportunity=pairs // size,
        account=account,
        n=n,
        y=y,
        asked=_latest_answers(pairs, pair[asked], evidence.date[asked], evidence.answer[asked]),
        mentions=y + _count(pairs, yes_on[0]),
        founder=_founders(evidence, spontaneous, count),
        count=count,
    )


def only(said: Tally, opportunities: Ints) -> Tally:
    """The tally of some of the opportunities (sorted), numbered anew."""
    chosen = said.rows(np.isin(said.opportunity, opportunities))
    return replace(
        chosen,
        opportunity=np.searchsorted(opportunities, chosen.opportunity),
        founder=said.founder[opportunities],
        count=len(opportunities),
    )


def unprompted(said: Tally) -> Tally:
    """The tally as though nobody had been asked: answers are left out, what was raised unasked stays."""
    spontaneous = said.rows(said.y > 0)
    return replace(spontaneous, asked=np.full_like(spontaneous.asked, NOT_ASKED), mentions=spontaneous.y)


def _distinct(pair: Ints, occasion: Ints, span: int) -> tuple[Ints, Ints]:
    """Each pair and occasion once, sorted."""
    if len(pair) and pair.max() < np.iinfo(np.int64).max // span - 1:
        keys = distinct(pair * span + occasion)
        return keys // span, keys % span
    rows = np.unique(np.stack([pair, occasion], axis=1), axis=0)
    return rows[:, 0], rows[:, 1]


def _without(rows: tuple[Ints, Ints], removed: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    if not len(removed[0]):
        return rows
    gone = set(zip(removed[0].tolist(), removed[1].tolist(), strict=True))
    candidates = np.flatnonzero(np.isin(rows[0], removed[0]))
    drop = [row for row in candidates.tolist() if (int(rows[0][row]), int(rows[1][row])) in gone]
    return np.delete(rows[0], drop), np.delete(rows[1], drop)


def _count(pairs: Ints, found: Ints) -> Ints:
    return np.bincount(np.searchsorted(pairs, found), minlength=len(pairs))


def _latest_answers(pairs: Ints, pair: Ints, date: Ints, answer: Ints) -> Ints:
    latest = np.full(len(pairs), NOT_ASKED)
    order = np.argsort(date, kind="stable")  # of equal dates the later row wins, as later assignments do
    for place, said in zip(np.searchsorted(pairs, pair[order]).tolist(), answer[order].tolist(), strict=True):
        latest[place] = SAID_YES if said else SAID_NO
    return latest


def _founders(evidence: Evidence, spontaneous: NDArray[np.bool_], count: int) -> Ints:
    rows = np.flatnonzero(spontaneous)
    rows = rows[np.lexsort((rows, evidence.date[rows], evidence.opportunity[rows]))]
    found, first = np.unique(evidence.opportunity[rows], return_index=True)
    founder = np.full(count, NOBODY)
    founder[found] = evidence.account[rows[first]]
    return founder
