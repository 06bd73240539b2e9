"""Writes what was found as the result that people and programs read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from clearspan.engines.demand.ask_next import value_of_interviews
from clearspan.engines.demand.counts import Counts
from clearspan.engines.demand.grid import Grid, grid
from clearspan.engines.demand.inputs import Accounts, Floats, Ints, Market, Settings
from clearspan.engines.demand.posterior import Posterior
from clearspan.engines.demand.reasons import reasons
from clearspan.engines.demand.result import (
    LEVELS,
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
from clearspan.engines.demand.verdict import VERDICTS, decide, probabilities

BARS = (0.05, 0.25, 0.75, 0.95)  # a 90 % interval and the half in the middle


@dataclass(frozen=True)
class Alternative:
    """Draws (J, S, G) of prevalence under another loudness and another chance of bursts."""

    rho: float
    burst: float
    drawn: Floats


@dataclass(frozen=True)
class Findings:
    """All that was computed about J opportunities."""

    names: tuple[str, ...]
    belief: Posterior
    counts: Counts
    founded: NDArray[np.bool_]  # (J,) raised unprompted by some account
    asked: Ints  # the opportunities that accounts were asked about
    unprompted: Posterior | None  # beliefs about those had nobody been asked
    alternatives: tuple[Alternative, ...]


def summarise(
    findings: Findings, accounts: Accounts, market: Market, settings: Settings, others: Floats | None
) -> list[OpportunityResult]:
    """One result an opportunity, in the order of `findings.names`.

    Ranks are among the opportunities themselves, or among `others` (mean values at stake) where these are given.
    """
    belief = findings.belief
    value = belief.psi @ market.values
    value_without = belief.psi_without @ market.values
    own = others is None
    rank = _ranks(value) if own else _places(value, others, own=False)  # type: ignore[arg-type]
    table = _Tables(
        prevalence=_market(belief.drawn, market.shares),
        value=_market(belief.drawn, market.values),
        segments=segment_quantiles(belief.mass, grid(settings.threshold)),
        market=((belief.drawn @ market.shares) >= settings.threshold).mean(axis=1),
        verdicts=probabilities(belief.reach),
        interviews=value_of_interviews(belief.drawn, grid(settings.threshold), settings),
        rank=rank,
        rank_without=_places(value_without, value if own else others, own=own),  # type: ignore[arg-type]
    )
    unprompted = dict(zip(findings.asked.tolist(), range(len(findings.asked)), strict=True))
    return [_one(j, findings, table, unprompted, accounts, market, settings) for j in range(len(findings.names))]


@dataclass(frozen=True)
class _Tables:
    prevalence: Floats  # (J, levels of BARS and LEVELS)
    value: Floats
    segments: Floats  # (J, G, BARS)
    market: Floats
    verdicts: Floats
    interviews: Floats
    rank: Ints
    rank_without: Ints


def segment_quantiles(mass: Floats, on: Grid) -> Floats:
    """(J, G, 4) quantiles at BARS from the masses (J, G, Q) of bins, each uniform on the logit scale."""
    below = np.concatenate([np.zeros((*mass.shape[:2], 1)), np.cumsum(mass, axis=2)], axis=2)
    result = np.empty((*mass.shape[:2], len(BARS)))
    for i, level in enumerate(BARS):
        place = np.clip((below <= level).sum(axis=2) - 1, 0, mass.shape[2] - 1)[..., None]
        start, inside = np.take_along_axis(below, place, axis=2), np.take_along_axis(mass, place, axis=2)
        part = np.clip((level - start) / np.maximum(inside, 1e-300), 0, 1)
        result[..., i] = expit(on.edges[place] + part * np.diff(on.edges)[place])[..., 0]
    return result


def _market(drawn: Floats, weights: Floats) -> Floats:
    """(J, bars and levels) quantiles of the weighted sum over segments."""
    return np.quantile(drawn @ weights, [*BARS, *LEVELS], axis=1).T


def _ranks(value: Floats) -> Ints:
    """1 for the greatest; of equals the first comes first."""
    rank = np.empty(len(value), dtype=np.int64)
    rank[np.argsort(-value, kind="stable")] = np.arange(1, len(value) + 1)
    return rank


def _places(value: Floats, among: Floats, *, own: bool) -> Ints:
    """The rank each value would have among the others; `own` says that they hold what it was before."""
    ordered = np.sort(among)
    above = len(ordered) - np.searchsorted(ordered, value, side="right")
    return above + 1 - ((among > value) if own else 0)


def _one(
    j: int,
    findings: Findings,
    table: _Tables,
    unprompted: dict[int, int],
    accounts: Accounts,
    market: Market,
    settings: Settings,
) -> OpportunityResult:
    belief, count = findings.belief, findings.counts
    mean = float(belief.psi[j] @ market.shares)
    segments = tuple(
        SegmentBelief(
            mean=float(belief.psi[j, g]),
            **_bars(table.segments[j, g]),
            segment=name,
            heard=int(count.heard[g]),
            asking=int(count.asking[j, g]),
        )
        for g, name in enumerate(market.segments)
    )
    verdict, probability = decide(table.verdicts[j].tolist(), settings.sure_from)
    largest = (
        None if count.largest[j] == NOBODY else Largest(accounts.names[count.largest[j]], float(count.largest_share[j]))
    )
    without = WithoutLargest(float(belief.psi_without[j] @ market.shares), int(table.rank_without[j]))
    heard, asking = int(count.heard.sum()), int(count.asking[j].sum())
    best_first = np.argsort(-table.interviews[j], kind="stable").tolist()
    return OpportunityResult(
        opportunity=findings.names[j],
        rank=int(table.rank[j]),
        prevalence=Prevalence(
            mean=mean, **_bars(table.prevalence[j]), quantiles=tuple(table.prevalence[j, len(BARS) :].tolist())
        ),
        segments=segments,
        value_at_stake=Belief(mean=float(belief.psi[j] @ market.values), **_bars(table.value[j])),
        heard=heard,
        asking=asking,
        effective_askers=float(count.effective_askers[j]),
        largest=largest,
        without_largest=without,
        probability_market=float(table.market[j]),
        verdict=verdict,
        probability_verdict=probability,
        probabilities=dict(zip(VERDICTS, table.verdicts[j].tolist(), strict=True)),
        detection=float(belief.detection[j]),
        reasons=reasons(
            verdict=verdict,
            probability=probability,
            segments=segments,
            heard=heard,
            asking=asking,
            mean=mean,
            detection=float(belief.detection[j]),
            largest=largest,
            without_largest=without,
            founder_left_out=bool(findings.founded[j]) and not settings.keep_founder,
            threshold=settings.threshold,
        ),
        ask_next=tuple(
            AskNext(market.segments[g], settings.interviews, float(table.interviews[j, g])) for g in best_first
        ),
        unprompted_only=_drawn_belief(findings.unprompted, unprompted.get(j), market),
        sensitivity=tuple(
            Sensitivity(case.rho, case.burst, _belief(case.drawn[j] @ market.shares)) for case in findings.alternatives
        ),
    )


def _drawn_belief(belief: Posterior | None, row: int | None, market: Market) -> Belief | None:
    return None if belief is None or row is None else _belief(belief.drawn[row] @ market.shares)


def _belief(draws: Floats) -> Belief:
    return Belief(mean=float(draws.mean()), **_bars(np.quantile(draws, BARS)))


def _bars(quantiles: Floats) -> dict[str, float]:
    return dict(zip(("p05", "p25", "p75", "p95"), quantiles[: len(BARS)].tolist(), strict=True))
