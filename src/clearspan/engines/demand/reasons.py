"""Why the verdict is what it is, in plain sentences."""

from __future__ import annotations

from clearspan.engines.demand.result import Largest, SegmentBelief, WithoutLargest
from clearspan.engines.demand.verdict import MARKET, SEGMENT, SINGLE_CUSTOMER

OFTEN = 0.3  # detection from which on silence says something
LARGE = 0.25  # share of the mentions from which on one account's is worth a sentence


def reasons(
    *,
    verdict: str,
    probability: float,
    segments: tuple[SegmentBelief, ...],
    heard: int,
    asking: int,
    mean: float,
    detection: float,
    largest: Largest | None,
    without_largest: WithoutLargest,
    founder_left_out: bool,
    threshold: float,
) -> tuple[str, ...]:
    """The sentences, the most important first."""
    said = [_verdict(verdict, probability, segments, threshold), _asked(segments, heard, asking)]
    if asking and detection < OFTEN:
        said.append(
            f"An account with the need brings it up on about {_one_in(detection)} occasions: silence says little."
        )
    if largest is not None and asking > 1 and largest.share >= LARGE:
        said.append(
            f"{largest.account} alone made {_percent(largest.share)} of the mentions; without it the estimate for the "
            f"market is {_percent(without_largest.mean)} and not {_percent(mean)}."
        )
    if founder_left_out:
        said.append(
            "The account that raised it first shows that the need exists, not how common it is: it is left out."
        )
    unheard = [segment.segment for segment in segments if segment.heard == 0]
    if unheard:
        said.append(f"Nobody was heard from in {_listed(unheard)}; what is said there leans on the other segments.")
    return tuple(said)


def _verdict(verdict: str, probability: float, segments: tuple[SegmentBelief, ...], threshold: float) -> str:
    sure = _in_hundred(probability)
    line = _percent(threshold)
    if verdict == MARKET:
        return f"More than half of the segments probably have the need in {line} of their accounts or more ({sure})."
    if verdict == SEGMENT:
        strongest = max(segments, key=lambda segment: segment.mean)
        return (
            f"At least one segment, but not more than half of them, probably has the need in {line} of its accounts or "
            f"more ({sure}); the likeliest is {strongest.segment}."
        )
    if verdict == SINGLE_CUSTOMER:
        return f"Probably no segment has the need in {line} of its accounts or more ({sure})."
    return f"What was heard does not tell the market's need from a segment's or one customer's (the likeliest: {sure})."


def _asked(segments: tuple[SegmentBelief, ...], heard: int, asking: int) -> str:
    if asking == 0:
        return f"None of the {heard:,} accounts heard from asked for it."
    where = sum(segment.asking > 0 for segment in segments)
    if len(segments) == 1:
        return f"{asking:,} of the {heard:,} accounts heard from asked for it."
    return f"{asking:,} of the {heard:,} accounts heard from asked for it, in {where} of {len(segments)} segments."


def _one_in(chance: float) -> str:
    return f"one in {max(1, round(1 / chance)):,}"


def _in_hundred(probability: float) -> str:
    if probability >= 0.995:
        return "more than 99 in 100"
    return f"{round(100 * probability)} in 100"


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return "under 0.1 %"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"


def _listed(names: list[str]) -> str:
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more segments"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
