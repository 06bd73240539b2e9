"""The demand engine, held against the truth of the sample company."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from clearspan.engines import demand
from clearspan.interfaces.sample import truth
from clearspan.interfaces.sample.content import PRODUCTS, needs, segments
from clearspan.interfaces.sample.truth import TrueNeed
from tests.interfaces.sample.conftest import Drawn

Pair = tuple[TrueNeed, demand.OpportunityResult]


@pytest.fixture(scope="module")
def found(drawn: Drawn) -> list[Pair]:
    """Each need's truth and what the engine says of it, from what was sorted."""
    return [pair for product in PRODUCTS for pair in _study(drawn, product)]


def test_most_verdicts_are_right(found: list[Pair]) -> None:
    judged = [(true, said) for true, said in found if not true.is_scarce]
    right = sum(true.verdict == said.verdict for true, said in judged)
    assert right >= 0.8 * len(judged)


def test_a_need_of_the_market_is_never_taken_for_one_customers(found: list[Pair]) -> None:
    assert not [
        said for true, said in found if said.verdict == demand.SINGLE_CUSTOMER and true.verdict == demand.MARKET
    ]


def test_the_loudest_requests_are_not_taken_for_the_markets(found: list[Pair]) -> None:
    single = [said.verdict for true, said in found if true.verdict == demand.SINGLE_CUSTOMER]
    assert demand.MARKET not in single
    assert demand.SINGLE_CUSTOMER in single


def test_every_kind_of_verdict_is_given(found: list[Pair]) -> None:
    assert {said.verdict for _, said in found} == {*demand.VERDICTS, demand.TOO_LITTLE}


def test_true_shares_lie_inside_their_intervals_mostly(found: list[Pair]) -> None:
    """Nine in ten by design; of 38 needs that share one market, two thirds at the very least."""
    inside = [
        said.prevalence.p05 <= true.prevalence <= said.prevalence.p95 for true, said in found if not true.is_scarce
    ]
    assert np.mean(inside) > 0.66


def _study(drawn: Drawn, product: str) -> Iterator[Pair]:
    numbers = [j for j, need in enumerate(needs()) if need.product == product]
    number = PRODUCTS.index(product)
    rows = [
        (piece.account, occasion, piece.said_at.toordinal(), piece.prompted, need, piece.answer)
        for occasion, piece in enumerate(sorted(drawn.pieces, key=lambda piece: piece.said_at))
        if piece.product == number and piece.state in ("sorted", "away")
        for need in ([numbers.index(j) for j, _ in piece.mentions] or [demand.NOTHING_KNOWN])
    ]
    columns = np.array(rows, dtype=np.int64).T
    evidence = demand.Evidence(*columns, tuple(needs()[j].title for j in numbers))
    accounts = demand.Accounts(tuple(party.name for party in drawn.parties), drawn.market.segment.astype(np.int64))
    sizes = np.array([segment.market[product] for segment in segments()], dtype=float)
    market = demand.Market(tuple(segment.name for segment in segments()), sizes[:, 0], sizes[:, 1])
    for said in demand.study(evidence, accounts, market).opportunities:
        yield truth()[product][said.opportunity], said
