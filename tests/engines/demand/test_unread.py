"""Feedback that nobody has read yet, in simulated markets whose truth is known (docs/decisions/0017)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.simulators.demand import REGIMES, World, simulate
from numpy.typing import NDArray

from clearspan.engines.demand import NOTHING_KNOWN, Evidence, study

Mask = NDArray[np.bool_]
FEW = 8  # needs that are known of the many there are


@pytest.fixture(scope="module")
def true() -> World:
    """What 400 accounts said of 8 needs, and of many that nobody has written down yet."""
    made = simulate(replace(REGIMES[0], needs=80, known=400), seed=4)
    beyond = made.evidence.opportunity >= FEW
    return replace(
        made, evidence=replace(_silent(made.evidence, beyond), opportunities=made.evidence.opportunities[:FEW])
    )


def test_reading_half_of_what_was_said_makes_no_need_rarer(true: World) -> None:
    unread = _chance(true) < 0.5
    assert _share(true, _silent(true.evidence, unread)) == pytest.approx(_share(true, true.evidence), rel=0.2)


def test_what_is_read_because_it_speaks_of_a_need_makes_it_no_commoner_while_the_rest_is_silence(true: World) -> None:
    speaks = true.evidence.opportunity != NOTHING_KNOWN
    unread = ~speaks | (_chance(true) < 0.3)
    as_silence, as_missing = _silent(true.evidence, unread), _without(true.evidence, unread)
    assert _share(true, as_silence) == pytest.approx(_share(true, true.evidence), rel=0.25)
    assert _share(true, as_missing) > 1.35 * _share(true, true.evidence)


def test_accounts_of_which_nothing_was_read_make_needs_rarer_as_silence_and_not_when_they_are_missing(
    true: World,
) -> None:
    unread = np.random.default_rng(1).random(len(true.accounts.names))[true.evidence.account] < 0.4
    as_silence, as_missing = _silent(true.evidence, unread), _without(true.evidence, unread)
    assert _share(true, as_silence) < 0.85 * _share(true, true.evidence)
    assert _share(true, as_missing) == pytest.approx(_share(true, true.evidence), rel=0.2)


def _share(true: World, evidence: Evidence) -> float:
    """The prevalences of all needs together, as they are estimated, against the truth."""
    found = study(evidence, true.accounts, true.market, seed=0).opportunities
    truth = true.psi @ (true.market.accounts / true.market.accounts.sum())
    places = [evidence.opportunities.index(one.opportunity) for one in found]
    return sum(one.prevalence.mean for one in found) / float(truth[places].sum())


def _chance(true: World) -> NDArray[np.float64]:
    """A number of each row between 0 and 1, the same for all rows of an occasion."""
    return np.random.default_rng(0).random(int(true.evidence.occasion.max()) + 1)[true.evidence.occasion]


def _silent(evidence: Evidence, rows: Mask) -> Evidence:
    return replace(
        evidence,
        opportunity=np.where(rows, NOTHING_KNOWN, evidence.opportunity),
        prompted=np.where(rows, 0, evidence.prompted),
        answer=np.where(rows, 1, evidence.answer),
    )


def _without(evidence: Evidence, rows: Mask) -> Evidence:
    columns = ("account", "occasion", "date", "prompted", "opportunity", "answer")
    kept = replace(evidence, **{name: getattr(evidence, name)[~rows] for name in columns})
    return replace(kept, occasion=np.unique(kept.occasion, return_inverse=True)[1])
