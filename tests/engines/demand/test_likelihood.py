import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import comb, expit
from scipy.stats import nbinom

from clearspan.engines.demand.contact import Contact
from clearspan.engines.demand.likelihood import Nuisance, log_mixture, log_with_need, log_without_need

# Blue Ridge salamanders (MacKenzie et al. 2006, page 99): sites by how often they were found in five visits.
SITES_BY_DETECTIONS = {0: 21, 1: 12, 2: 1, 3: 4, 4: 1, 5: 0}
VISITS = 5


def counts(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def salamander_cost(parameters: np.ndarray) -> float:
    psi, p = expit(parameters)
    y = counts(*SITES_BY_DETECTIONS)
    n = np.full_like(y, VISITS)
    plain = Nuisance()
    found = log_mixture(log_with_need(n, y, np.array([p]), plain)[:, 0], log_without_need(n, y, plain), np.array(psi))
    return -float(found @ np.array(list(SITES_BY_DETECTIONS.values())))


@pytest.fixture(scope="module")
def salamanders():
    with np.errstate(divide="ignore"):
        return minimize(salamander_cost, np.zeros(2), method="BFGS", options={"gtol": 1e-9})


def test_the_salamanders_come_out_as_published(salamanders) -> None:
    psi, p = expit(salamanders.x)
    assert psi == pytest.approx(0.5946, abs=5e-5)
    assert p == pytest.approx(0.2587, abs=5e-5)
    assert 2 * 2 + 2 * salamanders.fun == pytest.approx(165.7586, abs=5e-5)  # Akaike's criterion


def test_the_salamanders_interval_comes_out_as_published(salamanders) -> None:
    logit_psi, step = salamanders.x[0], 1e-4
    hessian = np.empty((2, 2))
    for a in range(2):
        for b in range(2):
            da, db = step * np.eye(2)[a], step * np.eye(2)[b]
            at = salamanders.x
            corners = [salamander_cost(at + i * da + j * db) * i * j for i in (1, -1) for j in (1, -1)]
            hessian[a, b] = sum(corners) / (4 * step**2)
    spread = 1.959964 * np.sqrt(np.linalg.inv(hessian)[0, 0])
    assert expit(logit_psi - spread) == pytest.approx(0.3512, abs=5e-5)
    assert expit(logit_psi + spread) == pytest.approx(0.7990, abs=5e-5)


@pytest.mark.parametrize(
    "nuisance",
    [Nuisance(), Nuisance(rho=0.2), Nuisance(rho=0.2, burst=0.1, even=0.3), Nuisance(wrong_tag_rate=0.1)],
    ids=["plain", "unlike in loudness", "with bursts", "with wrong tags"],
)
def test_what_an_account_can_say_has_probability_one(nuisance: Nuisance) -> None:
    y = np.arange(7)
    n = np.full(7, 6)
    sequences = comb(6, y)
    with np.errstate(divide="ignore"):
        with_need = np.exp(log_with_need(n, y, np.array([0.2, 0.7]), nuisance))
        without = np.exp(log_without_need(n, y, nuisance))
    assert sequences @ with_need == pytest.approx([1.0, 1.0])
    assert sequences @ without == pytest.approx(1.0)


def test_with_contact_that_needs_drive_all_that_can_be_heard_has_probability_one() -> None:
    contact = Contact(size=1.3, rise=0.7)
    nuisance = Nuisance(rho=0.1, driven=0.2, contact=contact)
    total = np.zeros(1)
    for n in range(1, 90):
        y = np.arange(n + 1)
        without_need = nbinom.pmf(n, contact.size, 1 - contact.rise) / (1 - np.exp(contact.log_silent))
        total += without_need * comb(n, y) @ np.exp(log_with_need(np.full(n + 1, n), y, np.array([0.2]), nuisance))
    assert total == pytest.approx([1.0], abs=1e-4)


def test_a_single_contact_with_a_mention_speaks_for_the_need_where_needs_drive_contact() -> None:
    once, p = counts(1), np.array([0.1])
    assert log_with_need(once, once, p, Nuisance(driven=0.5)) > log_with_need(once, once, p, Nuisance()) + 1


def test_an_account_never_heard_says_nothing_either_way() -> None:
    nuisance = Nuisance(rho=0.1, burst=0.05, even=0.1, driven=0.2, wrong_tag_rate=0.001)
    assert log_with_need(counts(0), counts(0), np.array([0.3]), nuisance) == pytest.approx(0.0)
    assert log_without_need(counts(0), counts(0), nuisance) == pytest.approx(0.0)


def test_a_little_unlikeness_in_loudness_is_nearly_none() -> None:
    n, y, p = counts(9, 9, 4), counts(0, 3, 4), np.array([0.1, 0.4])
    assert log_with_need(n, y, p, Nuisance(rho=1e-7)) == pytest.approx(log_with_need(n, y, p, Nuisance()), abs=1e-4)


def test_ten_mentions_are_likelier_of_one_loud_account_where_bursts_happen() -> None:
    n, y, p = counts(12), counts(10), np.array([0.1])
    burst = log_with_need(n, y, p, Nuisance(rho=0.05, burst=0.03))
    assert burst > log_with_need(n, y, p, Nuisance(rho=0.05)) + 2
