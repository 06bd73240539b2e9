"""Writes what was found as the result that people and programs read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.demand.beliefs import BARS, Beliefs
from clearspan.engines.demand.counts import Counts
from clearspan.engines.demand.inputs import Accounts, Floats, Ints, Market, Settings
from clearspan.engines.demand.reasons import reasons
from clearspan.engines.demand.result import (
    AskNext,
    Belief,
    Largest,
    OpportunityResult,
    Prevalence,
    SegmentBelief,
    Sensitivity,
    WithoutLargest,
)
from clearspan.engines.demand.tally import NOBODY
from clearspan.engines.demand.verdict import VERDICTS, decide


@dataclass(frozen=True)
class Alternative:
    """What would be believed under another loudness and another chance of bursts."""

    rho: float
    burst: float
    beliefs: Beliefs


@dataclass(frozen=True)
class Findings:
    """All that was computed about J opportunities."""

    names: tuple[str, ...]
    beliefs: Beliefs
    counts: Counts
    founded: NDArray[np.bool_]  # (J,) raised unprompted by some account
    asked: Ints  # the opportunities that accounts were asked about
    unprompted: Beliefs | None  # beliefs about those, had nobody been asked
    alternatives: tuple[Alternative, ...]


def summarise(
    findings: Findings, accounts: Accounts, market: Market, settings: Settings, others: Floats | None = None
) -> list[OpportunityResult]:
    """One result an opportunity, in the order of `findings.names`.

    Ranks are among the opportunities themselves, or among `others` (mean values at stake) where these are given.
    """
    value = findings.beliefs.psi @ market.values
    without = findings.beliefs.psi_without @ market.values
    if others is None:
        ranks, ranks_without = _ranks(value), _places(without, value) - (value > without)
    else:
        ranks, ranks_without = _places(value, others), _places(without, others)
    writer = _Writer(findings, accounts, market, settings, value)
    return [writer.result(j, int(ranks[j]), int(ranks_without[j])) for j in range(len(findings.names))]


def _ranks(value: Floats) -> Ints:
    """1 for the greatest; of equals the first comes first."""
    rank = np.empty(len(value), dtype=np.int64)
    rank[np.argsort(-value, kind="stable")] = np.arange(1, len(value) + 1)
    return rank


def _places(value: Floats, among: Floats) -> Ints:
    """The rank each value would have among the others."""
    return 1 + len(among) - np.searchsorted(np.sort(among), value, side="right")


@dataclass(frozen=True)
class _Writer:
    findings: Findings
    accounts: Accounts
    market: Market
    settings: Settings
    value: Floats

    def result(self, j: int, rank: int, rank_without: int) -> OpportunityResult:
        beliefs, counts = self.findings.beliefs, self.findings.counts
        segments = self._segments(j)
        prevalence = Prevalence(
            float(beliefs.psi[j] @ self.market.shares),
            *_bars(beliefs.prevalence[j]),
            tuple(beliefs.prevalence[j, len(BARS) :].tolist()),
        )
        largest = self._largest(j)
        without = WithoutLargest(float(beliefs.psi_without[j] @ self.market.shares), rank_without)
        verdict, probability = decide(beliefs.verdicts[j].tolist(), self.settings.sure_from)
        heard, asking = int(counts.heard.sum()), int(counts.asking[j].sum())
        unprompted = self._unprompted(j)
        return OpportunityResult(
            opportunity=self.findings.names[j],
            rank=rank,
            prevalence=prevalence,
            segments=segments,
            value_at_stake=Belief(float(self.value[j]), *_bars(beliefs.value[j])),
            heard=heard,
            asking=asking,
            effective_askers=float(counts.effective_askers[j]),
            largest=largest,
            without_largest=without,
            probability_market=float(beliefs.over_threshold[j]),
            verdict=verdict,
            probability_verdict=probability,
            probabilities=dict(zip(VERDICTS, beliefs.verdicts[j].tolist(), strict=True)),
            detection=float(beliefs.detection[j]),
            reasons=reasons(
                verdict=verdict,
                probability=probability,
                segments=segments,
                heard=heard,
                asking=asking,
                mean=prevalence.mean,
                detection=float(beliefs.detection[j]),
                largest=largest,
                without_largest=without,
                founder_left_out=bool(self.findings.founded[j]) and not self.settings.keep_founder,
                threshold=self.settings.threshold,
            ),
            ask_next=self._ask_next(j),
            unprompted_only=unprompted,
            sensitivity=tuple(
                Sensitivity(case.rho, case.burst, self._belief(case.beliefs, j)) for case in self.findings.alternatives
            ),
        )

    def _segments(self, j: int) -> tuple[SegmentBelief, ...]:
        beliefs, counts = self.findings.beliefs, self.findings.counts
        rows = zip(
            beliefs.psi[j].tolist(),
            map(_bars, beliefs.segments[j]),
            self.market.segments,
            counts.heard.tolist(),
            counts.asking[j].tolist(),
            strict=True,
        )
        return tuple(SegmentBelief(mean, *bars, name, heard, asking) for mean, bars, name, heard, asking in rows)

    def _largest(self, j: int) -> Largest | None:
        account = int(self.findings.counts.largest[j])
        if account == NOBODY:
            return None
        return Largest(self.accounts.names[account], float(self.findings.counts.largest_share[j]))

    def _ask_next(self, j: int) -> tuple[AskNext, ...]:
        worth = self.findings.beliefs.interviews[j]
        best_first = np.argsort(-worth, kind="stable").tolist()
        return tuple(AskNext(self.market.segments[g], self.settings.interviews, float(worth[g])) for g in best_first)

    def _unprompted(self, j: int) -> Belief | None:
        if self.findings.unprompted is None or j not in self.findings.asked:
            return None
        return self._belief(self.findings.unprompted, int(np.searchsorted(self.findings.asked, j)))

    def _belief(self, beliefs: Beliefs, row: int) -> Belief:
        mean = float(beliefs.psi[row] @ self.market.shares)
        return Belief(mean, *_bars(beliefs.prevalence[row]))


def _bars(quantiles: Floats) -> tuple[float, float, float, float]:
    p05, p25, p75, p95 = quantiles[: len(BARS)].tolist()
    return p05, p25, p75, p95
