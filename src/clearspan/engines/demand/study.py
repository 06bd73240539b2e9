"""The demand study: from who said what to what the market needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clearspan.engines.demand.beliefs import Beliefs
from clearspan.engines.demand.counts import counts
from clearspan.engines.demand.grid import grid
from clearspan.engines.demand.histogram import Histogram, histogram, without_loudest
from clearspan.engines.demand.inputs import Accounts, Evidence, Floats, Market, Settings
from clearspan.engines.demand.posterior import uniforms
from clearspan.engines.demand.prior import Prior, learn
from clearspan.engines.demand.result import DemandResult, OpportunityResult
from clearspan.engines.demand.scoring import Scorer
from clearspan.engines.demand.summary import Alternative, Findings, summarise
from clearspan.engines.demand.tally import NOT_ASKED, Exposure, Tally, exposure, only, tally, unprompted

VERSION = "1"  # raised whenever the same evidence gives other digits

ALTERNATIVES = ((0.0, 0.03), (0.3, 0.03), (0.1, 0.0), (0.1, 0.15))  # (rho, burst) of the sensitivity analysis


def silent(fraction: float, words: str) -> None:
    """Progress that nobody watches."""


def study(
    evidence: Evidence,
    accounts: Accounts,
    market: Market,
    settings: Settings | None = None,
    seed: int = 0,
    progress: Callable[[float, str], None] = silent,
) -> DemandResult:
    """Scores every opportunity of the evidence, and ranks them by mean value at stake.

    The same seed gives the same digits. Evidence that names no opportunity gives an empty result. `progress` is told
    how far it has come, from 0 to 1, and what comes next.
    """
    settings = settings or Settings()
    if not evidence.opportunities:
        return DemandResult((), Prior(()))
    progress(0.05, "counting who said what")
    heard = _Heard(exposure(evidence, accounts), accounts, market, settings, seed)
    said = tally(evidence, heard.exposure)
    cells = heard.histogram(said)
    progress(0.1, "learning from all opportunities")
    prior = learn(cells, grid(settings.threshold), settings, np.random.default_rng(seed))
    progress(0.4, f"weighing {said.count:,} opportunities")
    findings = heard.findings(evidence.opportunities, said, cells, prior)
    progress(0.9, "writing the result")
    results = summarise(findings, accounts, market, settings)
    return DemandResult(tuple(sorted(results, key=lambda result: result.rank)), prior)


def rescore(
    evidence: Evidence,
    open_to: Exposure,
    accounts: Accounts,
    market: Market,
    prior: Prior,
    settings: Settings | None = None,
    seed: int = 0,
    others: Floats | None = None,
) -> OpportunityResult:
    """Scores one opportunity anew against the prior a study has learnt: what if one more item is linked to it?

    `evidence` holds the rows about this opportunity alone; `open_to` is the `exposure` of all the evidence, with any
    added occasions in it. `others` are the mean values at stake of the other opportunities, for the rank.
    """
    settings = settings or Settings()
    if len(evidence.opportunities) != 1:
        raise ValueError("one opportunity is re-scored at a time")
    heard = _Heard(open_to, accounts, market, settings, seed)
    said = tally(evidence, open_to)
    findings = heard.findings(evidence.opportunities, said, heard.histogram(said), prior)
    return summarise(findings, accounts, market, settings, np.empty(0) if others is None else others)[0]


@dataclass(frozen=True)
class _Heard:
    """All that is the same for every opportunity."""

    exposure: Exposure
    accounts: Accounts
    market: Market
    settings: Settings
    seed: int

    def histogram(self, said: Tally) -> Histogram:
        return histogram(
            self.exposure,
            said,
            self.accounts.segment,
            len(self.market.segments),
            keep_founder=self.settings.keep_founder,
        )

    def findings(self, names: tuple[str, ...], said: Tally, cells: Histogram, prior: Prior) -> Findings:
        asked = np.unique(said.opportunity[said.asked != NOT_ASKED])
        unasked = unprompted(only(said, asked))
        return Findings(
            names=names,
            beliefs=self._beliefs(said, cells, prior),
            counts=counts(self.exposure, said, self.accounts.segment, len(self.market.segments)),
            founded=said.founder >= 0,
            asked=asked,
            unprompted=self._beliefs(unasked, self.histogram(unasked), prior) if len(asked) else None,
            alternatives=tuple(
                Alternative(rho, burst, self._beliefs(said, cells, prior.under(rho, burst)))
                for rho, burst in (ALTERNATIVES if self.settings.sensitivity else ())
            ),
        )

    def _beliefs(self, said: Tally, cells: Histogram, prior: Prior) -> Beliefs:
        points = uniforms(self.settings.draws, len(self.market.segments), self.seed)
        scorer = Scorer(grid(self.settings.threshold), prior, self.market, points, self.settings)
        founder = self.settings.keep_founder
        return scorer.score(cells, without_loudest(cells, said, self.accounts.segment, keep_founder=founder))
