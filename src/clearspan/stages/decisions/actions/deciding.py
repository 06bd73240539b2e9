"""Decisions: what we do, what we don't and why, with what was expected of it at the time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.models import Gate
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import Decision, Outcome, PortfolioStudy
from clearspan.stages.decisions.rules import decides
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import CaseStudy, Option

Reasons = Annotated[str, Field(min_length=3, description="Why, so that somebody who was not there understands")]
STATE = {
    Decision.Kind.CHOOSE: Option.State.CHOSEN,
    Decision.Kind.PARK: Option.State.PARKED,
    Decision.Kind.DECLINE: Option.State.DECLINED,
    Decision.Kind.STOP: Option.State.DECLINED,
}


@action(rule=decides, says="decided: {result}")
def decide(
    actor: Actor,
    *,
    kind: Annotated[Decision.Kind, Field(description="choose, park, decline or stop")],
    reasons: Reasons,
    option: Annotated[Option | None, Field(description="What is decided about")] = None,
    opportunity: Annotated[Opportunity | None, Field(description="Or the need, when no option of it is")] = None,
    starts: Annotated[date | None, Field(description="A day of the quarter in which work starts")] = None,
    review_on: Annotated[date | None, Field(description="When to look at it again")] = None,
    gate: Annotated[Gate | None, Field(description="The gate it passed")] = None,
    portfolio_study: Annotated[PortfolioStudy | None, Field(description="The plan it follows")] = None,
) -> Decision:
    """Chooses, parks, declines or stops an option or a need, and keeps what was expected of it."""
    about: Option | Opportunity | None = option or opportunity
    if about is None:
        raise Invalid({"option": "say what is decided about: an option or a need"})
    if kind == Decision.Kind.CHOOSE and option is None:
        raise Invalid({"option": "a need is met by an option; choose one of its options"})
    if opportunity and option and opportunity.product_id != option.product_id:
        raise Invalid({"opportunity": "the need and the option are of different products"})
    study = newest_study(option) if option else None
    start = quarters.first_day(starts) if starts else None
    decision = Decision.objects.create(
        product=about.product, kind=kind, option=option, opportunity=opportunity, gate=gate,
        title=f"{Decision.Kind(kind).label.capitalize()}: {about}"[:200], reasons=reasons,
        decided_on=timezone.localdate(), decided_by=actor.person, review_on=review_on,
        case_study=study, portfolio_study=portfolio_study, expected=expectation(study),
        starts=start, ends=_end(start, option),
    )  # fmt: skip
    if option is not None:
        option.state = STATE[Decision.Kind(kind)]
        option.save(update_fields=["state"])
    elif kind in (Decision.Kind.DECLINE, Decision.Kind.STOP) and opportunity is not None:
        opportunity.state = Opportunity.State.CLOSED
        opportunity.save(update_fields=["state"])
    return decision


@action(rule=decides, says="adopted the plan {study}")
def adopt_plan(actor: Actor, *, study: PortfolioStudy, reasons: Reasons) -> list[Decision]:
    """Chooses every option of a plan that is not chosen yet, with its start, in one go."""
    if study.status not in (PortfolioStudy.Status.DONE, PortfolioStudy.Status.STOPPED):
        raise Invalid({"study": "the plan is not finished"})
    starts = {entry["option"]: date.fromisoformat(entry["start"]) for entry in study.result["selected"]}
    keys = [Option.key_of(reference) for reference in starts]
    options = Option.objects.visible_to(actor).filter(pk__in=keys).exclude(state=Option.State.CHOSEN)
    decisions = [
        decide(
            actor,
            kind=Decision.Kind.CHOOSE,
            reasons=reasons,
            option=option,
            starts=starts[option.ref],
            portfolio_study=study,
        )
        for option in options.order_by("pk")
    ]
    if not starts:
        raise Invalid({"study": "this plan chooses nothing: no option earns more than it takes"})
    if not decisions:
        raise Invalid({"study": "every option of this plan is chosen already"})
    return decisions


@action(rule=decides, says="moved the start of {decision}")
def move_start(
    actor: Actor,
    *,
    decision: Decision,
    starts: Annotated[date, Field(description="A day of the quarter in which work starts now")],
    why: Annotated[str, Field(max_length=300, description="Why it moved")] = "",
) -> Decision:
    """Moves a chosen option to another quarter of the roadmap."""
    if decision.kind != Decision.Kind.CHOOSE:
        raise Invalid({"decision": "only what was chosen has a start"})
    decision.starts = quarters.first_day(starts)
    decision.ends = _end(decision.starts, decision.option)
    decision.save(update_fields=["starts", "ends"])
    return decision


@action(rule=decides, says="noted what came of {decision} by {result.day}")
def record_outcome(
    actor: Actor,
    *,
    decision: Decision,
    outcome: Annotated[
        float | None, Field(allow_inf_nan=False, description="What came by that day, as NPV: what was expected")
    ] = None,
    note: Annotated[str, Field(description="What came of it, in words")] = "",
    day: Annotated[date | None, Field(description="Up to and with which day; None is today")] = None,
    known: Annotated[Outcome.Known, Field(description="Where the number is from")] = Outcome.Known.SAID,
    source: Annotated[str, Field(max_length=200, description="Which lines, which measure, who says so")] = "",
    is_final: Annotated[bool, Field(description="Nothing more is to come of it")] = False,
) -> Outcome:
    """Holds a decision against what came of it by a day. What was noted for earlier days stays."""
    if outcome is None and not note:
        raise Invalid({"outcome": "say what came, as a number or in words"})
    on = day or timezone.localdate()
    if on > timezone.localdate():
        raise Invalid({"day": "that day is still to come"})
    if on < decision.decided_on:
        raise Invalid({"day": f"it was decided on {decision.decided_on}; nothing came of it before"})
    made: Outcome = Outcome.objects.create(
        decision=decision, day=on, amount=outcome, known=known, source=source, note=note, is_final=is_final,
        noted_by=actor.person,
    )  # fmt: skip
    return made


@action(rule=decides, says="took back {outcome}")
def remove_outcome(actor: Actor, *, outcome: Outcome) -> None:
    """Takes back what was noted for a day."""
    outcome.delete()


def newest_study(option: Option) -> CaseStudy | None:
    """The newest finished study of the option's business case."""
    return CaseStudy.objects.filter(case__option=option, status=CaseStudy.Status.DONE).order_by("-pk").first()


def expectation(study: CaseStudy | None) -> dict[str, Any]:
    """What a study promises, copied, so that later studies do not change what was expected."""
    if study is None:
        return {}
    npv = {name: getattr(study, f"npv_{name}") for name in ("p05", "p25", "p50", "p75", "p95")}
    return {
        "measure": "npv", "currency": Company.ours().currency, "npv": {"mean": study.npv, **npv},
        "probability_of_loss": study.probability_of_loss, **to_date(study),
    }  # fmt: skip


def to_date(study: CaseStudy) -> dict[str, Any]:
    """What is expected to have been earned by the end of each period, discounted to the start; from period 0."""
    one = ((study.result or {}).get("cases") or [{}])[0]
    periods = one.get("cumulated_discounted")
    if not periods:
        return {}
    names = ("p05", "p25", "mean", "p75", "p95")
    by_period = [[round(period[name], 2) for name in names] for period in periods]
    return {"to_date": {"period": one["period"], "discount_rate": one["discount_rate"], "values": by_period}}


def _end(start: date | None, option: Option | None) -> date | None:
    if start is None or option is None:
        return None
    return quarters.last_day(quarters.after(start, option.duration - 1))
