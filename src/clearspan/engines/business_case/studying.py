"""The study of cases: draws one world, runs every case in it, and compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clearspan.engines.business_case import comparison, gates, information, result, sampling
from clearspan.engines.business_case.case import Case
from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.faults import CaseFaults, Fault
from clearspan.engines.business_case.program import Program, compile_case
from clearspan.engines.business_case.result import CaseResult, Outcome
from clearspan.engines.business_case.simulation import DETAILED, Paths, simulate
from clearspan.engines.business_case.tornado import tornado as swing
from clearspan.engines.business_case.world import World, build

DRAWS = 2**14
FEWEST_DRAWS, MOST_DRAWS = 2**6, 2**20
LIVE_DRAWS = 2**11
LIVE_TORNADO = 2**9


def study(
    cases: Sequence[Case],
    draws: int = DRAWS,
    seed: int = 0,
    *,
    tornado: bool = True,
    finding_out: bool = True,
    stopping: bool = True,
) -> CaseResult:
    """Studies cases together, in the same draws.

    draws: rounded up to a power of two, 64 to 1,048,576. tornado, finding_out (the EVPPIs), stopping (the gates):
    whether each is worked out; without, it comes out empty. Raises CaseFaults when the cases contradict each other, or
    a formula has no finite value in some draw; ValueError for draws or a seed that cannot be used.
    """
    runs = _Runs(cases, draws, seed)
    found = [
        runs.outcome(number, tornado=DETAILED if tornado else 0, finding_out=finding_out, stopping=stopping)
        for number in range(len(cases))
    ]
    npv = {case.name: paths.npv for case, (_, paths) in zip(cases, found, strict=True)}
    outcomes = tuple(outcome for outcome, _ in found)
    evppi = runs.evppi(np.stack(list(npv.values())), runs.world.uncertain) if finding_out and len(cases) > 1 else {}
    if finding_out and len(cases) == 1:
        evppi = dict(outcomes[0].evppi)
    evppi = dict(sorted(evppi.items(), key=lambda item: -item[1]))
    compared = comparison.compare(npv, evppi)
    world = runs.world
    return CaseResult(outcomes, compared, world.largest_change, (*world.notes, *_unlike(cases)), runs.draws, seed, npv)


def evaluate(case: Case, draws: int = LIVE_DRAWS, seed: int = 0, *, others: Sequence[Case] = ()) -> Outcome:
    """One case, fast enough to follow a person's typing: everything but what its gates are worth.

    others: the cases it may cannibalise.
    """
    runs = _Runs([case, *others], draws, seed)
    return runs.outcome(0, tornado=LIVE_TORNADO, finding_out=True, stopping=False)[0]


def evsi(
    cases: Sequence[Case], driver: str, size: int, sd: float | None = None, *, draws: int = DRAWS, seed: int = 0
) -> float:
    """What a sample of `size` observations of one driver is worth, before choosing the best of the cases or none.

    driver: its name (or label, where two cases mean different things by the name). sd: of one observation about the
    driver; None when the driver is a share and each observation a yes or no. Raises LookupError when no case has such
    an uncertain driver, ValueError for a sample that cannot be.
    """
    runs = _Runs(cases, draws, seed)
    if driver not in runs.world.uncertain:
        raise LookupError(f"one of {', '.join(runs.world.uncertain) or 'no uncertain driver'}")
    paths = [simulate(program, runs.world, runs.u) for program in runs.programs]
    values = np.stack([path.npv for path in paths])
    fit = runs.fits(values, runs.world.uncertain)[runs.world.uncertain.index(driver)]
    return sampling.evsi(fit, runs.world.quantities[driver].distribution, size, sd)


@dataclass
class _Runs:
    """The world of some cases, drawn."""

    cases: Sequence[Case]
    asked: int
    seed: int

    def __post_init__(self) -> None:
        if not FEWEST_DRAWS <= self.asked <= MOST_DRAWS:
            raise ValueError(f"draws from {FEWEST_DRAWS} to {MOST_DRAWS:,}")
        if self.seed < 0:
            raise ValueError("a seed that is 0 or more")
        _check(self.cases)
        self.draws = 1 << (self.asked - 1).bit_length()
        first, self._fresh, self._null = np.random.SeedSequence(self.seed).spawn(3)
        self.world: World = build(self.cases)
        named = {case.name: case for case in self.cases}
        self.programs: list[Program] = [compile_case(case, named, self.world) for case in self.cases]
        self.u: Array = self.world.draw(self.draws, np.random.default_rng(first))

    @cached_property
    def null(self) -> NDArray[np.intp]:
        return information.permutations(self.draws, np.random.default_rng(self._null))

    def outcome(self, number: int, *, tornado: int, finding_out: bool, stopping: bool) -> tuple[Outcome, Paths]:
        program = self.programs[number]
        paths = simulate(program, self.world, self.u)
        values = paths.npv[None]
        mean = float(paths.npv.mean())
        swings = swing(program, self.world, self.u[:, :tornado], mean) if tornado else []
        uncertain = [label for label in program.drivers if self.world.quantities[label].is_uncertain]
        evppi = self.evppi(values, uncertain) if finding_out else {}
        stops = self._gates(program) if stopping and program.case.gates else None
        return result.outcome(program, self.world, paths, swings, information.evpi(values), evppi, stops), paths

    def evppi(self, values: Array, labels: Sequence[str]) -> dict[str, float]:
        return {label: fit.evppi for label, fit in zip(labels, self.fits(values, labels), strict=True)}

    def fits(self, values: Array, labels: Sequence[str]) -> list[information.Fit]:
        rows = [self.world.uncertain.index(label) for label in labels]
        related = np.array([[self.world.are_related(a, b) for b in labels] for a in labels], dtype=bool)
        return information.fit(values, self.u[rows], related, self.null)

    def _gates(self, program: Program) -> gates.GateValues:
        fresh = self.world.draw(self.draws, np.random.default_rng(self._fresh))
        return gates.gate_values(
            gates.passages(program, self.world, self.u), gates.passages(program, self.world, fresh)
        )


def _check(cases: Sequence[Case]) -> None:
    if not cases:
        raise ValueError("one case or more")
    faults = []
    for number, case in enumerate(cases):
        if case.name in {other.name for other in cases[:number]}:
            faults.append(Fault("name", f"a second case {case.name}", "a name of its own for each case", case.name))
        if case.currency != cases[0].currency:
            faults.append(Fault("currency", case.currency, f"{cases[0].currency}, as in {cases[0].name}", case.name))
    if faults:
        raise CaseFaults(faults)


def _unlike(cases: Sequence[Case]) -> list[str]:
    rates = sorted({case.discount_rate for case in cases})
    return [f"discount rates differ: {', '.join(f'{rate:g}' for rate in rates)}"] if len(rates) > 1 else []
