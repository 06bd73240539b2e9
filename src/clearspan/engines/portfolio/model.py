"""The choice as a mixed-integer linear program, solved by HiGHS.

x[i, q] = 1 when option i starts in period q. Time-indexed, because its linear relaxation is the tightest of the usual
scheduling models, and because windows, delay costs and capacity by period are then linear. CVaR is that of Rockafellar
and Uryasev (2000): eta - sum(w z) / share with z >= eta - outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from clearspan.engines.portfolio.arrays import Floats, Ints
from clearspan.engines.portfolio.control import Limits, Progress, Stop, never, silent
from clearspan.engines.portfolio.problem import NOT_CHOSEN, WORST_SHARE, Problem
from clearspan.engines.portfolio.scenarios import Scenarios

INFINITE = highspy.kHighsInf
Terms = Iterable[tuple[int, float]]


@dataclass(frozen=True)
class Rule:
    """What a row of the model stands for, to be named when rules clash."""

    kind: str  # "must", "capacity", "requires", "excludes", "bucket floor", "bucket cap", "budget"
    which: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What HiGHS found: starts (n) or None, an upper bound on the model's objective, and how it ended."""

    starts: Ints | None
    bound: float
    optimal: bool
    infeasible: bool
    nodes: int


class Model:
    """The program of one problem. `rules`, when given, leaves out every rule that is not among them."""

    def __init__(self, problem: Problem, scenarios: Scenarios | None = None, rules: set[Rule] | None = None) -> None:
        self.problem, self.scenarios = problem, scenarios
        self.kept = rules
        self.scale = _scale(problem)
        self.highs = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, "parallel": "off", "mip_rel_gap": 1e-9}.items():
            self.highs.setOptionValue(name, value)
        self.column: dict[tuple[int, int], int] = {}
        self.room: dict[tuple[int, int], tuple[int, float]] = {}  # capacity row of (t, f), and what it was divided by
        self.chosen: list[int] = []  # with a tail: the column that says whether an option is chosen at all
        self.short: list[int] = []  # with a tail: how far each scenario falls under the edge
        self.edge = -1
        self.unit = 1.0
        self.rules: dict[Rule, None] = {}  # those that have a row, in order
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._choices()
        self._capacity()
        self._pairs()
        self._shares()
        self._budget()
        if scenarios is not None and problem.risk > 0:
            self._tail(scenarios)

    def solve(
        self, limits: Limits, start: Ints | None = None, stop: Stop = never, progress: Progress = silent
    ) -> Answer:
        """The best plan within `limits`, from `start` when it is given (a plan that keeps every rule)."""
        highs = self.highs
        highs.setOptionValue("random_seed", limits.seed % 2**31)
        if limits.nodes is not None:
            highs.setOptionValue("mip_max_nodes", limits.nodes)
        if start is not None:
            self._warm(start)
        watch = _Watch(limits, stop, progress)
        highs.cbMipInterrupt.subscribe(watch.interrupt)
        try:
            highs.run()
        finally:
            highs.cbMipInterrupt.unsubscribe(watch.interrupt)
        if watch.caught is not None:
            raise watch.caught
        info, status = highs.getInfo(), highs.getModelStatus()
        kind = highspy.HighsModelStatus
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return Answer(
            self._starts() if found else None,
            info.mip_dual_bound * self.scale,
            status == kind.kOptimal,
            status in (kind.kInfeasible, kind.kUnboundedOrInfeasible),
            int(info.mip_node_count),
        )

    def relaxation(self) -> tuple[Floats, float] | None:
        """Duals of the capacity rows (T x F) of the linear relaxation and its value, a bound; None if infeasible."""
        highs = self.highs
        highs.setOptionValue("solve_relaxation", True)
        highs.run()
        highs.setOptionValue("solve_relaxation", False)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.asarray(highs.getSolution().row_dual)
        prices = np.zeros_like(self.problem.capacity)
        for (t, f), (row, unit) in self.room.items():
            prices[t, f] = max(dual[row], 0.0) * self.scale / unit
        return prices, highs.getInfo().objective_function_value * self.scale

    def impossible(self, nodes: int) -> bool:
        """Whether it is proven, within so many nodes, that no plan keeps the rules."""
        columns = self.highs.getNumCol()
        self.highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.zeros(columns))
        return self.solve(Limits(nodes=nodes)).infeasible

    def _warm(self, start: Ints) -> None:
        values = np.zeros(self.highs.getNumCol())
        for i, q in enumerate(start):
            if q != NOT_CHOSEN:
                values[self.column[i, int(q)]] = 1.0
        if self.chosen:
            values[list(self.chosen)] = start != NOT_CHOSEN
            assert self.scenarios is not None
            off = self.scenarios.off @ (start != NOT_CHOSEN)
            order = np.argsort(off)
            reached = np.cumsum(self.scenarios.weight[order])
            edge = off[order[min(int(np.searchsorted(reached, WORST_SHARE)), len(off) - 1)]]
            values[self.edge] = edge / self.scale
            values[self.short] = np.maximum(edge - off, 0) / self.scale
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self.highs.setSolution(solution)

    def _starts(self) -> Ints:
        values = np.asarray(self.highs.getSolution().col_value)
        starts = np.full(len(self.problem.options), NOT_CHOSEN, dtype=np.int64)
        for (i, q), column in self.column.items():
            if values[column] > 0.5:
                starts[i] = q
        return starts

    def _row(self, rule: Rule | None, low: float, high: float, terms: Terms) -> None:
        """One row, unless its rule is left out; divided by its largest coefficient, which keeps tolerances relative."""
        if rule is not None and self.kept is not None and rule not in self.kept:
            return
        if rule is not None:
            self.rules[rule] = None
        pairs = [(column, factor) for column, factor in terms if factor]
        unit = max((abs(factor) for _, factor in pairs), default=1.0)
        columns = np.array([column for column, _ in pairs], dtype=np.int32)
        factors = np.array([factor / unit for _, factor in pairs])
        self.highs.addRow(low / unit, high / unit, len(pairs), columns, factors)
        self.unit = unit

    def _choices(self) -> None:
        """At most one start an option; a must has one."""
        for i, window in enumerate(self.problem.starts):
            self.column |= {(i, q): len(self.column) + k for k, q in enumerate(window)}
        n, (options, starts) = len(self.column), np.array([*self.column] or np.zeros((0, 2)), dtype=np.int32).T
        gain = self.problem.worth[options, starts] / self.scale
        nothing = np.zeros(0, dtype=np.int32)
        self.highs.addCols(n, gain, np.zeros(n), np.ones(n), 0, nothing, nothing, np.zeros(0))
        self.highs.changeColsIntegrality(
            n, np.arange(n, dtype=np.int32), np.full(n, highspy.HighsVarType.kInteger, dtype=object)
        )
        for i, must in enumerate(self.problem.must):
            self._row(None, -INFINITE, 1, self._any_start(i))
            if must:
                self._row(Rule("must", (i,)), 1, INFINITE, self._any_start(i))

    def _any_start(self, i: int, factor: float = 1.0, before: int | None = None) -> list[tuple[int, float]]:
        """The starts of option i, those before a period only if one is given."""
        return [(self.column[i, q], factor) for q in self.problem.starts[i] if before is None or q < before]

    def _capacity(self) -> None:
        for t, f in np.ndindex(*self.problem.capacity.shape):
            running = [
                (self.column[i, q], float(self.problem.rate[i, f]))
                for i, window in enumerate(self.problem.starts)
                if self.problem.rate[i, f] > 0
                for q in window
                if q <= t < q + self.problem.span[i]
            ]
            rows = self.highs.getNumRow()
            self._row(Rule("capacity", (t, f)), -INFINITE, float(self.problem.capacity[t, f]), running)
            if self.highs.getNumRow() > rows:
                self.room[t, f] = rows, self.unit

    def _pairs(self) -> None:
        """By any period, an option has started only if what it requires has started `lag` periods before."""
        for a, b in self.problem.requires:
            for q in self.problem.starts[a]:
                after = self._any_start(a, 1.0, q + 1)
                before = self._any_start(b, -1.0, q - int(self.problem.lag[b]) + 1)
                self._row(Rule("requires", (a, b)), -INFINITE, 0, after + before)
        for a, b in self.problem.excludes:
            self._row(Rule("excludes", (a, b)), -INFINITE, 1, self._any_start(a) + self._any_start(b))

    def _shares(self) -> None:
        for k, (bucket, inside) in enumerate(zip(self.problem.buckets, self.problem.membership, strict=True)):
            for kind, share, low, high in (
                ("bucket floor", bucket.min, 0.0, INFINITE),
                ("bucket cap", bucket.max, -INFINITE, 0.0),
            ):
                if share == (0.0 if kind == "bucket floor" else 1.0):
                    continue
                terms = [
                    term
                    for i, size in enumerate(self.problem.size)
                    for term in self._any_start(i, float(size) * (float(inside[i]) - share))
                ]
                self._row(Rule(kind, (k,)), low, high, terms)

    def _budget(self) -> None:
        if self.problem.budget is not None:
            terms = [term for i, cost in enumerate(self.problem.cost) for term in self._any_start(i, float(cost))]
            self._row(Rule("budget"), -INFINITE, self.problem.budget, terms)

    def _tail(self, scenarios: Scenarios) -> None:
        """CVaR of the distance from the mean; the mean itself is in the objective already."""
        highs, n, risk = self.highs, len(self.problem.options), self.problem.risk
        for i in range(n):
            self.chosen.append(highs.addVariable(lb=0, ub=1).index)
            self._row(None, 0, 0, [*self._any_start(i), (self.chosen[i], -1.0)])
        self.edge = highs.addVariable(lb=-INFINITE, ub=INFINITE, obj=risk).index
        for off, weight in zip(scenarios.off / self.scale, scenarios.weight, strict=True):
            short = highs.addVariable(lb=0, ub=INFINITE, obj=-risk * float(weight) / WORST_SHARE).index
            self.short.append(short)
            outcome = [(self.chosen[i], float(off[i])) for i in range(n)]
            self._row(None, 0, INFINITE, [(short, 1.0), (self.edge, -1.0), *outcome])


class _Watch:
    """Asks, from inside HiGHS, whether to stop, and tells how far it is; keeps exceptions from crossing C++."""

    def __init__(self, limits: Limits, stop: Stop, progress: Progress) -> None:
        self.limits, self.stop, self.progress = limits, stop, progress
        self.caught: BaseException | None = None

    def interrupt(self, event: highspy.highs.HighsCallbackEvent) -> None:
        try:
            done = 0.0
            if self.limits.nodes:
                done = min(1.0, event.data_out.mip_node_count / self.limits.nodes)
            self.progress(done, "proving how good the plan is")
            stopping = self.stop()
        except BaseException as error:
            self.caught, stopping = error, True
        if stopping:
            event.interrupt()


def _scale(problem: Problem) -> float:
    """A unit of worth in which the numbers of the objective are near 1 to 1,000, whatever the currency."""
    largest = float(np.abs(problem.worth).max(initial=0.0))
    return 2.0 ** np.floor(np.log2(largest / 100)) if largest > 0 else 1.0
