"""What would a need's verdict be if one more piece of feedback were linked to it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from clearspan.core.models import Company
from clearspan.core.studies import unpacked
from clearspan.engines import demand as engine
from clearspan.engines.demand import Evidence, Exposure, OpportunityResult, Prior
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import DemandStudy, Opportunity
from clearspan.stages.opportunities.studies.arrays import Heard

QUICK = 256  # draws: enough for a mark to be drawn


@dataclass(frozen=True)
class WhatIf:
    """One need scored twice by the same means, so that the two differ by the link alone."""

    now: OpportunityResult
    then: OpportunityResult


@dataclass(frozen=True)
class _Kept:
    heard: Heard
    open_to: Exposure
    prior: Prior
    values: dict[str, float]


def if_linked(study: DemandStudy, opportunity: Opportunity, feedback: Feedback) -> WhatIf | None:
    """None when the study cannot say: another engine's, without the need, or without a place for the account."""
    if study.options.get("engine") != engine.VERSION:
        return None  # what another version has learnt, this one cannot go on from
    kept = _kept(study.pk)
    if opportunity.ref not in kept.heard.evidence.opportunities or feedback.account is None:
        return None
    segments = kept.heard.market.segments
    if feedback.account.segment is None or feedback.account.segment.name not in segments:
        return None
    more = _with(kept.heard, feedback, kept.heard.evidence.opportunities.index(opportunity.ref))
    if more is None:
        return None
    others = np.array([value for name, value in kept.values.items() if name != opportunity.ref])
    now = _score(kept.heard, kept.open_to, opportunity.ref, kept.prior, study.seed, others)
    then = _score(more, engine.exposure(more.evidence, more.accounts), opportunity.ref, kept.prior, study.seed, others)
    return WhatIf(now, then)


@lru_cache(maxsize=4)
def _kept(study: int) -> _Kept:
    """What a study was run on and has learnt; the same for ever, so it stays in memory."""
    row = DemandStudy.objects.select_related("inputs").get(pk=study)
    heard = Heard.from_arrays(unpacked(row.inputs))
    values = {entry["opportunity"]: entry["value_at_stake"]["mean"] for entry in row.result["opportunities"]}
    return _Kept(heard, engine.exposure(heard.evidence, heard.accounts), Prior.from_dict(row.result["prior"]), values)


def _with(heard: Heard, feedback: Feedback, need: int) -> Heard | None:
    """The evidence with one more mention; None when it is in there already."""
    e, name = heard.evidence, f"AC-{feedback.account_id}"
    accounts = heard.accounts
    if name not in accounts.names:
        segment = heard.market.segments.index(feedback.account.segment.name)
        accounts = engine.Accounts((*accounts.names, name), np.append(accounts.segment, segment))
    account = accounts.names.index(name)
    root = feedback.copy_of_id or feedback.pk
    place = int(np.searchsorted(heard.occasions, root))
    known = place < len(heard.occasions) and heard.occasions[place] == root
    occasion = place if known else len(heard.occasions)
    if known and bool(((e.occasion == occasion) & (e.opportunity == need)).any()):
        return None
    row = (account, occasion, feedback.said_at.toordinal(), 0, need, 1)
    columns = (e.account, e.occasion, e.date, e.prompted, e.opportunity, e.answer)
    grown = Evidence(*(np.append(column, value) for column, value in zip(columns, row, strict=True)), e.opportunities)  # type: ignore[arg-type]  # six columns, then the names
    return replace(heard, evidence=grown, accounts=accounts)


def _score(heard: Heard, open_to: Exposure, ref: str, prior: Prior, seed: int, others: np.ndarray) -> OpportunityResult:
    e = heard.evidence
    mine = e.opportunity == e.opportunities.index(ref)
    alone = Evidence(
        e.account[mine],
        e.occasion[mine],
        e.date[mine],
        e.prompted[mine],
        np.zeros(int(mine.sum()), dtype=np.int64),
        e.answer[mine],
        (ref,),
    )
    settings = replace(engine.Settings(), threshold=float(Company.ours().need_threshold), draws=QUICK)
    return engine.rescore(alone, open_to, heard.accounts, heard.market, prior, settings, seed, others)
