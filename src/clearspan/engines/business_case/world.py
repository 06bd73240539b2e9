"""The uncertain quantities of all cases that are studied together: one world, in which every case is drawn at once.

A driver with the same name and the same distribution in two cases is the same quantity and has the same draws, so that
the cases are compared in the same futures. The same name with another distribution is another quantity, drawn apart.
Efforts are each case's own. Correlations are facts about the world: stated in one case, they hold in all that have
both drivers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from clearspan.engines.business_case import correlation
from clearspan.engines.business_case.case import Case
from clearspan.engines.business_case.distributions import Array, Distribution, Fixed
from clearspan.engines.business_case.faults import CaseFaults, Fault


@dataclass(frozen=True)
class Quantity:
    """One number of the world; `label` is its name, with its case where the name alone would be ambiguous."""

    label: str
    distribution: Distribution
    unit: str = ""
    note: str = ""

    @property
    def is_uncertain(self) -> bool:
        return not isinstance(self.distribution, Fixed)


@dataclass(frozen=True)
class World:
    """`slots` leads from (case, driver) to the label of a quantity; `normal` correlates the quantities `correlated`."""

    quantities: Mapping[str, Quantity]
    slots: Mapping[tuple[str, str], str]
    uncertain: tuple[str, ...]
    correlated: tuple[str, ...]
    normal: Array
    largest_change: float  # of a stated rank correlation, by the repair; 0 when none was needed
    notes: tuple[str, ...]

    def draw(self, draws: int, rng: np.random.Generator) -> Array:
        """Scrambled Sobol points (uncertain quantities, draws), correlated, strictly between 0 and 1.

        `draws` is a power of two (Owen 1998; Joe and Kuo 2008 for the direction numbers, through SciPy).
        """
        if not self.uncertain:
            return np.empty((0, draws))
        points = qmc.Sobol(len(self.uncertain), rng=rng).random_base2(draws.bit_length() - 1)
        u = np.ascontiguousarray(points.T) + 2.0**-31  # SciPy's points lie on a grid of 2^-30 that has 0 on it
        if self.correlated:
            rows = [self.uncertain.index(label) for label in self.correlated]
            u[rows] = correlation.correlate(u[rows], self.normal)
        return u

    def values(self, u: Array, labels: Sequence[str]) -> dict[str, Array]:
        """What these quantities are in each draw, (draws,) or (1,) where fixed."""
        rows = {label: row for row, label in enumerate(self.uncertain)}
        return {
            label: self.quantities[label].distribution.quantile(u[rows[label]] if label in rows else np.full(1, 0.5))
            for label in labels
        }

    def are_related(self, a: str, b: str) -> bool:
        """Whether two different quantities are correlated: the others are independent, pair by pair."""
        if a == b or a not in self.correlated or b not in self.correlated:
            return False
        return bool(self.normal[self.correlated.index(a), self.correlated.index(b)] != 0)


def build(cases: Sequence[Case]) -> World:
    """The world of these cases. Raises CaseFaults when they contradict each other."""
    taken: dict[tuple[object, ...], tuple[str, str, Quantity]] = {}
    keys: dict[tuple[str, str], tuple[object, ...]] = {}
    for case in cases:
        for name, key, quantity in _stated(case):
            taken.setdefault(key, (name, case.name, quantity))
            keys[case.name, name] = key
    names = [name for name, _, _ in taken.values()]
    labels = {key: name if names.count(name) == 1 else f"{name} ({case})" for key, (name, case, _) in taken.items()}
    quantities = {
        labels[key]: Quantity(labels[key], quantity.distribution, quantity.unit, quantity.note)
        for key, (_, _, quantity) in taken.items()
    }
    slots = {place: labels[key] for place, key in keys.items()}
    uncertain = tuple(label for label, quantity in quantities.items() if quantity.is_uncertain)
    notes = [
        f"{name} is defined differently in {' and '.join(where)}: drawn apart"
        for name in sorted({name for name in names if names.count(name) > 1 and not name.startswith("effort.")})
        for where in [[case for other, case, _ in taken.values() if other == name]]
    ]
    correlated, normal, change, more = _correlations(cases, slots)
    return World(quantities, slots, uncertain, correlated, normal, change, tuple(notes + more))


def _stated(case: Case) -> Iterator[tuple[str, tuple[object, ...], Quantity]]:
    for driver in case.drivers:
        yield (
            driver.name,
            (driver.name, driver.distribution),
            Quantity("", driver.distribution, driver.unit, driver.note),
        )
    for effort in case.efforts:
        yield effort.name, (effort.name, case.name), Quantity("", effort.distribution, effort.unit, effort.note)


def _correlations(
    cases: Sequence[Case], slots: Mapping[tuple[str, str], str]
) -> tuple[tuple[str, ...], Array, float, list[str]]:
    stated: dict[tuple[str, str], tuple[float, str]] = {}
    faults: list[Fault] = []
    notes: list[str] = []
    for case in cases:
        for number, pair in enumerate(case.correlations, 1):
            a, b = sorted((slots[case.name, pair.a], slots[case.name, pair.b]))
            rho, where = stated.setdefault((a, b), (pair.rho, case.name))
            if rho != pair.rho:
                found = f"{pair.rho:g} for {a} and {b}, which is {rho:g} in {where}"
                faults.append(Fault(f"correlations[{number}].rho", found, "the same in every case", case.name))
    if faults:
        raise CaseFaults(faults)
    labels = tuple(sorted({label for pair in stated for label in pair}))
    rank = np.eye(len(labels))
    for (a, b), (rho, _) in stated.items():
        i, j = labels.index(a), labels.index(b)
        rank[i, j] = rank[j, i] = rho
    if not labels:
        return (), rank, 0.0, notes
    wanted = correlation.normal_correlation(rank)
    np.fill_diagonal(wanted, 1.0)
    normal = correlation.nearest_correlation(wanted)
    change = float(np.abs(correlation.rank_correlation(normal) - rank)[~np.eye(len(labels), dtype=bool)].max())
    if normal is wanted:
        return labels, normal, 0.0, notes
    notes.append(f"the correlations contradict each other; the nearest that do not differ by up to {change:.2g}")
    return labels, normal, change, notes
