import numpy as np
import pytest

from clearspan.engines.demand import Settings, exposure
from clearspan.engines.demand.grid import grid
from clearspan.engines.demand.histogram import histogram, without_loudest
from clearspan.engines.demand.likelihood import Nuisance, log_mixture, log_with_need, log_without_need
from clearspan.engines.demand.surface import log_cells, log_surface
from clearspan.engines.demand.tally import NOBODY, tally
from tests.engines.demand.build import accounts, company, evidence

NUISANCE = Nuisance(rho=0.1, burst=0.02, wrong_tag_rate=0.001)


def test_the_histogram_gives_the_same_likelihood_as_every_account_by_itself() -> None:
    said, known = company([[4, 0], [1, 2]], [9, 6], occasions=5)
    open_to = exposure(said, known)
    pairs = tally(said, open_to)
    cells = histogram(open_to, pairs, known.segment, 2, keep_founder=False)
    on = grid(0.05)
    surface = log_surface(cells, log_cells(cells, on, NUISANCE, Settings()))

    for need in range(2):
        for segment in range(2):
            one_by_one = np.zeros((len(on.p), len(on.psi)))
            for account in np.flatnonzero(known.segment == segment):
                if account == pairs.founder[need]:
                    continue
                mentions = pairs.y[(pairs.account == account) & (pairs.opportunity == need)].sum()
                n, y = np.array([5]), np.array([mentions])
                one_by_one += log_mixture(
                    log_with_need(n, y, on.p, NUISANCE)[0][:, None], log_without_need(n, y, NUISANCE), on.psi
                )
            assert surface[need, segment] == pytest.approx(one_by_one, abs=1e-3)


def test_the_founder_can_be_kept() -> None:
    said, known = company([[1]], [5])
    open_to = exposure(said, known)
    pairs = tally(said, open_to)
    out, kept = (histogram(open_to, pairs, known.segment, 1, keep_founder=keep) for keep in (False, True))
    assert out.changes.sum() == -1
    assert kept.changes.sum() == 0


def test_a_loudest_account_that_is_the_founder_is_out_already() -> None:
    said, known = company([[1]], [5])
    open_to = exposure(said, known)
    pairs = tally(said, open_to)
    cells = histogram(open_to, pairs, known.segment, 1, keep_founder=False)
    assert without_loudest(cells, pairs, known.segment, keep_founder=False).cell.tolist() == [NOBODY]


def test_the_loudest_account_is_found_in_its_cell() -> None:
    rows = [(0, 0, 0, 0, 0, 1)] + [(1, time, time, 0, 0, 1) for time in range(1, 5)] + [(1, 9, 9, 0, None, 1)]
    said, known = evidence(rows), accounts([0, 1])
    open_to = exposure(said, known)
    pairs = tally(said, open_to)
    cells = histogram(open_to, pairs, known.segment, 2, keep_founder=False)
    out = without_loudest(cells, pairs, known.segment, keep_founder=False)
    assert (cells.n[out.cell[0]], cells.y[out.cell[0]], out.segment[0]) == (5, 4, 1)


def test_very_many_occasions_are_counted_to_within_three_percent() -> None:
    rows = [(0, 0, 0, 0, 0, 1)] + [(1, time, time, 0, 0 if time == 1 else None, 1) for time in range(1, 9_001)]
    said, known = evidence(rows), accounts([0, 0])
    open_to = exposure(said, known)
    cells = histogram(open_to, tally(said, open_to), known.segment, 1, keep_founder=False)
    assert cells.n.max() == pytest.approx(9_000, rel=0.03)
