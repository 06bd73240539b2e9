"""Ctrl-K: finds anything the person may see, and anything they may do."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from textwrap import shorten
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from clearspan.catalogue.models import Deal, Product
from clearspan.catalogue.queries import accounts
from clearspan.core.actor import Actor
from clearspan.core.lists import by_words, count, cut
from clearspan.core.web import actor_of
from clearspan.stages.decisions.models import Decision
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option

EACH = 5  # of one kind
FEW = 2_000  # pieces of feedback with the words: of more, the newest are soon found by walking back in time


@dataclass(frozen=True)
class Found:
    """One line of the list: what it is called, what kind of thing it is, where it is."""

    label: str
    kind: str
    url: str


SEARCHED: list[tuple[Any, str, str]] = [
    (Opportunity, "need", "opportunity"),
    (Option, "option", "option"),
]


def find(request: HttpRequest) -> JsonResponse:
    """What fits `q`, best first within each kind; pages of the current product when nothing was typed."""
    actor = actor_of(request)
    if not actor.is_employee:
        return JsonResponse([], safe=False)
    words = request.GET.get("q", "").strip()[:200]
    product = _product(request, actor)
    found = [*_by_reference(actor, words), *_pages(product, words)]
    if len(words) > 1:
        found += [*_by_words(actor, words), *_said(actor, words, product), *_by_name(actor, words, product)]
    return JsonResponse([asdict(one) for one in found[:30]], safe=False)


def _by_reference(actor: Actor, words: str) -> list[Found]:
    named = [*SEARCHED, (Feedback, "feedback", "feedback"), (Decision, "decision", "decision")]
    kinds: dict[str, tuple[Any, str, str]] = {model.prefix: (model, kind, name) for model, kind, name in named}
    match = re.fullmatch(r"([A-Za-z]{2})-(\d+)", words)
    if not match or match[1].upper() not in kinds:
        return []
    model, kind, name = kinds[match[1].upper()]
    rows = model.objects.visible_to(actor).referred(words).select_related("product")
    return [Found(f"{row.ref} {row}", kind, reverse(name, args=[row.product.key, row.pk])) for row in rows]


def _by_words(actor: Actor, words: str) -> list[Found]:
    query = by_words(words)
    if query is None:
        return []
    found: list[Found] = []
    for model, kind, name in SEARCHED:
        rows: QuerySet[Any] = model.objects.visible_to(actor).filter(search=query).select_related("product")
        rows = rows.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-id").defer("search")
        found += [Found(str(row), kind, reverse(name, args=[row.product.key, row.pk])) for row in rows[:EACH]]
    return found


def _said(actor: Actor, words: str, product: Product | None) -> list[Found]:
    """What was said about the product one is at, the newest first: ranking a million rows costs seconds."""
    query = by_words(words, of_very_many=True)
    if query is None or product is None:
        return []
    rows = Feedback.objects.visible_to(actor).filter(product=product, search=query).defer("search", "text")
    few = not count(rows, FEW).is_more
    newest = cut(rows.annotate(start=Left("text", 200)), "-said_at", size=EACH, known_few=few)
    return [
        Found(one.title or shorten(one.start, 80, placeholder="…"), "feedback",
              reverse("feedback", args=[product.key, one.pk]))
        for one in newest
    ]  # fmt: skip


def _by_name(actor: Actor, words: str, product: Product | None) -> list[Found]:
    found = [
        Found(deal.name, "deal", reverse("deal", args=[deal.product.key, deal.pk]))
        for deal in Deal.objects.visible_to(actor).filter(name__icontains=words).select_related("product")[:EACH]
    ]
    if product is None:
        return found
    called = accounts.like(actor, words).order_by("name")[:EACH]
    return [*(Found(a.name, "account", reverse("account_page", args=[product.key, a.pk])) for a in called), *found]


def _pages(product: Product | None, words: str) -> list[Found]:
    pages = [("Today", reverse("today")), ("Settings", reverse("settings")), ("What was done", reverse("audit"))]
    if product is not None:
        names = ("inbox", "asks", "opportunities", "options", "portfolio", "roadmap", "market", "decisions",
                 "suppliers", "campaigns")  # fmt: skip
        pages += [(name.capitalize(), reverse(name, args=[product.key])) for name in names]
    return [Found(label, "page", url) for label, url in pages if words.lower() in label.lower()]


def _product(request: HttpRequest, actor: Actor) -> Product | None:
    products = [product for product in Product.all_for(actor) if not product.is_archived]
    key = request.session.get("product", "")
    return next((product for product in products if product.key == key), products[0] if products else None)
