"""A case as the steps that compute it, in order, each a small function of drivers and of earlier steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clearspan.engines.business_case import adoption, evaluation, formula
from clearspan.engines.business_case.case import Adoption, Case
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.evaluation import Clock
from clearspan.engines.business_case.faults import CaseFaults, Fault
from clearspan.engines.business_case.formula import Apply, Formula, Name, Node, Number
from clearspan.engines.business_case.world import World

_SIGNS = {"revenue": 1.0, "cost": -1.0, "capital": -1.0, "quantity": 0.0}


@dataclass(frozen=True)
class Step:
    """Fills the slot `target`. `scope` leads from the names it reads to slots; `what` is a formula or Bass's curve."""

    target: str
    what: Formula | Adoption
    scope: Mapping[str, str]
    name: str
    kind: str
    starts: int
    ends: int
    path: str  # where its formula stands in the specification, for faults
    gate: int | None = None  # the gate whose cost it is

    @property
    def sign(self) -> float:
        return _SIGNS[self.kind]


@dataclass(frozen=True)
class Program:
    """`drivers` are the labels of the quantities it reads; `discount` is (periods + 1,)."""

    case: Case
    steps: tuple[Step, ...]
    scope: Mapping[str, str]  # of the case's own names, for the rules of its gates
    drivers: tuple[str, ...]
    discount: Array

    @property
    def cash(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.sign)

    def display(self, label: str) -> str:
        """A quantity's name as the case itself calls it."""
        own = {slot: name for name, slot in self.scope.items()}
        return own.get(label, label)

    def run(self, values: Mapping[str, Array], steps: Sequence[Step] | None = None) -> dict[str, Array]:
        """Every slot after the steps: `values` and one array a step, (periods + 1, draws or 1)."""
        slots = dict(values)
        for step in self.steps if steps is None else steps:
            slots[step.target] = compute(step, slots, self.case)
        return slots

    def after(self, label: str) -> tuple[Step, ...]:
        """The steps that change with one quantity."""
        changed, steps = {label}, []
        for step in self.steps:
            if changed.intersection(step.scope.values()):
                changed.add(step.target)
                steps.append(step)
        return tuple(steps)


def compile_case(case: Case, others: Mapping[str, Case], world: World) -> Program:
    """The program of a case; `others` are the cases it may cannibalise, by name."""
    steps, scope = _own_steps(case, world)
    if case.cannibalises:
        steps += _cannibalised(case, others, world, scope)
    for effort in case.efforts:
        if effort.rate is not None:
            steps.append(_effort_step(case, world, scope, effort.name))
    for number, gate in enumerate(case.gates):
        place = f"gates[{number + 1}].cost"
        steps.append(
            _step(case, f"gate {number + 1}", "cost", gate.cost, scope, (gate.at, gate.at), place, gate=number)
        )
    read = {slot for step in steps for slot in step.scope.values()}
    for gate in case.gates:
        if gate.continue_if:
            read |= {scope[name] for name in gate.continue_if.names if name != "t"}
    names = [driver.name for driver in case.drivers] + [effort.name for effort in case.efforts]
    own = [world.slots[case.name, name] for name in names]
    drivers = tuple(dict.fromkeys([*own, *(label for label in world.quantities if label in read)]))
    t = np.arange(case.periods + 1)
    steps = [_folded(step, case) for step in steps]
    return Program(case, tuple(steps), scope, drivers, (1 + case.discount_rate) ** (-t / case.periods_a_year))


def compute(step: Step, slots: Mapping[str, Array], case: Case) -> Array:
    """The value of one step, 0 outside its window. Raises CaseFaults when it has none."""
    values = {name: slots[slot] for name, slot in step.scope.items()}
    clock = _clock(step, case)
    with np.errstate(all="ignore"):  # what has no value is looked for below, and said in words
        if isinstance(step.what, Adoption):
            value = _adopters(step.what, values, clock, case)
        else:
            value = evaluation.evaluate(step.what.tree, values, clock)
        if value.shape[:-1] != (case.periods + 1,):
            value = np.broadcast_to(value, (case.periods + 1, value.shape[-1]))
        window = slice(step.starts, step.ends + 1)
        if not np.isfinite(value[window]).all():
            raise CaseFaults([_not_finite(step, value, values, clock, case)])
    if step.starts == 0 and step.ends == case.periods:
        return value
    out = value if _is_fresh(step, value) else value.copy()
    out[: step.starts], out[step.ends + 1 :] = 0.0, 0.0
    return out


def _clock(step: Step, case: Case) -> Clock:
    return Clock(case.periods, first=min(step.starts, 1))


def _is_fresh(step: Step, value: Array) -> bool:
    """Whether a value is the step's own to change: a bare name's is another step's, a folded one is kept for later."""
    return value.flags.owndata and (isinstance(step.what, Adoption) or isinstance(step.what.tree, Apply))


def _folded(step: Step, case: Case) -> Step:
    if isinstance(step.what, Adoption):
        return step
    return replace(step, what=Formula(step.what.text, evaluation.fold(step.what.tree, _clock(step, case))))


