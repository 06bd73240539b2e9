"""What the page of a row has beside the row itself, for machines: each kind its own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from clearspan.catalogue import competing
from clearspan.catalogue.models import (
    Competitor,
    Product,
)
from clearspan.catalogue.queries import competition
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.interfaces.shapes import plain, shape
from clearspan.stages.briefs.models import Brief
from clearspan.stages.briefs.queries import brief as read_brief
from clearspan.stages.briefs.queries import markdown
from clearspan.stages.decisions.audiences import audience, open_to
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import promises, published
from clearspan.stages.definition import content, exports
from clearspan.stages.definition.exports.subject import subject
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development import item_words
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.why import why
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife import calibration_words, kpi_words, told
from clearspan.stages.inlife.models import KPI, Proposal
from clearspan.stages.inlife.queries.judged import judged
from clearspan.stages.inlife.queries.kpis import standings
from clearspan.stages.inlife.queries.proposals import grounds
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.launch import answers as launch_answers
from clearspan.stages.launch import battlecard_text, campaign_words
from clearspan.stages.launch import queries as launch_queries
from clearspan.stages.launch.models import Campaign, Launch
from clearspan.stages.launch.queries import battlecards
from clearspan.stages.launch.queries import campaigns as campaign_queries
from clearspan.stages.opportunities.models import (
    Mention,
    Opportunity,
    Verdict,
)
from clearspan.stages.options.models import CaseStudy, Option
from clearspan.stages.trace.queries import line_of


def need(actor: Actor, need: Opportunity) -> dict[str, Any]:
    verdict = Verdict.objects.filter(opportunity=need).first()
    mentions = Mention.objects.visible_to(actor).filter(opportunity=need).select_related("feedback__account")[:20]
    quotes = [
        {
            "quote": one.quote or one.feedback.text[:300],
            "account": str(one.feedback.account or ""),
            "feedback": one.feedback.ref,
        }
        for one in mentions
    ]
    return {"verdict": plain(actor, verdict) if verdict else None, "quotes": quotes, "line": _line(actor, need)}


def option(actor: Actor, option: Option) -> dict[str, Any]:
    study = (
        CaseStudy.objects.filter(case__option=option, status="done").order_by("-pk").defer("result", "inputs").first()
    )
    names = ("npv", "npv_p05", "npv_p50", "npv_p95", "probability_of_loss")
    money = {name: getattr(study, name) for name in names} if study else None
    efforts = [plain(actor, row) for row in option.efforts.select_related("function")]
    return {
        "money": money,
        "efforts": efforts,
        "impacts": plain(actor, list(option.impacts.all())),
        "line": _line(actor, option),
    }


def decision(actor: Actor, decision: Decision) -> dict[str, Any]:
    """What was promised by the day of what came, what came, and how it stands."""
    (found,) = promises(actor, [decision])
    came = found.outcome
    return {
        "promised": list(found.whole) if found.whole else None,
        "promised_by_then": list(found.by_then) if found.by_then else None,
        "came": None if came is None else {
            "day": plain(actor, came.day), "amount": came.amount, "source": came.source, "note": came.note,
            "is_final": came.is_final,
        },
        "verdict": found.verdict,
    }  # fmt: skip


def definition(actor: Actor, definition: Definition) -> dict[str, Any]:
    """All of it as it is written now, as Markdown, and what each version was and who signed it."""
    now = subject(actor, definition)
    versions = [
        {**_without_content(actor, version), "sign_offs": plain(actor, list(version.sign_offs.all()))}
        for version in definition.versions.prefetch_related("sign_offs")
    ]
    return {
        "requirements": plain(actor, now.content.to_json()["requirements"]),
        "on_no_evidence": [clause.ref for clause in now.content.ungrounded],
        "markdown": exports.export(now, "markdown").decode(),
        "versions": versions,
    }


def requirement(actor: Actor, requirement: Requirement) -> dict[str, Any]:
    """What it stands on, and why it is wanted, in a sentence."""
    clauses = content.read(requirement.definition).requirements
    clause = next((one for one in clauses if one.ref == requirement.ref), None)
    return {
        "grounds": plain(actor, list(requirement.grounds.all())),
        "why": clause.why if clause else "It was dropped.",
    }


def item(actor: Actor, item: WorkItem) -> dict[str, Any]:
    """Why it is built, in a sentence and as rows: back to the decision, the needs and what customers said."""
    found = why(actor, item)
    return {
        "why": item_words.why(found, Company.ours().currency),
        "outcome": found.defined.outcome if found.defined else "",
        "measure": found.defined.measured if found.defined else "",
        "decision": f"{found.decision.ref} {found.decision}" if found.decision else None,
        "expected_npv": found.npv,
        "needs": [{"need": f"{need.row.ref} {need.row}", "mentions": need.mentions, "accounts": need.accounts,
                   "value": need.verdict.value if need.verdict else None} for need in found.needs],
        "quotes": [mention.quote for mention in found.quotes],
    }  # fmt: skip


def campaign(actor: Actor, campaign: Campaign) -> dict[str, Any]:
    (one,) = campaign_queries.stands([campaign])
    return {
        "stands": campaign_words.of_campaign(one, Company.ours().currency),
        "each": one.each,
        "cost_of_one": list(one.cost) if one.cost else None,
        "results": plain(actor, list(one.results)),
    }


def competitor(actor: Actor, competitor: Competitor) -> dict[str, Any]:
    """What they sell and what that costs, how deals with them ended, and the battlecard, as Markdown."""
    offers = competition.offers(actor, competitor.product, competitor)
    found = [
        {"offer": one.offer.ref, "name": str(one.offer), "costs": competing.amount(one.now),
         "moved": competing.moved(one), "stale": one.is_stale}
        for one in offers
    ]  # fmt: skip
    card = battlecards.battlecard(actor, competitor)
    deals = competition.record_against(actor, competitor)
    return {"offers": found, "deals": deals, "battlecard": battlecard_text.markdown(card), "missing": card.gaps}


def launch(actor: Actor, launch: Launch) -> dict[str, Any]:
    found = launch_queries.readiness(actor, launch, timezone.localdate())
    judged = launch_queries.judged(actor, launch)
    return {
        "stands": launch_answers.of_launch(found, judged),
        "brings": [f"{option.ref} {option}" for option in launch.options.all()],
        "readiness": launch_queries.as_kept(found),
        "measures": [plain(actor, one.measure) for one in judged],
    }


def feedback(actor: Actor, feedback: Feedback) -> dict[str, Any]:
    return {"line": _line(actor, feedback)}


def kpi(actor: Actor, kpi: KPI) -> dict[str, Any]:
    """Where it stands, whether that is on its way, and its newest readings."""
    (one,) = standings([kpi], timezone.localdate())
    return {
        "stands": kpi_words.of_kpi(one), "more": kpi_words.under(one), "is_on": one.is_on,
        "was_reached": one.was_reached, "gets_worse": one.gets_worse, "is_surprising": one.surprise is not None,
        "readings": plain(actor, list(one.readings[::-1][:24])),
    }  # fmt: skip


def proposal(actor: Actor, proposal: Proposal) -> dict[str, Any]:
    return {"grounds": plain(actor, grounds(proposal))}


def product(actor: Actor, product: Product) -> dict[str, Any]:
    """Roadmap and brief as one may see them, what it earns, what facts suggest, how good its forecasts are."""
    found = judged(actor, timezone.localdate(), [product])
    record = calibration_words.record_of(found)
    suggestions = [
        {"key": one.key, "kind": one.kind.value, "title": one.title, "why": one.why, "low": one.low,
         "likely": one.likely, "high": one.high, "source": one.source, "figures": [each.words for each in one.figures]}
        for one in suggested(actor, product)
    ]  # fmt: skip
    held = record.intervals
    today, mine = timezone.localdate(), open_to(actor)
    return {
        "pnl": told.pnl(actor, product),
        "roadmap": {to.key: roadmap(actor, product, to.key) for to in mine if _is_told(product, to.key)},
        "brief": markdown(read_brief(actor, product, mine[0], today)),
        "suggestions": suggestions,
        "calibration": {
            "says": calibration_words.answer(record), "judged": record.judged,
            "intervals_held": held.inside if held else None, "intervals": held.of if held else None,
            "brier": record.chances.score if record.chances else None,
        },
    }  # fmt: skip


def roadmap(actor: Actor, product: Product, key: str) -> list[dict[str, Any]]:
    """What is coming, as the audience of that name may see it: words and a period, no day within it."""
    to = audience(key)
    assert to is not None
    rows = published(actor, product, to, timezone.localdate())
    shown = []
    for one in rows:
        said = {"title": one.title, "text": one.text, "group": one.group, "when": one.when}
        said |= {
            "from": one.said.first and one.said.first.isoformat(),
            "to": one.said.last and one.said.last.isoformat(),
        }
        if not to.only_published:
            said |= {"option": f"{Option.prefix}-{one.option}", "why": one.why}
        if to.shows_people:
            said["people"] = one.people
        if to.shows_money:
            said["npv"] = one.npv  # type: ignore[assignment]  # a number
        shown.append(said)
    return shown


def brief(actor: Actor, brief: Brief) -> dict[str, Any]:
    """The brief as it reads now, and which paragraphs were written on facts that have changed."""
    to = audience(brief.audience)
    assert to is not None
    found = read_brief(actor, brief.product, to, timezone.localdate())
    return {"markdown": markdown(found), "changed": [{"part": one.key, "facts": one.facts} for one in found.changed]}


def _is_told(product: Product, key: str) -> bool:
    """Of a confidential product customers are told nothing."""
    return not (key == "customers" and product.is_confidential)


def _line(actor: Actor, row: Any) -> dict[str, Any]:
    line = line_of(actor, row)
    if line is None:
        return {}
    stations = ("opportunities", "options", "decisions", "definitions", "items", "launches", "proposals")
    named = {name: [f"{one.ref} {one}" for one in getattr(line, name)] for name in stations}
    came = [{"decision": one.decision.ref, "amount": one.came, "verdict": one.verdict} for one in line.came]
    return {"mentions": line.mentions, **named, "items_done": line.done, "items_all": line.all, "came": came}


def _without_content(actor: Actor, row: Any) -> dict[str, Any]:
    """A version in a list: its whole text is long, and its definition has it."""
    return {name: value for name, value in shape(actor, row).items() if name != "content"}
