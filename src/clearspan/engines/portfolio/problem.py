"""What a portfolio choice is made of: options, the people there are, and the rules between options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import numpy as np
import numpy.typing as npt

from clearspan.engines.portfolio.arrays import Floats, Ints

NOT_CHOSEN = -1  # in an array of starts
WORST_SHARE = 0.1  # CVaR is the mean of this worst share of the draws
TOLERANCE = 1e-6  # relative; two amounts nearer than this are the same amount


@dataclass(frozen=True)
class Bucket:
    """A share of all effort used (over all functions and periods) that the options named with it must keep to."""

    name: str
    min: float = 0.0
    max: float = 1.0


@dataclass(frozen=True)
class Problem:
    """Which options to do and when, n options, F functions, T periods, S draws.

    `value` (n) is the mean worth of each option started at its `earliest`; each period later loses `delay_cost`.
    `draws` (S x n), when given, has `value` for its mean. `effort` (n x F) is a total, spread evenly over `duration`
    periods. `earliest` and `latest` are the first and last start allowed, from 0. `capacity` is T x F. With
    one period there is no calendar: duration and order are left out, all effort falls into the one row.
    `requires` holds (option, what must have finished before it starts), `excludes` unordered pairs; both by position.
    `budget` caps the sum of `cost`. The objective is (1 - risk) mean + risk CVaR.

    Raises ValueError with one line a fault when shapes or numbers cannot be meant.
    """

    options: tuple[str, ...]
    functions: tuple[str, ...]
    periods: tuple[str, ...]
    value: Floats
    effort: Floats
    capacity: Floats
    duration: Ints
    earliest: Ints
    latest: Ints
    must: tuple[bool, ...]
    cost: Floats
    delay_cost: Floats
    bucket: tuple[str | None, ...]
    buckets: tuple[Bucket, ...] = ()
    requires: tuple[tuple[int, int], ...] = ()
    excludes: tuple[tuple[int, int], ...] = ()
    draws: Floats | None = None
    budget: float | None = None
    risk: float = 0.0

    @classmethod
    def of(
        cls,
        options: Sequence[str],
        effort: object,
        capacity: object,
        value: object = None,
        *,
        functions: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
        duration: object = None,
        earliest: object = None,
        latest: object = None,
        must: Sequence[bool] | None = None,
        cost: object = None,
        delay_cost: object = None,
        bucket: Sequence[str | None] | None = None,
        buckets: Sequence[Bucket] = (),
        requires: Sequence[tuple[int, int]] = (),
        excludes: Sequence[tuple[int, int]] = (),
        draws: object = None,
        budget: float | None = None,
        risk: float = 0.0,
    ) -> Problem:
        """A problem from anything array-like, with what is not given left open: no cost, no rules, one period long."""
        n = len(options)
        amounts, room = np.atleast_2d(np.asarray(effort, float)), np.atleast_2d(np.asarray(capacity, float))
        sample = None if draws is None else np.atleast_2d(np.asarray(draws, float))
        if value is None and sample is None:
            raise ValueError("give the options' value, or draws of it")

        def floats(given: object) -> Floats:
            return np.zeros(n) if given is None else np.asarray(given, float)

        def ints(given: object, otherwise: int) -> Ints:
            return np.full(n, otherwise) if given is None else np.asarray(given, int)

        return cls(
            options=tuple(options),
            functions=tuple(functions or (f"function {k + 1}" for k in range(room.shape[1]))),
            periods=tuple(periods or (str(k + 1) for k in range(room.shape[0]))),
            value=floats(value) if sample is None else sample.mean(axis=0),
            effort=amounts,
            capacity=room,
            duration=ints(duration, 1),
            earliest=ints(earliest, 0),
            latest=ints(latest, room.shape[0] - 1),
            must=tuple(must or (False,) * n),
            cost=floats(cost),
            delay_cost=floats(delay_cost),
            bucket=tuple(bucket or (None,) * n),
            buckets=tuple(buckets),
            requires=tuple(requires),
            excludes=tuple(excludes),
            draws=sample,
            budget=budget,
            risk=risk,
        )

    def __post_init__(self) -> None:
        faults = [*self._shape_faults()] or [*self._number_faults(), *self._rule_faults()]
        if faults:
            raise ValueError("\n".join(faults))

    @property
    def calendar(self) -> bool:
        """Whether there is time at all: one row of capacity is none."""
        return len(self.periods) > 1

    @cached_property
    def span(self) -> Ints:
        """Periods each option takes (n)."""
        return self.duration if self.calendar else np.ones(len(self.options), dtype=np.int64)

    @cached_property
    def lag(self) -> Ints:
        """Periods that must pass from an option's start to the start of what requires it (n)."""
        return self.span if self.calendar else np.zeros(len(self.options), dtype=np.int64)

    @cached_property
    def rate(self) -> Floats:
        """Effort a period while an option runs (n x F)."""
        return np.asarray(self.effort / self.span[:, None], dtype=np.float64)

    @cached_property
    def starts(self) -> tuple[range, ...]:
        """The starts each option may have: inside its window and done by the last period; empty when there is none."""
        last = len(self.periods)
        if not self.calendar:
            return (range(1),) * len(self.options)
        return tuple(
            range(int(first), min(int(late), last - int(span)) + 1)
            for first, late, span in zip(self.earliest, self.latest, self.span, strict=True)
        )

    @cached_property
    def allowed(self) -> npt.NDArray[np.bool_]:
        """`starts` as a table (n x T)."""
        period = np.arange(len(self.periods))
        return np.array([(period >= window.start) & (period < window.stop) for window in self.starts])

    @cached_property
    def ends(self) -> Ints:
        """The period after the last one of option i started in period q, the calendar's end at most (n x T)."""
        ends = np.minimum(np.arange(len(self.periods)) + self.span[:, None], len(self.periods))
        return np.asarray(ends, dtype=np.int64)

    @cached_property
    def worth(self) -> Floats:
        """Mean worth of option i started in period q (n x T), whether or not that start is allowed."""
        late = np.arange(len(self.periods)) - (self.earliest[:, None] if self.calendar else 0)
        return np.asarray(self.value[:, None] - self.delay_cost[:, None] * late, dtype=np.float64)

    @cached_property
    def prerequisites(self) -> tuple[tuple[int, ...], ...]:
        """For each option, what it requires itself (not what that requires in turn)."""
        return self._neighbours((a, b) for a, b in self.requires)

    @cached_property
    def dependents(self) -> tuple[tuple[int, ...], ...]:
        """For each option, what requires it."""
        return self._neighbours((b, a) for a, b in self.requires)

    @cached_property
    def rivals(self) -> tuple[tuple[int, ...], ...]:
        """For each option, what it excludes or is excluded by."""
        return self._neighbours((x, y) for a, b in self.excludes for x, y in ((a, b), (b, a)))

    def index(self, option: str) -> int:
        """Where an option stands. Raises KeyError when there is none of that name."""
        if option not in self.options:
            raise KeyError(option)
        return self.options.index(option)

    @cached_property
    def size(self) -> Floats:
        """All effort of each option, over its functions and periods (n)."""
        return np.asarray(self.effort.sum(axis=1), dtype=np.float64)

    @cached_property
    def membership(self) -> tuple[npt.NDArray[np.bool_], ...]:
        """For each bucket, which options are in it (n)."""
        return tuple(np.array([name == bucket.name for name in self.bucket]) for bucket in self.buckets)

    @cached_property
    def bound(self) -> tuple[bool, ...]:
        """The options every plan has: the musts, and all that they require."""
        found, stack = [False] * len(self.options), [i for i, must in enumerate(self.must) if must]
        while stack:
            i = stack.pop()
            if not found[i]:
                found[i] = True
                stack += self.prerequisites[i]
        return tuple(found)

    def _neighbours(self, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
        found: list[set[int]] = [set() for _ in self.options]
        for a, b in pairs:
            found[a].add(b)
        return tuple(tuple(sorted(each)) for each in found)

    def _shape_faults(self) -> list[str]:
        n, width, height = len(self.options), len(self.functions), len(self.periods)
        wanted: dict[str, tuple[int, ...]] = {"effort": (n, width), "capacity": (height, width)}
        each = ("value", "duration", "earliest", "latest", "must", "cost", "delay_cost", "bucket")
        wanted |= dict.fromkeys(each, (n,))
        faults = [
            f"{name}: found shape {np.shape(getattr(self, name))}, expected {shape}"
            for name, shape in wanted.items()
            if np.shape(getattr(self, name)) != shape
        ]
        if self.draws is not None and (self.draws.ndim != 2 or self.draws.shape[1] != n or not len(self.draws)):
            faults.append(f"draws: found shape {self.draws.shape}, expected one row a draw and {n} columns")
        for kind, names in (("option", self.options), ("function", self.functions), ("period", self.periods)):
            faults += [f"{kind} {name}: found twice, expected once" for name, k in Counter(names).items() if k > 1]
            if not names:
                faults.append(f"{kind}s: found none, expected at least one")
        return faults

    def _number_faults(self) -> list[str]:
        faults = []
        for name in ("value", "effort", "capacity", "cost", "delay_cost", "draws"):
            numbers = getattr(self, name)
            if numbers is not None and not np.isfinite(numbers).all():
                faults.append(f"{name}: found a number that is not finite, expected finite numbers")
            elif numbers is not None and name not in ("value", "draws") and (numbers < 0).any():
                faults.append(f"{name}: found a number below 0, expected 0 or more")
        if (self.duration < 1).any():
            faults.append("duration: found less than 1, expected 1 period or more")
        if (self.earliest < 0).any():
            faults.append("earliest: found a period before the first, expected one of the calendar")
        if self.budget is not None and not self.budget >= 0:
            faults.append(f"budget: found {self.budget}, expected 0 or more")
        if not 0 <= self.risk <= 1:
            faults.append(f"risk: found {self.risk}, expected a number from 0 to 1")
        return faults

    def _rule_faults(self) -> list[str]:
        n = len(self.options)
        faults = [
            f"requires or excludes: found the pair {pair}, expected two different options"
            for pair in (*self.requires, *self.excludes)
            if pair[0] == pair[1] or not all(0 <= each < n for each in pair)
        ]
        for bucket in self.buckets:
            if not 0 <= bucket.min <= bucket.max <= 1:
                faults.append(f"bucket {bucket.name}: found shares from {bucket.min} to {bucket.max}, expected 0 to 1")
        if sum(bucket.min for bucket in self.buckets) > 1 + TOLERANCE:
            faults.append("buckets: found floors that add up to more than 1, expected at most all of the effort")
        if not faults:
            try:
                TopologicalSorter(dict(enumerate(self.prerequisites))).prepare()
            except CycleError as error:
                names = " -> ".join(self.options[each] for each in reversed(error.args[1]))
                faults.append(f"requires: found a circle ({names}), expected none")
        return faults
