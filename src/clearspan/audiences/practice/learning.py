"""What to learn next, from one's own record by stated rules. Nothing is said that no figure of one's own says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, FloatField, OuterRef
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.urls import reverse

from clearspan.audiences.practice.record import YEAR, managed, widening
from clearspan.catalogue.models import Product, Segment
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.evidence.models import Interview
from clearspan.stages.inlife.calibration_words import FEW, record_of
from clearspan.stages.inlife.queries.judged import Judged
from clearspan.stages.inlife.queries.kpis import UNREAD, unread
from clearspan.stages.opportunities.models import Mention, Verdict
from clearspan.ui.numbers import number, percent, plural

WORTH = 0.1  # of the NPV, from which finding out more would have been worth it
QUIET = timedelta(days=90)
NAMED = 3  # of what a lesson is about; the rest is counted


@dataclass(frozen=True)
class Lesson:
    """What to do differently, the figures it follows from, the rule, and where to begin."""

    what: str
    because: str
    rule: str
    url: str


def lessons(actor: Actor, found: list[Judged], today: date) -> list[Lesson]:
    """All that one's own record says, in the order of the line backwards: as many queries for every record."""
    products = managed(actor)
    return [
        *_how_sure(found), *_worth_finding_out(actor, today), *_without_numbers(actor, today),
        *_nobody_interviewed(products, today), *_no_follow_up(products, today), *_unread(actor, today),
    ]  # fmt: skip


def _how_sure(found: list[Judged]) -> Iterator[Lesson]:
    record, factor = record_of(found), widening(found)
    held = record.intervals
    if held is None or held.of < FEW or not held.verdict or factor is None:
        return
    rule = f"Said from {FEW} outcomes on, when it is nine in ten likely."
    url = reverse("method", args=["calibration"])
    head = f"{held.inside} of your {held.of} nine-in-ten intervals held"
    if "sure" in held.verdict:
        yield Lesson(
            "Say wider intervals", f"{head}; {number(factor, 2)} times as wide, nine in ten would have.", rule, url
        )
    else:
        yield Lesson("Say narrower intervals", f"{head}; {percent(factor)} of their width would have done.", rule, url)


def _worth_finding_out(actor: Actor, today: date) -> Iterator[Lesson]:
    """Decisions of the last year taken although knowing more was worth much."""
    first = KeyTransform("0", KeyTransform("cases", "case_study__result"))
    evpi = Cast(KeyTextTransform("evpi", first), FloatField())
    rows = (
        Decision.objects.visible_to(actor)
        .filter(decided_by=actor.person, kind="choose", decided_on__gt=today - YEAR, case_study__npv__isnull=False)
        .annotate(evpi=evpi).select_related("product", "option", "case_study")
        .defer("case_study__result", "case_study__inputs").order_by("-decided_on")
    )  # fmt: skip
    listed = list(rows[:200])
    dear = [one for one in listed if (one.evpi or 0) > WORTH * abs(one.case_study.npv or 0)]
    if dear:
        url = reverse("option", args=[dear[0].product.key, dear[0].option_id])
        yield Lesson(
            "Find out before you decide",
            f"In {len(dear)} of {plural(len(listed), 'decision')} of the last year knowing more was worth over "
            f"{percent(WORTH)} of what was to be earned: {_named([str(one.option) for one in dear])}.",
            "The value of perfect information in the case that was decided by, against its NPV.", url,
        )  # fmt: skip


def _without_numbers(actor: Actor, today: date) -> Iterator[Lesson]:
    rows = Decision.objects.visible_to(actor).filter(
        decided_by=actor.person, kind="choose", decided_on__gt=today - YEAR
    )
    listed = list(rows.select_related("product", "option").order_by("-decided_on")[:200])
    bare = [one for one in listed if not one.expected.get("npv")]
    if bare:
        url = reverse("decision", args=[bare[0].product.key, bare[0].pk])
        yield Lesson(
            "Promise a number, so that you can learn from it",
            f"{len(bare)} of {plural(len(listed), 'decision')} of the last year promised none: "
            f"{_named([str(one.option) for one in bare])}.",
            "Chosen within a year, without a business case that was studied.", url,
        )  # fmt: skip


def _nobody_interviewed(products: list[Product], today: date) -> Iterator[Lesson]:
    """Segments of the market of which nobody was interviewed for a year."""
    lately = Interview.objects.filter(feedback__product__in=products, feedback__said_at__date__gt=today - YEAR)
    of_segments = lately.exclude(feedback__account__segment=None).order_by()
    pairs = set(of_segments.values_list("feedback__product", "feedback__account__segment").distinct())
    sized = Segment.objects.filter(market__product__in=products).order_by("position")
    by_key = {one.pk: one for one in products}
    silent: dict[int, list[str]] = {}
    for product, segment, name in sized.values_list("market__product", "pk", "name"):
        if (product, segment) not in pairs:
            silent.setdefault(product, []).append(name)
    for key, names in silent.items():
        product = by_key[key]
        whom = "this segment" if len(names) == 1 else "these segments"
        yield Lesson(
            f"Interview {_named(names)}",
            f"Nobody of {whom} was interviewed for {product} in a year.",
            "Every segment with a market size, and interviews of its accounts in the last 365 days.",
            reverse("interviews", args=[product.key]),
        )


def _no_follow_up(products: list[Product], today: date) -> Iterator[Lesson]:
    """Needs with too little evidence that nobody has asked about since."""
    lately = Mention.objects.filter(opportunity=OuterRef("opportunity"), heard_at__date__gt=today - QUIET)
    rows = (
        Verdict.objects.filter(opportunity__product__in=products, kind="too_little_evidence")
        .exclude(opportunity__state="closed").filter(~Exists(lately))
        .order_by("rank").select_related("opportunity__product")
    )  # fmt: skip
    listed = list(rows[:50])
    if listed:
        first = listed[0].opportunity
        yield Lesson(
            "Ask about what nobody knows enough of",
            f"{plural(len(listed), 'need')} with too little evidence had no mention for {QUIET.days} days: "
            f"{_named([str(one.opportunity) for one in listed])}.",
            f"The verdict of the newest study, and mentions of the last {QUIET.days} days.",
            reverse("opportunity", args=[first.product.key, first.pk]),
        )


def _unread(actor: Actor, today: date) -> Iterator[Lesson]:
    """KPIs the person answers for, and of which nothing is known lately."""
    listed = [kpi for kpi, _ in unread(actor, today)]
    if listed:
        what = "it" if len(listed) == 1 else "them"
        yield Lesson(
            f"Look at {_named([one.name for one in listed])} again",
            f"You answer for {what}, and no reading is younger than {UNREAD.days} days.",
            f"KPIs of yours without a reading in {UNREAD.days} days.",
            reverse("kpi", args=[listed[0].product.key, listed[0].pk]),
        )


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    words = ", ".join(names[:NAMED])
    return f"{words} and {more} more" if more > 0 else words
