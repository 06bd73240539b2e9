"""What this stage says on pages of others.

Fills: `counts`, `evidence.changed`; on evidence's pages `inbox.verbs`, `inbox.reader`, `inbox.aside`, `inbox.bulk`,
`feedback.links`, `ask.verdict`. Offers on its own pages: `opportunity.options` (fragments), `opportunity.tree`
(needs -> {need: [(words, address)]}), `opportunity.reached` (needs -> {need: station 1 to 8}) and, inside an action,
`opportunity.merged` ((needs, into)). What concerns the market is in `market_panels`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.core.records import Records
from clearspan.stages.evidence.ask_facts import AskVerdict
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities import jobs, queries, words
from clearspan.stages.opportunities.models import Mention, Opportunity, Verdict
from clearspan.stages.opportunities.rules import sorts
from clearspan.stages.opportunities.studies import suggestions, whatif
from clearspan.stages.opportunities.studies.suggestions import Likely
from clearspan.ui.marks import VERDICTS, Interval, Scale
from clearspan.ui.numbers import percent, plural

SHOWN = 6  # suggestions beside a piece of feedback
SECOND = 0.2  # chance from which a second need is named


def register() -> None:
    """Called once, when the application is ready."""
    panels.provide("counts", counts)
    panels.provide("evidence.changed", evidence_changed)
    panels.provide("inbox.verbs", verbs)
    panels.provide("inbox.reader", reader)
    panels.provide("inbox.aside", aside)
    panels.provide("inbox.bulk", bulk)
    panels.provide("feedback.links", links)
    panels.provide("ask.verdict", verdicts_of_asks)


def counts(actor: Actor, product: Product) -> dict[str, Records]:
    """The open needs, for the menus."""
    return {"opportunities": Opportunity.objects.filter(product=product, state=Opportunity.State.OPEN)}


def evidence_changed(actor: Actor, product: Product) -> None:
    """What was heard has changed: verdicts and suggestions are learnt anew soon."""
    jobs.refresh_soon(product.pk)


def verbs(actor: Actor, feedback: Feedback) -> Fragment | None:
    """Link to the likeliest need; make a new one."""
    if not sorts(actor, {"feedback": feedback}):
        return None
    first = next((one for one in _likely(actor, feedback) if one.need.pk not in _linked(feedback)), None)
    return Fragment("opportunities/_verbs.html", {"feedback": feedback, "first": first})


def reader(actor: Actor, feedback: Feedback) -> Fragment | None:
    """Needs it may speak of, each with one key, and the form that links to any."""
    may = sorts(actor, {"feedback": feedback})
    linked = _linked(feedback)
    found = _likely(actor, feedback)
    known = suggestions.known(feedback.product)
    said = {
        "feedback": feedback,
        "may": may,
        "likely": [_Row(one, one.need.pk in linked) for one in found],
        "finding": _sounds_like(found, known),
        "unit": _precision(known),
        "importance": Mention.Importance.choices,
    }
    return Fragment("opportunities/_reader.html", said) if found or may else None


class _Row:
    """A suggestion, and whether it is linked already."""

    def __init__(self, one: Likely, linked: bool) -> None:
        self.need, self.similarity, self.linked = one.need, one.similarity, linked


def aside(actor: Actor, feedback: Feedback) -> Fragment | None:
    """What the likeliest need's estimate would become."""
    first = next((one for one in _likely(actor, feedback) if one.need.pk not in _linked(feedback)), None)
    study = queries.newest(actor, feedback.product)
    if first is None or study is None:
        return None
    found = whatif.if_linked(study, first.need, feedback)
    if found is None:
        return None
    now, then = (_five(one.prevalence) for one in (found.now, found.then))
    more = found.then.asking - found.now.asking
    who = "one more account asking" if more else "the same accounts asking"
    stays = (
        "The verdict stays." if found.now.verdict == found.then.verdict else f"It becomes: {_kind(found.then.verdict)}."
    )
    said = {
        "need": first.need,
        "now": now,
        "then": then,
        "scale": Scale.shares([*now, *then]),
        "words": f"{who}, {found.then.asking} of {found.then.heard}.",
        "verdict": stays,
    }
    return Fragment("opportunities/_aside.html", said)


def bulk(actor: Actor, product: Product) -> Fragment | None:
    """Link what is marked in the list."""
    needs = Opportunity.objects.visible_to(actor).filter(product=product, state=Opportunity.State.OPEN)
    may = sorts(actor, {"product": product}) and needs.exists()
    return Fragment("opportunities/_bulk.html", {"product": product}) if may else None


