"""Business cases through the case engine: rows in, a saved study out.

A driver with `from_study = "OP-118"` draws on the newest demand study's prevalence of that need, with its quantiles, so
that how sure we are of the need carries on into the money. Effort stands in its own rows and joins the case here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from clearspan.core.actions import Invalid
from clearspan.core.models import Company
from clearspan.core.studies import CannotStudy, Reporter
from clearspan.core.studies import run as run_study
from clearspan.engines import business_case
from clearspan.engines.business_case import CaseFaults
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Option

DRAWS = 16_384


def run(pk: int) -> CaseStudy | None:
    """Computes a waiting study and saves it. None when it is gone or was done already."""
    study = CaseStudy.objects.select_related("case__option__product").filter(pk=pk).first()
    if study is None or not study.is_under_way:
        return None
    return run_study(study, _compute)


def run_now(case: BusinessCase, seed: int = 0, draws: int = DRAWS) -> CaseStudy:
    """Studies a case at once, without the worker."""
    return run_study(CaseStudy.objects.create(case=case, seed=seed, options={"draws": draws}), _compute)


def check(option: Option, spec: Mapping[str, Any]) -> None:
    """Raises Invalid with every fault of a case."""
    try:
        parsed(option, spec)
    except CaseFaults as faults:
        raise Invalid(
            {f"spec.{fault.path}": f"found {fault.found}, expected {fault.expected}" for fault in faults.faults}
        ) from None


def parsed(option: Option, spec: Mapping[str, Any]) -> business_case.Case:
    """The case as the engine takes it: named after its option, with the company's currency, rate and efforts."""
    company = Company.ours()
    whole = {
        "currency": company.currency, "discount_rate": float(company.discount_rate), **spec,
        "name": option.title, "effort": {**efforts(option), **spec.get("effort", {})},
    }  # fmt: skip
    whole["rates"] = {name: rate for name, rate in spec.get("rates", {}).items() if name in whole["effort"]}
    return business_case.parse(whole, studies=prevalence(option))


def efforts(option: Option) -> dict[str, dict[str, Any]]:
    """The option's effort rows as the case's [effort.FUNCTION] tables."""
    rows = Effort.objects.filter(option=option).select_related("function")
    return {
        row.function.name: {
            **({"fixed": row.likely} if row.low == row.high else {"p10": row.low, "p50": row.likely, "p90": row.high}),
            "note": row.source, "ends": max(1, option.duration),
        }
        for row in rows
    }  # fmt: skip


def prevalence(option: Option) -> Callable[[str], Mapping[str, Any]]:
    """Answers `from_study`: the share of the market that has a need, from the newest demand study."""

    def answer(reference: str) -> Mapping[str, Any]:
        key = Opportunity.key_of(reference)
        verdict = Verdict.objects.filter(opportunity=key, opportunity__product=option.product).first() if key else None
        if verdict is None:
            raise LookupError("a need of this product that the demand study has judged, such as OP-118")
        found: Mapping[str, Any] = verdict.detail.get("prevalence") or {
            "mean": verdict.share,
            "p05": verdict.share_p05,
            "p95": verdict.share_p95,
        }
        return found

    return answer


def three_points(
    driver: Mapping[str, Any], low: float, likely: float, high: float, source: str | None
) -> dict[str, Any]:
    """A driver with three new points; its unit, bounds and (unless given) its source stay. Raises Invalid."""
    if not low <= likely <= high:
        raise Invalid({"likely": "low, likely and high must rise"})
    kept = {name: driver[name] for name in ("unit", "note", "min", "max") if name in driver}
    points = {"fixed": likely} if low == high else {"p10": low, "p50": likely, "p90": high}
    return {**kept, **points, **({"note": source} if source is not None else {})}


def new_spec(option: Option) -> dict[str, Any]:
    """A first case to fill in: nobody starts from an empty sheet. Adoption among the accounts that have the need."""
    needs = [need.ref for need in option.opportunities.all()[:1]]
    guess = {"p10": 0.05, "p50": 0.15, "p90": 0.3, "note": "guess"}
    in_need: dict[str, Any] = {"from_study": needs[0]} if needs else guess
    market = sum(size.accounts for size in option.product.market.all()) or 1_000
    return {
        "period": "quarter", "periods": 12,
        "drivers": {
            "accounts": {"fixed": market, "unit": "accounts", "note": "the market's size, from the segments"},
            "in_need": {**in_need, "unit": "share"},
            "take_up": {"p10": 0.1, "p50": 0.25, "p90": 0.45, "unit": "share of those in need", "note": "guess"},
            "price": {"p10": 150, "p50": 250, "p90": 400, "unit": "a quarter, an account", "note": "guess"},
            "upkeep": {"p10": 800, "p50": 1_500, "p90": 3_000, "unit": "a quarter", "note": "guess"},
        },
        "adoption": {"p": 0.05, "q": 0.4, "market": "accounts * in_need * take_up", "starts": option.duration + 1},
        "lines": [
            {"name": "subscriptions", "kind": "revenue", "formula": "adopters * price", "starts": option.duration + 1},
            {"name": "running", "kind": "cost", "formula": "upkeep", "starts": option.duration + 1},
        ],
        "rates": {},
    }  # fmt: skip


def _compute(study: CaseStudy, reporter: Reporter) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    reporter.progress(0.1, "drawing futures")
    option = study.case.option
    try:
        case = parsed(option, study.case.spec)
        result = business_case.study([case], study.options.get("draws", DRAWS), study.seed)
    except CaseFaults as faults:
        raise CannotStudy(f"The case cannot be used: {faults.faults[0]}.") from None
    npv = result.cases[0].npv
    for name in ("p05", "p25", "p50", "p75", "p95"):
        setattr(study, f"npv_{name}", float(npv[name]))
    study.npv, study.probability_of_loss = float(npv["mean"]), float(result.cases[0].probability_of_loss)
    study.demand_study = _demand_study(option, study.case.spec)
    return {"npv": result.npv_draws[case.name]}, result.to_dict()


def _demand_study(option: Option, spec: Mapping[str, Any]) -> Any:
    named = [driver["from_study"] for driver in spec.get("drivers", {}).values() if "from_study" in driver]
    keys = [Opportunity.key_of(reference) for reference in named]
    verdict = Verdict.objects.filter(opportunity__in=[key for key in keys if key]).select_related("study").first()
    return verdict.study if verdict else None
