"""The plan through the portfolio engine: options with their NPVs, the people there are, and a saved study out.

Values come as draws from the options' case studies, so that the plan's risk is the cases' risk. What has started stays
where it is, with the effort that is left; what was chosen and has not started may move.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models.fields.json import KT
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.studies import CannotStudy, Reporter, unpacked
from clearspan.core.studies import run as run_study
from clearspan.engines import portfolio
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Bucket, Capacity, Decision, Displacement, PortfolioStudy
from clearspan.stages.evidence.models import Ask
from clearspan.stages.options.models import CaseStudy, Effort, Meets, Needs, Option

DRAWS = 1024  # of each case's draws: enough for the worst tenth of a plan
QUARTERS = 8  # how far a plan looks, when capacity is known that far
MOST_PRICED = 12  # options of open asks whose displacement is worked out with every plan
LIMITS = portfolio.Limits()
ASIDE = (Option.State.PARKED, Option.State.DECLINED)


@dataclass(frozen=True)
class Input:
    """The engine's problem, and what had to be left out of it, in sentences."""

    problem: portfolio.Problem
    left_out: tuple[str, ...]


def run(pk: int) -> PortfolioStudy | None:
    """Computes a waiting study and saves it. None when it is gone or was done already."""
    study = PortfolioStudy.objects.select_related("product").filter(pk=pk).first()
    if study is None or not study.is_under_way:
        return None
    return run_study(study, _compute, _keep_displacements)


def run_now(product: Product, seed: int = 0, **options: Any) -> PortfolioStudy:
    """Looks for the plan at once, without the worker. `options`: risk, budget, force."""
    asked = {"risk": 0.0, "budget": None, "force": None} | options
    return run_study(
        PortfolioStudy.objects.create(product=product, seed=seed, options=asked), _compute, _keep_displacements
    )


def read(
    product: Product, today: date, force: str | None = None, risk: float = 0.0, budget: float | None = None
) -> Input:
    """The product's options, people and rules as the engine takes them. Raises CannotStudy with what is missing."""
    periods, functions, capacity = _capacity(product, today)
    options, studies, left_out = _options(product, force)
    placed = [_place(option, starts, periods[0]) for option, starts in options]
    keep = [i for i, place in enumerate(placed) if place is not None]
    options, studies, places = [options[i][0] for i in keep], [studies[i] for i in keep], [placed[i] for i in keep]
    if not options:
        raise CannotStudy("No option has a finished business case yet. Write one, then ask for the plan again.")
    draws = np.stack([_draws(study) for study in studies], axis=1)
    effort, strange = _effort(options, functions)
    share_left = np.array([place.share_left for place in places])
    index = {option.pk: i for i, option in enumerate(options)}
    requires, excludes = _rules(product, index)
    problem = portfolio.Problem.of(
        [option.ref for option in options],
        effort * share_left[:, None],
        capacity,
        functions=functions,
        periods=[period.isoformat() for period in periods],
        duration=[place.duration for place in places],
        earliest=[place.earliest for place in places],
        latest=[min(place.latest, len(periods) - 1) for place in places],
        must=[place.must or option.must or option.ref == force for option, place in zip(options, places, strict=True)],
        cost=[float(study.peak or 0) for study in studies],
        delay_cost=draws.mean(axis=0).clip(0) * _lost_by_waiting(),
        bucket=[option.bucket or None for option in options],
        buckets=[portfolio.Bucket(b.name, b.floor, b.cap) for b in Bucket.objects.filter(product=product)],
        requires=requires,
        excludes=excludes,
        draws=draws,
        budget=budget,
        risk=risk,
    )
    return Input(problem, (*left_out, *strange))


def _compute(study: PortfolioStudy, reporter: Reporter) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    asked = study.options
    read_in = read(
        study.product, timezone.localdate(), asked.get("force"), asked.get("risk") or 0.0, asked.get("budget")
    )
    problem, limits = read_in.problem, portfolio.Limits(seed=study.seed)
    requests = portfolio.Requests(prices=True, robust=True, frontier=True)
    try:
        result = portfolio.study(problem, requests, limits, stops=_stops(reporter), progress=reporter.progress)
    except portfolio.NoPlan as none:
        raise CannotStudy(f"No plan keeps every rule: {'; '.join(none.clashes)}.") from None
    priced = [_price(problem, result.plan, option, limits) for option in _asked_for(study.product, result)]
    found = {**result.to_dict(), "left_out": list(read_in.left_out), "asks": priced}
    arrays = {
        "draws": problem.draws,
        "effort": problem.effort,
        "capacity": problem.capacity,
        "options": np.array(problem.options),
    }
    return arrays, found


def _stops(reporter: Reporter) -> Callable[[], Callable[[], bool]]:
    return lambda: reporter.stop_is_asked


def _keep_displacements(study: PortfolioStudy) -> None:
    """What each option of an open ask would displace, for the pages of asks. A forced variant is not the plan."""
    if study.options.get("force"):
        return
    rows = {entry["option"]: entry for entry in study.result["asks"]}
    options = {option.ref: option for option in Option.objects.filter(pk__in=[Option.key_of(ref) for ref in rows])}
    Displacement.objects.filter(option__product=study.product).delete()
    Displacement.objects.bulk_create(
        Displacement(
            option=options[ref], study=study, fits=entry["possible"], loss=entry.get("value_lost", 0.0),
            leaves=entry.get("leaves", []), moves=[move["option"] for move in entry.get("moves", [])],
        )
        for ref, entry in rows.items()
    )  # fmt: skip


