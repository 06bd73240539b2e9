"""What a demand study says. `to_dict` is the JSON of `clearspan study demand`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clearspan.engines.demand.beliefs import LEVELS
from clearspan.engines.demand.prior import Prior

DIGITS = 6  # significant; far under what the evidence supports, and above what differs between processors


@dataclass(frozen=True)
class Belief:
    """A mean and the quantiles that a half-belief bar and a 90 % interval need."""

    mean: float
    p05: float
    p25: float
    p75: float
    p95: float

    def to_dict(self) -> dict[str, Any]:
        return {name: rounded(getattr(self, name)) for name in ("mean", "p05", "p25", "p75", "p95")}


@dataclass(frozen=True)
class Prevalence(Belief):
    """Share of the market's accounts that have the need; `quantiles` are at LEVELS."""

    quantiles: tuple[float, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return super().to_dict() | {"quantiles": [rounded(value) for value in self.quantiles]}


@dataclass(frozen=True)
class SegmentBelief(Belief):
    """Share of one segment's accounts that have the need, accounts of it heard from, and those that asked for it."""

    segment: str
    heard: int
    asking: int

    def to_dict(self) -> dict[str, Any]:
        return {"segment": self.segment} | super().to_dict() | {"heard": self.heard, "asking": self.asking}


@dataclass(frozen=True)
class Largest:
    """The account that mentioned an opportunity most, and its share of all mentions."""

    account: str
    share: float


@dataclass(frozen=True)
class WithoutLargest:
    """Prevalence with the largest account left out, and the rank the opportunity then has among the others."""

    mean: float
    rank: int


@dataclass(frozen=True)
class AskNext:
    """A round of interviews in one segment and the rise in the probability that the verdict is right."""

    segment: str
    interviews: int
    expected_value: float


@dataclass(frozen=True)
class Sensitivity:
    """Prevalence were accounts this unlike in loudness and bursts this common."""

    rho: float
    burst: float
    prevalence: Belief


@dataclass(frozen=True)
class OpportunityResult:
    """All that the study says about one opportunity."""

    opportunity: str
    rank: int
    prevalence: Prevalence
    segments: tuple[SegmentBelief, ...]
    value_at_stake: Belief
    heard: int
    asking: int
    effective_askers: float
    largest: Largest | None  # None where nobody mentioned it
    without_largest: WithoutLargest
    probability_market: float
    verdict: str
    probability_verdict: float
    probabilities: dict[str, float]  # of each verdict
    detection: float  # mean chance that an account with the need mentions it on one occasion
    reasons: tuple[str, ...]
    ask_next: tuple[AskNext, ...]
    unprompted_only: Belief | None  # where answers to our own questions count too, what is said without them
    sensitivity: tuple[Sensitivity, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "opportunity": self.opportunity,
            "rank": self.rank,
            "prevalence": self.prevalence.to_dict(),
            "segments": [segment.to_dict() for segment in self.segments],
            "value_at_stake": self.value_at_stake.to_dict(),
            "heard": self.heard,
            "asking": self.asking,
            "effective_askers": rounded(self.effective_askers),
            "largest": self.largest and {"account": self.largest.account, "share": rounded(self.largest.share)},
            "without_largest": {"mean": rounded(self.without_largest.mean), "rank": self.without_largest.rank},
            "probability_market": rounded(self.probability_market),
            "verdict": self.verdict,
            "probability_verdict": rounded(self.probability_verdict),
            "probabilities": {verdict: rounded(value) for verdict, value in self.probabilities.items()},
            "detection": rounded(self.detection),
            "reasons": list(self.reasons),
            "ask_next": [
                {"segment": ask.segment, "interviews": ask.interviews, "expected_value": rounded(ask.expected_value)}
                for ask in self.ask_next
            ],
            "unprompted_only": self.unprompted_only and self.unprompted_only.to_dict(),
            "sensitivity": [
                {"rho": rounded(case.rho), "burst": rounded(case.burst)} | case.prevalence.to_dict()
                for case in self.sensitivity
            ],
        }


@dataclass(frozen=True)
class DemandResult:
    """Every opportunity, by value at stake, and the prior that one more can be scored against."""

    opportunities: tuple[OpportunityResult, ...]
    prior: Prior

    def to_dict(self) -> dict[str, Any]:
        return {
            "opportunities": [opportunity.to_dict() for opportunity in self.opportunities],
            "quantile_levels": list(LEVELS),  # of `prevalence.quantiles`
            "model": {
                "nodes": [
                    {
                        "rho": rounded(node.nuisance.rho),
                        "burst": rounded(node.nuisance.burst),
                        "even": rounded(node.nuisance.even),
                        "driven": rounded(node.nuisance.driven),
                        "wrong_tag_rate": rounded(node.nuisance.wrong_tag_rate),
                        "weight": rounded(node.weight),
                    }
                    for node in self.prior.nodes
                ]
            },
        }


def rounded(value: float) -> float:
    """To DIGITS significant digits."""
    return float(f"{value:.{DIGITS}g}")
