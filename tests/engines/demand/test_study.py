from dataclasses import replace

import numpy as np
import pytest

from clearspan.engines.demand import (
    LEVELS,
    SEGMENT,
    DemandResult,
    Evidence,
    Market,
    OpportunityResult,
    Prior,
    Settings,
    exposure,
    rescore,
    study,
)
from tests.engines.demand.build import accounts, company, evidence, market

HEARD = [60, 90, 60]
MARKET = market(1_000, 4_000, 2_000, value=10.0)
ASKING = [
    [25, 40, 26],  # 0: everybody's
    [24, 1, 0],  # 1: the first segment's
    [1, 0, 0],  # 2: one customer's
    [0, 22, 0],
    [9, 14, 10],
    [0, 1, 0],
    [14, 20, 15],
    [0, 0, 19],
]


@pytest.fixture(scope="module")
def heard():
    return company(ASKING, HEARD)


@pytest.fixture(scope="module")
def result(heard) -> DemandResult:
    return study(*heard, MARKET)


def of(result: DemandResult, need: int) -> OpportunityResult:
    return next(found for found in result.opportunities if found.opportunity == f"need {need}")


def test_a_need_of_all_segments_is_the_markets(result: DemandResult) -> None:
    assert of(result, 0).verdict == "market"


def test_a_need_of_one_segment_is_that_segments(result: DemandResult) -> None:
    found = of(result, 1)
    assert found.verdict == "segment"
    assert max(found.segments, key=lambda segment: segment.mean).segment == "A"


def test_what_one_account_asked_for_is_one_customers_at_most(result: DemandResult) -> None:
    found = of(result, 2)
    assert found.verdict in ("single_customer", "too_little_evidence")
    assert found.prevalence.mean < 0.05


def test_never_heard_is_not_never_needed(result: DemandResult) -> None:
    found = of(result, 0)
    assert found.asking == sum(ASKING[0])
    assert found.prevalence.p95 > sum(ASKING[0]) / sum(HEARD)


def test_the_greatest_value_at_stake_ranks_first(result: DemandResult) -> None:
    values = [found.value_at_stake.mean for found in result.opportunities]
    assert values == sorted(values, reverse=True)
    assert [found.rank for found in result.opportunities] == list(range(1, 9))


def test_value_at_stake_is_the_sum_over_segments(result: DemandResult) -> None:
    found = of(result, 4)
    psi = np.array([segment.mean for segment in found.segments])
    assert found.value_at_stake.mean == pytest.approx(psi @ MARKET.values)
    assert found.prevalence.mean == pytest.approx(psi @ MARKET.shares)


def test_quantiles_ascend_and_hold_the_interval(result: DemandResult) -> None:
    for found in result.opportunities:
        quantiles = found.prevalence.quantiles
        assert len(quantiles) == len(LEVELS)
        assert list(quantiles) == sorted(quantiles)
        assert quantiles[LEVELS.index(0.05)] == found.prevalence.p05
        assert quantiles[LEVELS.index(0.95)] == found.prevalence.p95


def test_the_same_seed_gives_the_same_digits(heard, result: DemandResult) -> None:
    assert study(*heard, MARKET).to_dict() == result.to_dict()


def test_another_seed_gives_nearly_the_same(heard, result: DemandResult) -> None:
    other = study(*heard, MARKET, seed=7)
    assert of(other, 0).prevalence.p95 == pytest.approx(of(result, 0).prevalence.p95, rel=0.05)


def only(said: Evidence, need: int) -> Evidence:
    rows = said.opportunity == need
    columns = {name: getattr(said, name)[rows] for name in ("account", "occasion", "date", "prompted", "answer")}
    return Evidence(**columns, opportunity=np.zeros(rows.sum(), dtype=np.int64), opportunities=(f"need {need}",))


def test_one_opportunity_rescored_is_what_the_study_said(heard, result: DemandResult) -> None:
    said, known = heard
    found = of(result, 4)
    others = np.array([other.value_at_stake.mean for other in result.opportunities if other is not found])
    again = rescore(only(said, 4), exposure(said, known), known, MARKET, result.prior, others=others)
    assert again.to_dict() == found.to_dict()


def test_the_prior_survives_being_kept(heard, result: DemandResult) -> None:
    said, known = heard
    kept = Prior.from_dict(result.prior.to_dict())
    one = rescore(only(said, 4), exposure(said, known), known, MARKET, kept)
    assert one == rescore(only(said, 4), exposure(said, known), known, MARKET, result.prior)


def test_linking_one_more_silent_account_raises_the_estimate(heard, result: DemandResult) -> None:
    said, known = heard
    silent = int(np.setdiff1d(np.flatnonzero(known.segment == 1), said.account[said.opportunity == 4])[0])
    occasion = int(said.occasion[(said.account == silent)][0])
    now = only(said, 4)
    more = replace(
        now,
        **{
            name: np.append(getattr(now, name), value)
            for name, value in (
                ("account", silent), ("occasion", occasion), ("date", 10**6), ("prompted", 0), ("opportunity", 0),
                ("answer", 1),
            )
        },
    )  # fmt: skip
    open_to = exposure(said, known)
    before, after = (rescore(rows, open_to, known, MARKET, result.prior) for rows in (now, more))
    assert after.asking == before.asking + 1
    assert after.prevalence.mean > before.prevalence.mean


