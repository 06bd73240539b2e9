"""What is true of the sample company's market, so that what the engines find can be held against it."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.interfaces.sample.content import PRODUCTS, needs, segments

THRESHOLD = 0.05  # as in Company.need_threshold
SCARCE = 0.03  # heard so rarely that two years of listening cannot tell: too little evidence is the right answer


@dataclass(frozen=True)
class TrueNeed:
    """The truth of one need. `prevalence` is of the whole market's accounts; `segments` by the segments' names."""

    product: str
    title: str
    segments: dict[str, float]
    prevalence: float
    value_at_stake: float  # a year, in the company's currency
    verdict: str  # market, segment or single_customer: the study's own definition on true prevalences
    is_scarce: bool  # hardly ever spoken of: an honest study says that it has too little evidence


def truth() -> dict[str, dict[str, TrueNeed]]:
    """Product key to need's title to its truth. Does not depend on a seed."""
    return {product: {need.title: need for need in _of(product)} for product in PRODUCTS}


def _of(product: str) -> list[TrueNeed]:
    sizes = [segment.market[product] for segment in segments()]
    total = sum(accounts for accounts, _ in sizes)
    return [
        TrueNeed(
            product=product,
            title=need.title,
            segments={segment.name: share for segment, share in zip(segments(), need.share, strict=True)},
            prevalence=sum(share * size[0] for share, size in zip(need.share, sizes, strict=True)) / total,
            value_at_stake=sum(share * size[0] * size[1] for share, size in zip(need.share, sizes, strict=True)),
            verdict=_verdict(need.share),
            is_scarce=need.heard < SCARCE,
        )
        for need in needs()
        if need.product == product
    ]


def _verdict(shares: tuple[float, ...]) -> str:
    reached = sum(share >= THRESHOLD for share in shares)
    if 2 * reached > len(shares):
        return "market"
    return "segment" if reached else "single_customer"
