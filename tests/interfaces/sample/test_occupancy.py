"""The sample's market behaves as its truth says."""

from __future__ import annotations

import numpy as np
import pytest

from clearspan.interfaces.sample import truth
from clearspan.interfaces.sample.content import needs
from tests.interfaces.sample.conftest import Drawn


def test_as_many_accounts_have_a_need_as_its_true_share(drawn: Drawn) -> None:
    market = drawn.market
    expected = sum(sum(np.array(need.share)[market.segment]) for need in needs())
    single = sum(bool(need.only) for need in needs())
    assert market.has.sum() == pytest.approx(expected + single, rel=0.05)


def test_nobody_speaks_of_a_need_they_have_not(drawn: Drawn) -> None:
    market = drawn.market
    assert all(
        market.has[account, need] for account, said in zip(market.account, market.says, strict=True) for need in said
    )


def test_some_occasions_are_silent_and_some_speak_of_several_needs(drawn: Drawn) -> None:
    often = np.array([len(said) for said in drawn.market.says])
    assert 0.15 < (often == 0).mean() < 0.45
    assert (often > 1).sum() > 400


def test_what_one_account_alone_wants_is_heard_again_and_again(drawn: Drawn) -> None:
    market = drawn.market
    for number, need in enumerate(needs()):
        if need.only:
            askers = {int(a) for a, said in zip(market.account, market.says, strict=True) if number in said}
            times = sum(number in said for said in market.says)
            assert askers == {market.loud[need.product]}
            assert times >= 8


def test_a_growing_product_is_heard_more_and_more_a_declining_one_less(drawn: Drawn) -> None:
    market = drawn.market
    plain = (market.prompted < 0) & ~np.isin(market.account, list(market.loud.values()))
    day, product = market.day[plain], market.product[plain]
    recent = [(day[product == i] <= 180).sum() / (product == i).sum() for i in range(3)]
    assert recent[1] > recent[0] > 180 / 730 > recent[2]


def test_the_truth_knows_every_kind_of_verdict() -> None:
    kinds = [need.verdict for product in truth().values() for need in product.values()]
    assert kinds.count("market") >= 12
    assert kinds.count("segment") >= 12
    assert kinds.count("single_customer") == 4


def test_the_truth_adds_up_over_segments() -> None:
    need = truth()["rimewatch"]["Have a new site watched on the day it opens"]
    assert need.prevalence == pytest.approx((0.36 * 2400 + 0.14 * 6200 + 0.003 * 780) / 17830)
    assert need.value_at_stake == pytest.approx(0.36 * 2400 * 6200 + 0.14 * 6200 * 1250 + 0.003 * 780 * 17800)