def test_a_segment_nobody_was_heard_from_comes_out_wide_and_not_at_zero(heard) -> None:
    found = of(study(*heard, market(1_000, 4_000, 2_000, 3_000)), 0)
    unheard = found.segments[3]
    assert unheard.heard == 0
    assert unheard.mean > 0.05
    assert unheard.p95 - unheard.p05 > 2 * (found.segments[1].p95 - found.segments[1].p05)
    assert any("Nobody was heard from in D" in reason for reason in found.reasons)


def test_one_account_that_writes_thirty_times_moves_little(heard, result: DemandResult) -> None:
    said, known = heard
    account = int(said.account[said.opportunity == 3][-1])
    first = int(said.occasion.max()) + 1
    loud = Evidence(
        account=np.append(said.account, np.full(30, account)),
        occasion=np.append(said.occasion, first + np.arange(30)),
        date=np.append(said.date, 10**6 + np.arange(30)),
        prompted=np.append(said.prompted, np.zeros(30, dtype=np.int64)),
        opportunity=np.append(said.opportunity, np.full(30, 3)),
        answer=np.append(said.answer, np.ones(30, dtype=np.int64)),
        opportunities=said.opportunities,
    )
    found, before = of(study(loud, known, MARKET), 3), of(result, 3)
    assert found.asking == before.asking
    assert found.effective_askers < before.effective_askers / 2
    assert found.largest is not None
    assert found.largest.account == f"account {account}"
    assert before.prevalence.p05 < found.prevalence.mean < before.prevalence.p95


def test_the_founding_account_is_in_the_counts_and_not_in_the_estimate(heard, result: DemandResult) -> None:
    found = of(result, 3)
    kept = of(study(*heard, MARKET, Settings(keep_founder=True)), 3)
    assert found.asking == kept.asking == 22
    assert found.prevalence.mean < kept.prevalence.mean
    assert any("raised it first" in reason for reason in found.reasons)


def test_asking_many_accounts_that_say_no_lowers_the_estimate(heard, result: DemandResult) -> None:
    said, known = heard
    silent = np.setdiff1d(np.flatnonzero(known.segment == 1), said.account[said.opportunity == 4])
    first, asked = int(said.occasion.max()) + 1, silent
    surveyed = Evidence(
        account=np.append(said.account, asked),
        occasion=np.append(said.occasion, first + np.arange(len(asked))),
        date=np.append(said.date, np.full(len(asked), 10**6)),
        prompted=np.append(said.prompted, np.ones(len(asked), dtype=np.int64)),
        opportunity=np.append(said.opportunity, np.full(len(asked), 4)),
        answer=np.append(said.answer, np.zeros(len(asked), dtype=np.int64)),
        opportunities=said.opportunities,
    )
    found, before = of(study(surveyed, known, MARKET), 4), of(result, 4)
    assert found.segments[1].mean < before.segments[1].mean
    assert before.unprompted_only is None
    assert found.unprompted_only is not None
    assert found.unprompted_only.mean > found.prevalence.mean


def test_nobody_is_the_largest_of_what_nobody_wants() -> None:
    said = evidence([(0, 0, 1, 1, 0, 0), (1, 1, 1, 1, 0, 0)])
    found = study(said, accounts([0, 0]), market(10)).opportunities[0]
    assert found.largest is None
    assert (found.asking, found.effective_askers) == (0, 0.0)


def test_in_a_market_of_one_segment_there_is_no_segments_need() -> None:
    found = of(study(*company([[20], [3]], [60]), market(500)), 0)
    assert found.probabilities[SEGMENT] == 0.0
    assert found.verdict == "market"


def test_without_the_largest_account_the_estimate_falls(result: DemandResult) -> None:
    found = of(result, 4)
    assert found.without_largest.mean < found.prevalence.mean * 1.02
    assert found.without_largest.rank >= found.rank


def test_sensitivity_is_shown_when_it_is_asked_for(heard, result: DemandResult) -> None:
    found = of(study(*heard, MARKET, Settings(sensitivity=True)), 0)
    assert {(case.rho, case.burst) for case in found.sensitivity} >= {(0.0, 0.03), (0.3, 0.03)}
    assert of(result, 0).sensitivity == ()


def test_the_louder_some_accounts_are_the_more_are_silent(heard) -> None:
    found = of(study(*heard, MARKET, Settings(sensitivity=True)), 0)
    mean = {(case.rho, case.burst): case.prevalence.mean for case in found.sensitivity}
    assert mean[0.3, 0.03] > mean[0.0, 0.03]


def test_evidence_that_names_no_opportunity_gives_none() -> None:
    assert study(evidence([(0, 0, 1, 0, None, 1)], 0), accounts([0]), market(10)).opportunities == ()


def test_a_market_has_accounts() -> None:
    with pytest.raises(ValueError, match="a market has accounts"):
        market(0, 0)
    with pytest.raises(ValueError, match="every segment"):
        Market(("A", "B"), np.ones(1), np.ones(2))
