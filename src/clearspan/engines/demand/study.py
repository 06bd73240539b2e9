"""The demand study: from who said what to what the market needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clearspan.engines.demand.counts import counts
from clearspan.engines.demand.grid import grid
from clearspan.engines.demand.histogram import histogram, without_loudest
from clearspan.engines.demand.inputs import Accounts, Evidence, Floats, Ints, Market, Settings
from clearspan.engines.demand.posterior import Posterior, uniforms
from clearspan.engines.demand.prior import Prior, learn
from clearspan.engines.demand.result import DemandResult, OpportunityResult
from clearspan.engines.demand.scoring import Scorer
from clearspan.engines.demand.summary import Alternative, Findings, summarise
from clearspan.engines.demand.tally import NOT_ASKED, Exposure, Tally, exposure, only, tally, unprompted

VERSION = "1"  # raised whenever the same evidence gives other digits

ALTERNATIVES = ((0.0, 0.03), (0.3, 0.03), (0.1, 0.0), (0.1, 0.15))  # (rho, burst) of the sensitivity analysis


def study(
    evidence: Evidence, accounts: Accounts, market: Market, settings: Settings | None = None, seed: int = 0
) -> DemandResult:
    """Scores every opportunity of the evidence, and ranks them by mean value at stake.

    The same seed gives the same digits. Evidence that names no opportunity gives an empty result.
    """
    settings = settings or Settings()
    if not evidence.opportunities:
        return DemandResult((), Prior(()))
    open_to = exposure(evidence, accounts)
    said = tally(evidence, open_to)
    cells = histogram(open_to, said, accounts.segment, len(market.segments), keep_founder=settings.keep_founder)
    prior = learn(cells, grid(settings.threshold), settings, np.random.default_rng(seed))
    findings = _find(evidence.opportunities, open_to, said, accounts, market, prior, settings, seed)
    results = summarise(findings, accounts, market, settings, None)
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
    said = tally(evidence, open_to)
    findings = _find(evidence.opportunities, open_to, said, accounts, market, prior, settings, seed)
    return summarise(findings, accounts, market, settings, np.empty(0) if others is None else others)[0]


def _find(
    names: tuple[str, ...],
    open_to: Exposure,
    said: Tally,
    accounts: Accounts,
    market: Market,
    prior: Prior,
    settings: Settings,
    seed: int,
) -> Findings:
    segments = len(market.segments)
    scorer = Scorer(grid(settings.threshold), prior, uniforms(settings.draws, segments, seed), settings)

    def score(tally_of: Tally, scorer: Scorer = scorer) -> Posterior:
        cells = histogram(open_to, tally_of, accounts.segment, segments, keep_founder=settings.keep_founder)
        return scorer.score(
            cells, without_loudest(cells, tally_of, accounts.segment, keep_founder=settings.keep_founder)
        )

    asked: Ints = np.unique(said.opportunity[said.asked != NOT_ASKED])
    return Findings(
        names=names,
        belief=score(said),
        counts=counts(open_to, said, accounts.segment, segments),
        founded=said.founder >= 0,
        asked=asked,
        unprompted=score(unprompted(only(said, asked))) if len(asked) else None,
        alternatives=tuple(
            Alternative(rho, burst, score(said, replace(scorer, prior=prior.under(rho, burst))).drawn)
            for rho, burst in (ALTERNATIVES if settings.sensitivity else ())
        ),
    )
