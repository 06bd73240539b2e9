"""What it is worth to be able to stop at a gate: by the stated rule, and by the best rule that can be found.

The best rule is learnt by regressing what going on brought, draw by draw, on what is known at the gate (Longstaff and
Schwartz 2001, Review of Financial Studies 14), from the last gate back to the first. It is then valued on fresh draws:
on the draws it was learnt from it would look better than it is. Known at a gate are the names in its own rule and in
those before it, as they stand in that period, the period's cash, and the cash so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from clearspan.engines.business_case import evaluation
from clearspan.engines.business_case.case import Gate
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.evaluation import Clock
from clearspan.engines.business_case.faults import CaseFaults, Fault
from clearspan.engines.business_case.formula import Formula
from clearspan.engines.business_case.program import Program
from clearspan.engines.business_case.simulation import each_block, flow
from clearspan.engines.business_case.world import World

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Passages:
    """What each draw meets at the gates. All worths are discounted to today.

    before (draws,): flows up to the first gate. stages (gates, draws): what going on at a gate brings until the next,
    less its cost. goes_on (gates, draws): what the stated rules say. known: (facts, draws) at each gate.
    """

    before: Array
    stages: Array
    goes_on: Flags
    known: tuple[Array, ...]


@dataclass(frozen=True)
class Stopping:
    """The worth of being able to stop, against never stopping, and the share of draws that go on by the stated rule."""

    goes_on: float
    stated_rule: float
    best_rule: float


@dataclass(frozen=True)
class GateValues:
    """`alone`: each gate were it the only one. `together`: all of them; its `goes_on` is the share that passes all.

    `npv` (draws,) is what the case is worth in each fresh draw when the stated rules are kept.
    """

    alone: tuple[Stopping, ...]
    together: Stopping
    npv: Array


def gate_values(learn: Passages, fresh: Passages) -> GateValues:
    """Learns the best rules on one set of draws and values them, and the stated ones, on another."""
    gates = len(learn.stages)
    alone = []
    for gate in range(gates):
        rule = _learn(learn.known[gate], learn.stages[gate:].sum(axis=0), learn.goes_on[gate])
        later = fresh.stages[gate:].sum(axis=0)
        goes_on = fresh.goes_on[gate]
        best = rule.says(fresh.known[gate], goes_on)
        alone.append(Stopping(float(goes_on.mean()), _gain(goes_on, later), _gain(best, later)))
    stated, kept = np.zeros(fresh.before.shape), np.zeros(fresh.before.shape)
    ahead = np.zeros(
        learn.before.shape
    )  # what is got from the next gate on, by the best rules, in each draw learnt from
    for gate in reversed(range(gates)):
        stated = np.where(fresh.goes_on[gate], fresh.stages[gate] + stated, 0.0)
        brings = learn.stages[gate] + ahead
        rule = _learn(learn.known[gate], brings, learn.goes_on[gate])
        ahead = np.where(rule.says(learn.known[gate], learn.goes_on[gate]), brings, 0.0)
        kept = np.where(rule.says(fresh.known[gate], fresh.goes_on[gate]), fresh.stages[gate] + kept, 0.0)
    never = fresh.stages.sum(axis=0)
    passes = float(fresh.goes_on.all(axis=0).mean())
    together = Stopping(passes, float((stated - never).mean()), float((kept - never).mean()))
    return GateValues(tuple(alone), together, fresh.before + stated)


def passages(program: Program, world: World, u: Array) -> Passages:
    """Runs the program on draws u and keeps what happens at its gates."""
    gates, names = program.case.gates, _names(program.case.gates)
    costs = {step.gate: step.target for step in program.steps if step.gate is not None}
    edges = [gate.at + 1 for gate in gates] + [program.case.periods + 1]

    def condense(slots: Mapping[str, Array], block: slice) -> Passages:
        size = block.stop - block.start
        cash = flow(program, slots, size, gates=False)
        worth = cash * program.discount[:, None]
        scope = {name: slots[slot] for name, slot in program.scope.items() if slot in slots}
        stages, goes_on, known = np.empty((len(gates), size)), np.ones((len(gates), size), dtype=bool), []
        for number, gate in enumerate(gates):
            brings = worth[edges[number] : edges[number + 1]].sum(axis=0)
            stages[number] = brings - program.discount @ slots[costs[number]]
            if gate.continue_if is not None:
                goes_on[number] = _says(gate.continue_if, gate.at, number, scope, program)
            facts = [np.broadcast_to(_at(scope[name], gate.at), size) for name in names[number]]
            known.append(np.stack([*facts, cash[gate.at], cash[: gate.at + 1].sum(axis=0)]))
        return Passages(worth[: edges[0]].sum(axis=0), stages, goes_on, tuple(known))

    parts = [part for _, part in each_block(program, world, u, condense)]
    return Passages(
        np.concatenate([part.before for part in parts]),
        np.concatenate([part.stages for part in parts], axis=1),
        np.concatenate([part.goes_on for part in parts], axis=1),
        tuple(np.concatenate([part.known[gate] for part in parts], axis=1) for gate in range(len(gates))),
    )


@dataclass(frozen=True)
class _Rule:
    """Going on in every draw, by the stated rule, or where a regression says that going on brings something."""

    kind: str
    facts: _Facts | None = None
    weights: Array | None = None

    def says(self, known: Array, stated: Flags) -> Flags:
        if self.kind == "always":
            return np.ones(known.shape[1], dtype=bool)
        if self.kind == "stated":
            return stated
        assert self.facts is not None and self.weights is not None
        return np.asarray(self.facts.terms(known, stated) @ self.weights > 0)


@dataclass(frozen=True)
class _Facts:
    """How what is known becomes terms of a regression: standardised, and as normal scores of its rank when learnt."""

    mean: Array
    sd: Array
    ordered: tuple[Array, ...]

    def terms(self, known: Array, stated: Flags) -> Array:
        """1, the stated rule, and for each fact a line and a cubic of its score; and all products of two scores."""
        columns = [np.ones(known.shape[1]), stated * 1.0]
        scores = []
        for row, ordered in enumerate(self.ordered):
            rank = (np.searchsorted(ordered, known[row]) + 0.5) / (len(ordered) + 1)
            score = special.ndtri(rank)
            scores.append(score)
            columns += [(known[row] - self.mean[row]) / self.sd[row], score, score**2, score**3]
        columns += [scores[i] * scores[j] for i in range(len(scores)) for j in range(i)]
        return np.stack(columns, axis=1)


def _learn(known: Array, brings: Array, stated: Flags) -> _Rule:
    """The rule that brings most on these draws, of going on always, as stated, and as the regression says."""
    rules = [_Rule("always"), _Rule("stated")]
    varies = np.ptp(known, axis=1) > 0
    known = np.where(varies[:, None], known, 0.0)
    facts = _Facts(known.mean(axis=1), np.where(varies, known.std(axis=1), 1.0), tuple(np.sort(known, axis=1)))
    weights: Array = np.linalg.lstsq(facts.terms(known, stated), brings, rcond=1e-9)[0].astype(np.float64)
    rules.append(_Rule("regression", facts, weights))
    return max(rules, key=lambda rule: float(np.where(rule.says(known, stated), brings, 0.0).mean()))


def _gain(goes_on: Flags, brings: Array) -> float:
    return float(-np.where(goes_on, 0.0, brings).mean())


def _names(gates: tuple[Gate, ...]) -> list[list[str]]:
    """At each gate, the names that its rule and those before it read."""
    names: list[list[str]] = []
    for gate in gates:
        read = gate.continue_if.names - {"t"} if gate.continue_if else frozenset()
        names.append(sorted({*(names[-1] if names else ()), *read}))
    return names


def _says(rule: Formula, at: int, number: int, scope: Mapping[str, Array], program: Program) -> Flags:
    clock = Clock(program.case.periods)
    with np.errstate(all="ignore"):  # what has no value is faulted below
        answer = _at(evaluation.evaluate(rule.tree, scope, clock), at)
        if np.isnan(answer).any():
            why = evaluation.explain(rule.tree, scope, clock, at, int(np.isnan(answer).argmax()))
            path = f"gates[{number + 1}].continue_if"
            raise CaseFaults([Fault(path, f"{why} at period {at}", "an answer in every draw", program.case.name)])
    return np.asarray(answer != 0)


def _at(value: Array, period: int) -> Array:
    """A value in one period."""
    if value.ndim == 1:
        return value
    return np.asarray(value[min(period, value.shape[0] - 1)])
