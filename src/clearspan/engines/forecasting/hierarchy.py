"""Series that add up: what the parts come to is what the whole comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clearspan.engines.forecasting.inputs import Floats

MOST_PARTS = 1_500  # over which weighing everything against everything is not worth its time: sums of the parts then
LEAST_VARIANCE = 1e-6  # of the largest: a series that never erred is believed, but not without limit


@dataclass(frozen=True)
class Hierarchy:
    """A tree of series, or several. `parents` has the parent of each child, in the file's order.

    Raises ValueError where that is no tree.
    """

    parents: Mapping[str, str]

    def __post_init__(self) -> None:
        for name in self.parents:
            seen, at = {name}, name
            while at in self.parents:
                at = self.parents[at]
                if at in seen:
                    raise ValueError(f"“{name}” is below itself")
                seen.add(at)

    @property
    def wholes(self) -> list[str]:
        """Those that are sums of others; every child before its parent."""
        depth = {name: self._depth(name) for name in dict.fromkeys(self.parents.values())}
        return sorted(depth, key=lambda name: -depth[name])  # stable: the file's order within a level

    @property
    def parts(self) -> list[str]:
        """Those that are not sums."""
        wholes = set(self.parents.values())
        return [name for name in self.parents if name not in wholes]

    def sums(self) -> dict[str, list[str]]:
        """The parts of which each whole is the sum."""
        found: dict[str, list[str]] = {name: [] for name in self.wholes}
        for part in self.parts:
            at = part
            while at in self.parents:
                at = self.parents[at]
                found[at].append(part)
        return found

    def _depth(self, name: str) -> int:
        return 0 if name not in self.parents else 1 + self._depth(self.parents[name])


def summed(values: Mapping[str, Floats], parts: Sequence[str]) -> Floats:
    """The sum of pasts that end together; one that began later was nothing before."""
    longest = max(len(values[part]) for part in parts)
    whole = np.zeros(longest)
    for part in parts:
        whole[longest - len(values[part]) :] += values[part]
    return whole


def reconciled(
    hierarchy: Hierarchy, means: Mapping[str, Floats], sizes: Mapping[str, float], signs: Mapping[str, int]
) -> tuple[dict[str, Floats], str]:
    """Means that add up, nearest to the given ones where each weighs by its error variance; and how they were made.

    `signs` has 1 for a part that cannot fall below zero, -1 for one that cannot rise above, 0 for any other.
    """
    parts, sums = hierarchy.parts, hierarchy.sums()
    below = np.array([means[part] for part in parts])
    how = "sums of the parts"
    if len(parts) <= MOST_PARTS:
        how = "adds up by weighted least squares"
        below = _weighed(parts, sums, below, means, sizes)
    for row, part in zip(below, parts, strict=True):
        if signs[part]:
            np.maximum(row * signs[part], 0.0, out=row)
            row *= signs[part]
    at = {part: n for n, part in enumerate(parts)}
    whole = {name: below[[at[part] for part in members]].sum(axis=0) for name, members in sums.items()}
    return {**dict(zip(parts, below, strict=True)), **whole}, how


def _weighed(
    parts: list[str],
    sums: Mapping[str, list[str]],
    below: Floats,
    means: Mapping[str, Floats],
    sizes: Mapping[str, float],
) -> Floats:
    """The parts that minimise the squared changes of all series over their variances (Wickramasuriya et al. 2019, WLS).

    With V the parts' variances and U the wholes', S summing: b + V S' (S V S' + U)^-1 (w - S b).
    """
    at = {part: n for n, part in enumerate(parts)}
    S = np.zeros((len(sums), len(parts)))
    for n, members in enumerate(sums.values()):
        S[n, [at[part] for part in members]] = 1.0
    variance = np.array([sizes[name] for name in (*parts, *sums)]) ** 2
    known = variance[np.isfinite(variance)]
    largest = float(known.max(initial=0.0)) or 1.0
    variance = np.clip(np.nan_to_num(variance, nan=largest), LEAST_VARIANCE * largest, None)
    V, U = variance[: len(parts)], variance[len(parts) :]
    gain = np.linalg.solve((S * V) @ S.T + np.diag(U), S * V).T
    return np.asarray(below + gain @ (np.array([means[name] for name in sums]) - S @ below))