def _own_steps(case: Case, world: World, periods: int | None = None) -> tuple[list[Step], dict[str, str]]:
    """Adoption and lines, and the scope after them."""
    scope = {name: label for (where, name), label in world.slots.items() if where == case.name}
    last, steps = periods or case.periods, []
    if case.adoption:
        what = case.adoption
        names = what.p.names | what.q.names | what.market.names
        reads = {name: scope[name] for name in names if name != "t"}
        curve = Step(f"[{case.name}] adopters", what, reads, "adopters", "quantity", 0, last, "adoption")
        scope |= {"adopters": curve.target}
        steps.append(curve)
        if _reads_new_adopters(case):
            steps.append(_step(case, "new_adopters", "quantity", _NEW, scope, (0, last), "adoption"))
            scope |= {"new_adopters": steps[-1].target}
    for number, line in enumerate(case.lines, 1):
        if line.starts <= last:
            window = (line.starts, min(line.ends, last))
            steps.append(_step(case, line.name, line.kind, line.formula, scope, window, f"lines[{number}].formula"))
            scope |= {line.name: steps[-1].target}
    return steps, scope


def _step(
    case: Case, name: str, kind: str, what: Formula, scope: Mapping[str, str], window: tuple[int, int], path: str,
    gate: int | None = None,
) -> Step:  # fmt: skip
    reads = {name: scope[name] for name in what.names if name != "t"}
    return Step(f"[{case.name}] {name}", what, reads, name, kind, *window, path, gate)


def _effort_step(case: Case, world: World, scope: Mapping[str, str], name: str) -> Step:
    effort = next(effort for effort in case.efforts if effort.name == name)
    assert effort.rate is not None
    spread = Number(1 / (effort.ends - effort.starts + 1))
    tree = _product(_product(Name(name), effort.rate.tree), spread)
    what = Formula(f"{name} x {effort.rate.text}", tree)
    return _step(case, name, "cost", what, scope, (effort.starts, effort.ends), f"rates.{effort.function}")


def _cannibalised(case: Case, others: Mapping[str, Case], world: World, scope: Mapping[str, str]) -> list[Step]:
    assert case.cannibalises is not None
    other = others.get(case.cannibalises.case)
    if other is None:
        found = f"no case {case.cannibalises.case}"
        raise CaseFaults([Fault("cannibalises.case", found, "one of the cases studied together", case.name)])
    if other.period != case.period or other.currency != case.currency:
        found = f"{other.name} in {other.currency} a {other.period}"
        expected = f"{case.currency} a {case.period}, as here"
        raise CaseFaults([Fault("cannibalises.case", found, expected, case.name)])
    steps, _ = _own_steps(other, world, case.periods)
    revenue = [step.target for step in steps if step.kind == "revenue"]
    steps = [replace(step, kind="quantity") for step in steps]
    lost: Node = Number(0.0)
    for target in revenue:
        lost = Apply("+", (lost, Name(target)), "revenue")
    what = Formula(f"lost by {other.name}", _product(case.cannibalises.share.tree, lost))
    name = f"lost by {other.name}"
    scope = {**scope, **{target: target for target in revenue}}
    return [*steps, _step(case, name, "cost", what, scope, (0, case.periods), "cannibalises.share")]


def _reads_new_adopters(case: Case) -> bool:
    rules = [gate.continue_if for gate in case.gates if gate.continue_if]
    return any("new_adopters" in what.names for what in (*(line.formula for line in case.lines), *rules))


_NEW = formula.parse("adopters - lag(adopters, 1)")


def _product(a: Node, b: Node) -> Node:
    return Apply("*", (a, b), "a product")


def _adopters(what: Adoption, values: Mapping[str, Array], clock: Clock, case: Case) -> Array:
    p, q, market = (evaluation.evaluate(part.tree, values, clock) for part in (what.p, what.q, what.market))
    faults = []
    if not (p > 0).all():
        faults.append(Fault("adoption.p", "0 or less in some draws", "a rate that is always above 0", case.name))
    if not (q >= 0).all():
        faults.append(Fault("adoption.q", "less than 0 in some draws", "a rate that is never under 0", case.name))
    if faults:
        raise CaseFaults(faults)
    shares = np.zeros((case.periods + 1, max(p.size, q.size)))
    before = what.starts - 1  # the first adopters are those of the end of period `starts`
    shares[before:] = adoption.bass_shares(p, q, case.periods - before, 1 / case.periods_a_year)
    return market * shares


def _not_finite(step: Step, value: Array, values: Mapping[str, Array], clock: Clock, case: Case) -> Fault:
    bad = ~np.isfinite(value)
    bad[: step.starts], bad[step.ends + 1 :] = False, False
    period, draw = (int(where[0]) for where in np.nonzero(bad))
    why = "a number that is not finite"
    if isinstance(step.what, Formula):
        why = evaluation.explain(step.what.tree, values, clock, period, draw)
    share = float(bad.any(axis=0).mean())
    often = "in every draw" if share == 1 else f"in {share:.1%} of draws"
    return Fault(step.path, f"{why} at period {period} {often}", "a finite number in every draw", case.name)
