"""Runs demand studies, and keeps their verdicts one row a need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Max

from clearspan.catalogue.models import Account, Product
from clearspan.core.models import Company, Event
from clearspan.core.studies import CannotStudy, Reporter
from clearspan.core.studies import run as run_study
from clearspan.engines import demand as engine
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import DemandStudy, Opportunity, Verdict
from clearspan.stages.opportunities.studies import arrays

_UNDER_WAY = (DemandStudy.Status.WAITING, DemandStudy.Status.RUNNING)


def run(study: int) -> DemandStudy:
    """Runs the study with this number, unless somebody stopped it while it waited."""
    row = DemandStudy.objects.select_related("product").get(pk=study)
    return run_study(row, _compute, _keep) if row.is_under_way else row


def waiting(product: int) -> DemandStudy | None:
    """A study of the product to be run; None when one waits already, and will see all there is."""
    if DemandStudy.objects.filter(product=product, status=DemandStudy.Status.WAITING).exists():
        return None
    return DemandStudy.objects.create(product_id=product)


def run_now(product: Product, seed: int = 0) -> DemandStudy:
    """Studies a product's needs at once, in this process."""
    return run(DemandStudy.objects.create(product=product, seed=seed).pk)


def _compute(study: DemandStudy, reporter: Reporter) -> tuple[arrays.Arrays, dict[str, Any]]:
    study.options = _mark(study) | {"engine": engine.VERSION}
    reporter.progress(0.05, "reading what was heard")
    heard = arrays.heard(study.product)
    settings = _settings()
    reporter.progress(0.3, f"weighing {len(heard.evidence):,} mentions and silences")
    result = engine.study(heard.evidence, heard.accounts, heard.market, settings, study.seed)
    if reporter.stop_is_asked():
        raise CannotStudy("It was stopped. The verdicts of the study before stand.")
    said = result.to_dict() | {
        "opportunities": _with_mentions(result, heard.evidence),
        "engine_version": engine.VERSION,
        "settings": {"threshold": settings.threshold, "wrong_tag_rate": settings.wrong_tag_rate},
        "occasions": len(heard.occasions),
        "accounts": len(heard.accounts.names),
        "left_out": list(heard.left_out),
        "prior": result.prior.to_dict(),
    }
    return heard.to_arrays(), said


def _with_mentions(result: engine.DemandResult, evidence: engine.Evidence) -> list[dict[str, Any]]:
    """The engine's entries, each with how often the need was said: votes, which the verdict is held against."""
    said = np.bincount(evidence.opportunity[evidence.opportunity >= 0], minlength=len(evidence.opportunities))
    votes = dict(zip(evidence.opportunities, said.tolist(), strict=True))
    return [entry.to_dict() | {"mentions": votes[entry.opportunity]} for entry in result.opportunities]


def _settings() -> engine.Settings:
    return replace(engine.Settings(), threshold=float(Company.ours().need_threshold), sensitivity=True)


def _mark(study: DemandStudy) -> dict[str, Any]:
    """How far events and feedback had come when the study read them: what came later is what it has not seen."""
    feedback = Feedback.objects.filter(product=study.product).aggregate(last=Max("pk"))["last"]
    event = Event.objects.aggregate(last=Max("pk"))["last"]
    return {"event": event or 0, "feedback": feedback or 0}


def _keep(study: DemandStudy) -> None:
    """One verdict a need, written over the one before; of needs deleted meanwhile none."""
    entries = {int(Opportunity.key_of(entry["opportunity"]) or 0): entry for entry in study.result["opportunities"]}
    there = set(Opportunity.objects.filter(pk__in=entries).values_list("pk", flat=True))
    loudest = {pk: Account.key_of(e["largest"]["account"]) for pk, e in entries.items() if e["largest"]}
    accounts = set(Account.objects.filter(pk__in=loudest.values()).values_list("pk", flat=True))
    rows = [
        _verdict(study, pk, entry, loudest.get(pk) if loudest.get(pk) in accounts else None)
        for pk, entry in entries.items()
        if pk in there
    ]
    names = [f.attname for f in Verdict._meta.concrete_fields if f.name not in ("id", "opportunity", "created_at")]
    Verdict.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["opportunity"],
        update_fields=[Verdict._meta.get_field(name.removesuffix("_id")).name for name in names],
        batch_size=500,
    )


def _verdict(study: DemandStudy, pk: int, entry: dict[str, Any], loudest: int | None) -> Verdict:
    share, value = entry["prevalence"], entry["value_at_stake"]
    levels = ("p05", "p25", "p75", "p95")
    return Verdict(
        opportunity_id=pk,
        study=study,
        kind=entry["verdict"],
        probability=entry["probability_verdict"],
        rank=entry["rank"],
        share=share["mean"],
        value=value["mean"],
        **{f"share_{level}": share[level] for level in levels},
        **{f"value_{level}": value[level] for level in levels},
        heard=entry["heard"],
        asking=entry["asking"],
        mentions=entry["mentions"],
        largest_account_id=loudest,
        largest_share=entry["largest"]["share"] if entry["largest"] else 0,
        detail=entry,
    )