def _asked_for(product: Product, result: portfolio.PortfolioResult) -> list[str]:
    """Options that an open ask would need and the plan does not have."""
    asked = Ask.objects.filter(deal__product=product, state=Ask.State.OPEN).values("feedback__mentions__opportunity")
    wanted = Meets.objects.filter(opportunity__in=asked).values_list("option", flat=True).distinct()
    outside = {each.option for each in result.rejected}
    return [ref for ref in (f"{Option.prefix}-{key}" for key in sorted(wanted)) if ref in outside][:MOST_PRICED]


def _price(problem: portfolio.Problem, plan: portfolio.Plan, option: str, limits: portfolio.Limits) -> dict[str, Any]:
    found = portfolio.displacement(problem, plan, option, limits.share(0.25))
    if found.plan is None:
        return {"option": option, "possible": False, "why": list(found.clashes)}
    moves = [{"option": move.option, "before": move.before, "after": move.after} for move in found.moves]
    return {
        "option": option, "possible": True, "start": found.start, "leaves": list(found.leaves), "moves": moves,
        "value_lost": found.value_lost, "low": found.low, "high": found.high,
    }  # fmt: skip


def _capacity(product: Product, today: date) -> tuple[list[date], list[str], np.ndarray]:
    rows = Capacity.objects.filter(product=product, quarter__gte=quarters.first_day(today)).select_related("function")
    table = {(row.quarter, row.function.name): row.people for row in rows}
    if not table:
        raise CannotStudy("Nobody has said how many people there are. Set the people of each function, then ask again.")
    first = min(quarter for quarter, _ in table)
    last = max(quarter for quarter, _ in table)
    periods = [quarters.after(first, i) for i in range(min(QUARTERS, quarters.between(first, last) + 1))]
    functions = list(dict.fromkeys(row.function.name for row in rows))
    people = [[table.get((period, function), 0.0) for function in functions] for period in periods]
    return periods, functions, np.array(people)


def _options(
    product: Product, force: str | None
) -> tuple[list[tuple[Option, date | None]], list[CaseStudy], list[str]]:
    """Options with a finished case (and the start each was given), their newest studies, and what is left out."""
    chosen = Decision.objects.filter(product=product, kind=Decision.Kind.CHOOSE).order_by("decided_on", "pk")
    starts = dict(chosen.values_list("option", "starts"))
    studies = {
        study.case.option_id: study
        for study in CaseStudy.objects.filter(case__option__product=product, status=CaseStudy.Status.DONE)
        .select_related("case", "inputs").defer("result").annotate(peak=KT("result__cases__0__peak_funding__mean"))
        .order_by("pk")
    }  # fmt: skip
    options, kept, left_out = [], [], []
    for option in Option.objects.filter(product=product).order_by("pk"):
        if option.state in ASIDE and option.ref != force:
            continue
        if option.pk not in studies:
            left_out.append(f"{option} has no finished business case.")
            continue
        options.append((option, starts.get(option.pk) if option.state == Option.State.CHOSEN else None))
        kept.append(studies[option.pk])
    return options, kept, left_out


@dataclass(frozen=True)
class _Place:
    """When an option may start, counted in quarters from the plan's first, and how much of its effort is left."""

    earliest: int
    latest: int
    duration: int
    must: bool
    share_left: float


def _place(option: Option, starts: date | None, first: date) -> _Place | None:
    """None for what is finished before the plan begins."""
    if starts is not None and starts < first:
        left = option.duration - quarters.between(starts, first)
        return _Place(0, 0, left, True, left / option.duration) if left > 0 else None
    earliest = max(0, quarters.between(first, option.earliest)) if option.earliest else 0
    latest = quarters.between(first, option.latest) if option.latest else 10_000
    return _Place(earliest, max(earliest, latest), option.duration, False, 1.0)


def _draws(study: CaseStudy) -> np.ndarray:
    npv = unpacked(study.inputs)["npv"]
    return npv[np.linspace(0, len(npv) - 1, DRAWS).astype(int)]  # the same futures of every case


def _effort(options: list[Option], functions: list[str]) -> tuple[np.ndarray, list[str]]:
    """Mean people-quarters by option and function. Functions without known people do not limit it, and are named."""
    effort, unknown = np.zeros((len(options), len(functions))), set()
    index = {option.pk: i for i, option in enumerate(options)}
    for row in Effort.objects.filter(option__in=options).select_related("function"):
        if row.function.name in functions:
            effort[index[row.option_id], functions.index(row.function.name)] = mean_of(row.low, row.likely, row.high)
        else:
            unknown.add(row.function.name)
    names = ", ".join(sorted(unknown))
    return effort, [
        f"How many people there are of {names} is not known; their work does not limit the plan."
    ] if unknown else []


def mean_of(low: float, likely: float, high: float) -> float:
    """The mean of a number known by its 10, 50 and 90 % points (Swanson's 30-40-30 rule)."""
    return 0.3 * low + 0.4 * likely + 0.3 * high


def _lost_by_waiting() -> float:
    """What share of its worth an option loses when all its money comes a quarter later."""
    return float(1 - (1 + float(Company.ours().discount_rate)) ** -0.25)


def _rules(product: Product, index: dict[int, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    requires, excludes = [], []
    for row in Needs.objects.filter(option__product=product):
        if row.option_id in index and row.other_id in index:
            (requires if row.kind == Needs.Kind.REQUIRES else excludes).append(
                (index[row.option_id], index[row.other_id])
            )
    return requires, excludes
