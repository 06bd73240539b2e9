"""Ideas like what somebody is writing: by its words, and by the needs that it seems to speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.opportunities.studies.suggestions import likely
from clearspan.stages.portal.models import Idea
from clearspan.stages.portal.queries.public import public_ideas

MOST, SHORTEST, LONGEST = 5, 8, 1_000
_WORDS = 24  # of a text that are looked for: more find no better and cost time
_SURE = 0.25  # the chance from which a need counts as spoken of
_CANDIDATES = 40


@dataclass(frozen=True)
class Like:
    """An idea that may be the same, and how much it is alike, for their order only."""

    idea: Idea
    score: float


def similar(product: Product, text: str, most: int = MOST) -> list[Like]:
    """The public ideas that are likest to `text`: at most four queries. Nothing for a word or two."""
    text = text.strip()[:LONGEST]
    if len(text) < SHORTEST:
        return []
    found: dict[int, Like] = {like.idea.pk: like for like in _by_words(product, text)}
    for like in _by_needs(product, text):
        known = found.get(like.idea.pk)
        found[like.idea.pk] = Like(like.idea, like.score + (known.score if known else 0))
    return sorted(found.values(), key=lambda like: (-like.score, -like.idea.votes))[:most]


def _by_words(product: Product, text: str) -> list[Like]:
    """Ideas with some of the words, those with more of them, and with rarer ones in the title, first."""
    words = list(dict.fromkeys(re.findall(r"\w{3,}", text.lower())))[:_WORDS]
    if not words:
        return []
    query = SearchQuery(" | ".join(f"{word}:*" if len(word) > 4 else word for word in words), search_type="raw",
                        config="english")  # fmt: skip
    rows = public_ideas(product).filter(search=query).annotate(rank=SearchRank(F("search"), query))
    return [Like(idea, idea.rank) for idea in rows.order_by("-rank", "-votes")[:_CANDIDATES]]


def _by_needs(product: Product, text: str) -> list[Like]:
    """Ideas that are linked to the needs of which the text seems to speak, as the inbox suggests them. What a visitor
    learns from it is which public ideas are alike, and nothing of the needs."""
    chances = {one.need.pk: one.chance for one in likely(Actor.system("portal"), product, [text], most=3)[0]}
    needs = [need for need, chance in chances.items() if chance >= _SURE]
    if not needs:
        return []
    speak = Mention.objects.filter(opportunity__in=needs, answer=True, feedback__idea__state=Idea.State.PUBLIC)
    pairs = list(speak.order_by().values_list("feedback__idea", "opportunity")[:_CANDIDATES])
    ideas = public_ideas(product).in_bulk({idea for idea, _ in pairs})
    return [Like(ideas[idea], 0.5 * chances[need]) for idea, need in pairs if idea in ideas]
