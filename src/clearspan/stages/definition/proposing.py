"""A first definition of an option, from what is known already: its needs, its business case, the market."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from math import prod
from typing import Any

from clearspan.catalogue.models import Competitor
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.content import verdict_words
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.opportunities.words import segments_having
from clearspan.stages.options.models import CaseStudy, Option
from clearspan.stages.options.queries import newest_studies
from clearspan.ui.numbers import percent, significant

MOST = 12  # needs that a first draft speaks of
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def first_draft(actor: Actor, option: Option) -> dict[str, Any]:
    """The fields of a new definition: a handful of queries."""
    needs = needs_of(actor, option)
    return {
        "title": option.title,
        "problem": "\n\n".join(map(_problem, needs)),
        "outcome": _outcome(option, needs),
        "audience": _audience(needs),
        "alternative": _alternative(actor, option),
        "difference": _difference(actor, option),
        **_measure(option),
    }


def needs_of(actor: Actor, option: Option) -> list[Opportunity]:
    """The open needs an option meets, the most valuable first."""
    needs = Opportunity.objects.visible_to(actor).filter(met_by__option=option, state=Opportunity.State.OPEN)
    return list(needs.select_related("verdict").order_by("verdict__rank", "pk")[:MOST])


def _problem(need: Opportunity) -> str:
    verdict = _verdict(need)
    evidence = f"It is {verdict_words(verdict)}." if verdict else ""
    return "\n\n".join(part for part in (f"**{need.title}** ({need.ref})", need.description, evidence) if part)


def _outcome(option: Option, needs: Sequence[Opportunity]) -> str:
    outcomes = [need.outcome for need in needs if need.outcome]
    if len(outcomes) > 1:
        return "\n".join(f"- {outcome}" for outcome in outcomes)
    return outcomes[0] if outcomes else option.summary


def _audience(needs: Sequence[Opportunity]) -> str:
    """The segments that have the needs, with the greatest share of each."""
    threshold = float(Company.ours().need_threshold)
    shares: dict[str, float] = {}
    for verdict in filter(None, map(_verdict, needs)):
        for segment in segments_having(verdict, threshold):
            shares[segment["segment"]] = max(shares.get(segment["segment"], 0.0), segment["mean"])
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return "\n".join(f"- **{name}**: {percent(share)} of it have the need" for name, share in ranked)


def _alternative(actor: Actor, option: Option) -> str:
    rivals = Competitor.objects.visible_to(actor).filter(product=option.product_id)[:MOST]
    return "\n".join(f"- **{one.name}**{f': {one.strengths}' if one.strengths else ''}" for one in rivals)


def _difference(actor: Actor, option: Option) -> str:
    rivals = Competitor.objects.visible_to(actor).filter(product=option.product_id).exclude(weaknesses="")[:MOST]
    return "\n".join(f"- Against {one.name}: {one.weaknesses}" for one in rivals)


def _measure(option: Option) -> dict[str, Any]:
    """What the newest business case counts on: those who take it up in the end, else its first revenue at its end."""
    study = newest_studies([option.pk]).defer(None).first()
    case = study.result["cases"][0] if study and study.result and study.result.get("cases") else None
    if study is None or case is None:
        return {}
    found = _take_up(study, case) or _revenue(case)
    return found and {**found, "baseline": 0.0, "measured_by": _end(option, case)}


def _take_up(study: CaseStudy, case: dict[str, Any]) -> dict[str, Any]:
    """Its adopters in the end, where the case says so as a product of drivers: accounts * in_need * take_up."""
    formula = study.case.spec.get("adoption", {}).get("market")
    likely = {driver["driver"]: driver["p50"] for driver in case["drivers"]}
    fixed = {n: d["fixed"] for n, d in study.case.spec.get("drivers", {}).items() if "fixed" in d}
    names = re.split(r"\s*\*\s*", str(formula).strip()) if formula else []
    known = {**likely, **fixed}
    if not names or any(known.get(name) is None for name in names):
        return {}
    unit = next((d.get("unit", "") for n, d in study.case.spec["drivers"].items() if n == names[0]), "")
    return {
        "measure": "Who uses it",
        "unit": unit or "accounts",
        "target": significant(prod(known[n] for n in names), 2),
    }


def _revenue(case: dict[str, Any]) -> dict[str, Any]:
    line = next((line for line in case["lines"] if line["kind"] == "revenue" and line["mean"]), None)
    if line is None:
        return {}
    measure = f"{line['name'].capitalize()}, a {case['period']}"
    return {"measure": measure[:200], "unit": case["currency"], "target": significant(line["mean"][-1], 2)}


def _end(option: Option, case: dict[str, Any]) -> Any:
    """The last day the case looks at, when it was decided when the work starts."""
    decided = Decision.objects.filter(option=option, kind=Decision.Kind.CHOOSE, starts__isnull=False).first()
    months = MONTHS.get(case["period"])
    if decided is None or decided.starts is None or months is None:
        return None
    return quarters.after(decided.starts, -(-months * case["periods"] // 3)) - timedelta(days=1)


def _verdict(need: Opportunity) -> Verdict | None:
    return getattr(need, "verdict", None)
