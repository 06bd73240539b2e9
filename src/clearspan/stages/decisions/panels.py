"""What decisions say on the pages of evidence and options: the plan, and the price of an ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.decisions.models import Decision, Displacement
from clearspan.stages.decisions.queries import promises
from clearspan.stages.decisions.queries.roadmap import DONE, progress
from clearspan.stages.evidence.ask_facts import AskPlan, AskPrice
from clearspan.stages.evidence.models import Ask
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.options.ways import met

STATION = 4  # decisions are the line's fourth
STATES = {"choose": "chosen", "park": "parked", "decline": "declined", "stop": "stopped"}


def provide() -> None:
    """Registers this stage's answers."""
    panels.provide("ask.price", prices)
    panels.provide("ask.plan", plans)
    panels.provide("option", on_option)
    panels.provide("opportunity.reached", reached)


def prices(actor: Actor, asks: Sequence[Ask]) -> dict[int, AskPrice]:
    """What doing it now would cost the plan: the cheapest option that would meet the ask's need."""
    options = _options(actor, asks)
    found = {
        row.option_id: row
        for row in Displacement.objects.visible_to(actor).filter(
            option__in={o.pk for many in options.values() for o in many}
        )
    }
    names = dict(Option.objects.filter(pk__in=_referred(found.values())).values_list("pk", "title"))
    answers: dict[int, AskPrice] = {}
    for ask in asks:
        known = [
            (found[option.pk], option)
            for option in options.get(ask.pk, [])
            if option.pk in found and found[option.pk].fits
        ]
        if not known:
            continue
        price, option = min(known, key=lambda pair: pair[0].loss)
        answers[ask.pk] = AskPrice(
            option.title, price.loss, price.loss == 0,
            [names.get(Option.key_of(ref) or 0, ref) for ref in price.leaves],
            [names.get(Option.key_of(ref) or 0, ref) for ref in price.moves],
            reverse("option", args=[option.product.key, option.pk]),
        )  # fmt: skip
    return answers


def plans(actor: Actor, asks: Sequence[Ask]) -> dict[int, AskPlan]:
    """What was decided about the need behind an ask: the newest decision on one of its options."""
    options = _options(actor, asks)
    keys = {option.pk for many in options.values() for option in many}
    newest: dict[int, Decision] = {}
    rows = Decision.objects.visible_to(actor).filter(option__in=keys).select_related("option", "product")
    for decision in rows.order_by("decided_on", "pk"):
        newest[decision.option_id or 0] = decision
    found: dict[int, Decision] = {}
    for ask in asks:
        decided = [newest[option.pk] for option in options.get(ask.pk, []) if option.pk in newest]
        if decided:
            found[ask.pk] = min(decided, key=lambda one: (one.kind != "choose", -one.pk))
    today = timezone.localdate()
    past = [one for one in found.values() if one.ends is not None and one.ends < today]
    far = progress(actor, [one.option for one in past if one.option is not None])
    return {ask: _plan(one, far.get(one.option_id or 0, ""), is_past=one in past) for ask, one in found.items()}


def _plan(one: Decision, far: str, *, is_past: bool) -> AskPlan:
    url = reverse("decision", args=[one.product.key, one.pk])
    stands = "built" if far == DONE else "past" if is_past else "ahead"
    title = one.option.title if one.option else ""
    return AskPlan(STATES[one.kind], title, one.ends, one.reasons, url, stands)  # type: ignore[arg-type]


def on_option(actor: Actor, option: Option) -> Fragment:
    """On an option's page: what was decided about it, and the way to decide."""
    rows = Decision.objects.visible_to(actor).filter(option=option).select_related("decided_by", "product")
    return Fragment(
        "decisions/_on_option.html",
        {"option": option, "promises": promises(actor, rows.order_by("-decided_on", "-pk"))},
    )


def reached(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, int]:
    """The needs of which an option was decided about have come to the fourth station."""
    decided = Decision.objects.visible_to(actor).order_by()
    come = met(actor, needs, lambda options: decided.filter(option__in=options).values_list("option", flat=True))
    return dict.fromkeys(come, STATION)


def _options(actor: Actor, asks: Sequence[Ask]) -> dict[int, list[Option]]:
    """The options that would meet the need that matters most to each ask: two queries, however many asks."""
    heard = {ask.pk: ask.feedback.copy_of_id or ask.feedback_id for ask in asks}
    mentions = Mention.objects.visible_to(actor).filter(feedback__in=heard.values())
    needs: dict[int, int] = {}
    ordered = mentions.order_by("-importance", "opportunity__verdict__rank", "opportunity")
    for feedback, need in ordered.values_list("feedback", "opportunity"):
        needs.setdefault(feedback, need)
    met: dict[int, list[Option]] = {}
    for meets in (
        Meets.objects.visible_to(actor).filter(opportunity__in=needs.values()).select_related("option__product")
    ):
        met.setdefault(meets.opportunity_id, []).append(meets.option)
    return {ask: met.get(needs.get(feedback, 0), []) for ask, feedback in heard.items()}


def _referred(rows: Any) -> set[int]:
    return {key for row in rows for ref in (*row.leaves, *row.moves) if (key := Option.key_of(ref)) is not None}