def links(actor: Actor, feedback: Feedback) -> Fragment | None:
    """The needs a piece of feedback speaks of, and those it may speak of."""
    mentions = list(
        Mention.objects.visible_to(actor)
        .filter(feedback=feedback)
        .select_related("opportunity__verdict", "linked_by")
        .order_by("pk")
    )
    suggested = reader(actor, feedback)
    said = {
        "feedback": feedback,
        "mentions": mentions,
        "may": sorts(actor, {"feedback": feedback}),
        "finding": f"It speaks of {plural(len(mentions), 'need')}" if mentions else "It speaks of no need yet",
        "reader": suggested.context if suggested else None,
    }
    return Fragment("opportunities/_links.html", said)


def verdicts_of_asks(actor: Actor, asks: Sequence[Ask]) -> dict[int, AskVerdict]:
    """Whose need each ask is: the verdict of the need that matters most to it, among equals the most valuable."""
    originals = {ask.pk: ask.feedback.copy_of_id or ask.feedback_id for ask in asks}
    mentions = (
        Mention.objects.visible_to(actor)
        .filter(feedback__in=originals.values())
        .select_related("opportunity__product", "opportunity__verdict__largest_account")
        .order_by("-importance", "opportunity__verdict__rank", "opportunity")
    )
    by_feedback: dict[int, list[Opportunity]] = defaultdict(list)
    for mention in mentions:
        by_feedback[mention.feedback_id].append(mention.opportunity)
    found = {pk: by_feedback[feedback][0] for pk, feedback in originals.items() if by_feedback[feedback]}
    threshold = float(Company.ours().need_threshold)
    reasons = _reasons(actor, found.values()) if len(asks) == 1 else {}
    return {pk: _ask_verdict(need, threshold, reasons.get(need.pk, [])) for pk, need in found.items()}


def _ask_verdict(need: Opportunity, threshold: float, reasons: list[str]) -> AskVerdict:
    url = reverse("opportunity", args=[need.product.key, need.pk])
    verdict: Verdict | None = getattr(need, "verdict", None)
    if verdict is None:
        return AskVerdict(need.title, url=url)
    having = words.segments_having(verdict, threshold)
    ends = [getattr(verdict, f"share_{level}") for level in ("p05", "p25", "p75", "p95")]
    five = Interval(ends[0], ends[1], verdict.share, ends[2], ends[3])
    said = {
        "verdict": verdict,
        "finding": f"{verdict.get_kind_display()}: {need.title}",
        "five": five,
        "scale": Scale.shares([*five, 2 * threshold]),
        "threshold": threshold,
        "reasons": reasons,
        "url": url,
    }
    return AskVerdict(
        need.title,
        verdict.kind,
        url,
        segment=having[0]["segment"] if having else "",
        asking=verdict.asking,
        heard=verdict.heard,
        largest=str(verdict.largest_account or ""),
        fragment=Fragment("opportunities/_ask.html", said),
    )


def _reasons(actor: Actor, needs: Any) -> dict[int, list[str]]:
    return {need.pk: words.named(actor, need.verdict.detail["reasons"]) for need in needs if hasattr(need, "verdict")}


def _likely(actor: Actor, feedback: Feedback) -> list[Likely]:
    """Kept on the row: three panels of one page ask for the same."""
    if not hasattr(feedback, "_likely"):
        texts = [suggestions.words_of(feedback)]
        feedback._likely = suggestions.likely(actor, feedback.product, texts, SHOWN)[0]
    found: list[Likely] = feedback._likely
    return found


def _linked(feedback: Feedback) -> set[int]:
    if not hasattr(feedback, "_linked"):
        feedback._linked = set(feedback.mentions.values_list("opportunity", flat=True))
    found: set[int] = feedback._linked
    return found


def _sounds_like(found: Sequence[Likely], known: suggestions.Known | None) -> str:
    """Says it where the suggestion is one of those that were mostly right, and else that it guesses."""
    if not found or known is None:
        return "It sounds like none of the needs written down"
    first, second = found[0], found[1] if len(found) > 1 else None
    if first.chance < known.assigner.speaks_from:
        return f"It may speak of “{first.need.title}”, but that is a guess"
    if second is not None and second.chance > SECOND:
        return f"It sounds like “{first.need.title}”, and a little like “{second.need.title}”"
    return f"It sounds like “{first.need.title}”"


def _precision(known: suggestions.Known | None) -> str:
    if known is None:
        return "Suggestions are learnt from the links people make; there are none yet"
    learnt = f"Suggestions learnt from {plural(known.assigner.links, 'link')} people made"
    judged = known.precision
    if judged is None:
        return f"{learnt}; how often they are right is not known yet"
    where = "where they are sure, " if judged.from_chance > 0 else ""
    said = f"the first was right {judged.right} times of {judged.judged} ({percent(judged.share)})"
    return f"{learnt}; {where}{said}"


def _kind(kind: str) -> str:
    return VERDICTS[kind].lower()


def _five(belief: Any) -> Interval:
    return Interval(belief.p05, belief.p25, belief.mean, belief.p75, belief.p95)
