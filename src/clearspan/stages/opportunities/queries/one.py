"""Everything on the page of one need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Window

from clearspan.catalogue.models import Account
from clearspan.core.actor import Actor
from clearspan.engines.themes.words import subjects
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import DemandStudy, Mention, Opportunity, Verdict

VOICES = 40  # accounts drawn, at most
READ_FOR_QUOTES = 40
QUOTED = ("channel", "said_at", "account__name", "account__segment__name")  # of the feedback that a quote is from
STUDIES = 12  # earlier studies whose estimates are drawn


@dataclass(frozen=True)
class Voices:
    """Who spoke of a need: (account, mentions), the loudest first, and how much was said in all."""

    accounts: list[tuple[str, int]]
    mentions: int
    heard_from: int
    quotes: int
    first: Any
    last: Any


@dataclass(frozen=True)
class Need:
    """A need with its verdict and who spoke of it."""

    row: Opportunity
    verdict: Verdict | None
    voices: Voices


def need(actor: Actor, row: Opportunity) -> Need:
    """Four queries."""
    verdict = Verdict.objects.filter(opportunity=row).select_related("largest_account", "study__asked_by").first()
    return Need(row, verdict, voices(actor, row))


def voices(actor: Actor, row: Opportunity) -> Voices:
    """Mentions by account, and in all."""
    mentions = Mention.objects.visible_to(actor).filter(opportunity=row).order_by()
    total = mentions.aggregate(
        mentions=Count("pk"),
        quotes=Count("pk", filter=~Q(quote="")),
        first=Min("heard_at"),
        last=Max("heard_at"),
    )
    loud = (
        mentions.exclude(heard_from=None)
        .values_list("heard_from")
        .annotate(n=Count("pk"), voices=Window(Count("*")))
        .order_by("-n", "heard_from")[:VOICES]
    )
    found = list(loud)
    names = Account.objects.only("name").in_bulk([account for account, _, _ in found])
    said = [(names[account].name, n) for account, n, _ in found]
    return Voices(said, heard_from=found[0][2] if found else 0, **total)


def quotes(actor: Actor, row: Opportunity, count: int = 4, *, against: bool = True) -> list[Mention]:
    """Quotes chosen to differ: by segment and by words, what matters most first. One query.

    `against`: with those who were asked and said that they do not have it.
    """
    order = ("-importance", "-heard_at")
    strong = Mention.objects.visible_to(actor).filter(opportunity=row).exclude(quote="").order_by(*order)
    if not against:
        strong = strong.filter(answer=True)
    rows = list(  # put in order before anything is joined: a loud need has thousands
        Mention.objects.filter(pk__in=strong.values("pk")[:READ_FOR_QUOTES])
        .select_related("feedback__account__segment")
        .only("quote", "answer", "importance", *(f"feedback__{name}" for name in QUOTED))
        .order_by(*order)
    )
    read = {mention.pk: set(subjects(mention.quote)) for mention in rows}
    chosen: list[Mention] = []
    while rows and len(chosen) < count:
        best = max(rows, key=lambda mention: _differs(mention, chosen, read) + 0.1 * mention.importance)
        chosen.append(best)
        rows.remove(best)
    return chosen


def _differs(mention: Mention, chosen: Iterable[Mention], read: dict[int, set[str]]) -> float:
    """How unlike it is to what was chosen: other words, another segment, another account, another answer."""
    account, words = mention.feedback.account, read[mention.pk]
    worst = 2.0
    for other in chosen:
        theirs = other.feedback.account
        alike = len(words & read[other.pk]) / max(1, len(words | read[other.pk]))
        alike += 0.5 * (account is not None and theirs is not None and account.segment_id == theirs.segment_id)
        alike += 1.0 * (account is not None and account == theirs)
        alike -= 0.5 * (mention.answer != other.answer)
        worst = min(worst, 1 - alike)
    return worst


def accounts_to_ask(actor: Actor, row: Opportunity, segments: Iterable[str], each: int = 3) -> dict[str, list[Account]]:
    """Segment -> accounts of it to ask: of greatest value, not heard on this need, never heard at all first."""
    names = list(segments)
    mine = Feedback.objects.filter(account=OuterRef("pk"), product=row.product)
    candidates = (
        Account.objects.visible_to(actor)
        .filter(segment__name__in=names)
        .annotate(heard=Exists(mine), spoke=Exists(mine.filter(mentions__opportunity=row)))
        .filter(spoke=False)
        .select_related("segment")
        .order_by("heard", "-value", "pk")
    )
    found: dict[str, list[Account]] = {name: [] for name in names}
    for account in candidates[: 60 * max(1, len(names))]:
        if account.segment is not None and len(found[account.segment.name]) < each:
            found[account.segment.name].append(account)
    return found


def estimates(actor: Actor, row: Opportunity) -> list[tuple[Any, dict[str, float]]]:
    """(when, prevalence) in each of the last studies, the oldest first: how the estimate has narrowed.

    Only the need's own entry is read out of each result, by the database.
    """
    studies = (
        DemandStudy.objects.visible_to(actor)
        .filter(product=row.product_id, status=DemandStudy.Status.DONE)
        .order_by("-id")
        .values_list("pk", flat=True)[:STUDIES]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finished_at, jsonb_path_query_first(result,"
            " '$.opportunities[*] ? (@.opportunity == $ref).prevalence', jsonb_build_object('ref', %s::text))"
            " FROM opportunities_demandstudy WHERE id = ANY(%s) ORDER BY id",
            [row.ref, list(studies)],
        )
        rows = cursor.fetchall()
    return [(at, _numbers(found)) for at, found in rows if found is not None]


def _numbers(found: Any) -> dict[str, float]:
    import json

    return dict(json.loads(found)) if isinstance(found, str) else dict(found)
