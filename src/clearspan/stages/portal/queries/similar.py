"""Ideas like what somebody is writing: by its words, by what it means, and by the needs that it seems to speak of.

What is alike in meaning is sought among all public ideas of the product at once. Which these are is asked each time;
what they mean is read anew only when they or their words have changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Aggregate, BinaryField, F, Min, Subquery

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.engines.themes import Gathering, titled, unpacked
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.opportunities.studies.suggestions import likely
from clearspan.stages.portal.models import Idea, IdeaMeaning
from clearspan.stages.portal.queries.public import public_ideas

MOST, SHORTEST, LONGEST = 5, 8, 1_000
_WORDS = 24  # of a text that are looked for: more find no better and cost time
_SURE = 0.25  # the chance from which a need counts as spoken of
_CANDIDATES, _NEAREST = 40, 200
BY_WORDS = 0.25  # what the best of the words adds to a cosine
_NEAR = 0.5  # the cosine from which an idea with none of the words counts as alike


Way = Callable[[Product, str], dict[int, float]]  # ideas by their number, and how much they are alike


@dataclass(frozen=True)
class Like:
    """An idea that may be the same, and how much it is alike, for their order only."""

    idea: Idea
    score: float


def similar(product: Product, text: str, most: int = MOST, ways: Sequence[Way] | None = None) -> list[Like]:
    """The public ideas that are likest to `text`, by all `ways` of finding them: at most seven queries. Nothing for a
    word or two."""
    text = text.strip()[:LONGEST]
    if len(text) < SHORTEST:
        return []
    found: Counter[int] = Counter()
    certain: set[int] = set()  # by more than a likeness of meaning, which everything has a little of
    for way in ways or (by_words, by_meaning, by_needs):
        part = way(product, text)
        found.update(part)
        certain |= set() if way is by_meaning else part.keys()
    found = Counter({idea: score for idea, score in found.items() if idea in certain or score >= _NEAR})
    likest = sorted(found, key=lambda idea: -found[idea])[: 2 * most]
    ideas = public_ideas(product).in_bulk(likest)
    likes = [Like(ideas[idea], found[idea]) for idea in likest if idea in ideas]
    return sorted(likes, key=lambda like: (-round(like.score, 3), -like.idea.votes))[:most]


def by_words(product: Product, text: str) -> dict[int, float]:
    """Ideas with some of the words: those with more of them, and with them in the title, count more."""
    words = list(dict.fromkeys(re.findall(r"\w{3,}", text.lower())))[:_WORDS]
    if not words:
        return {}
    query = SearchQuery(" | ".join(f"{word}:*" if len(word) > 4 else word for word in words), search_type="raw",
                        config="english")  # fmt: skip
    rows = public_ideas(product).filter(search=query).annotate(rank=SearchRank(F("search"), query))
    best = list(rows.order_by("-rank", "-votes").values_list("pk", "rank")[:_CANDIDATES])
    return {idea: BY_WORDS * rank / best[0][1] for idea, rank in best} if best else {}


def by_meaning(product: Product, text: str) -> dict[int, float]:
    """Ideas that mean something like it, whatever their words: one query, and one more when an idea has come, changed
    or gone. Nothing where the company has texts read by their words alone."""
    if settings.ENV["texts"] != "meaning":
        return {}
    newest = Subquery(IdeaMeaning.objects.order_by("-read_at").values("read_at")[:1])
    told = public_ideas(product).order_by().aggregate(all=ArrayAgg("pk"), newest=Min(newest))
    if not told["all"] or told["newest"] is None:
        return {}
    ideas, among = _read(tuple(told["all"]), told["newest"])
    near = among.alike(titled([text], [""])[0])
    best = np.argsort(-near)[:_NEAREST].tolist()
    return {ideas[place]: float(near[place]) for place in best}


@lru_cache(maxsize=4)  # products; 10,000 ideas are 10 MB
def _read(ideas: tuple[int, ...], newest: datetime) -> tuple[list[int], Gathering]:
    """What these ideas mean, and which of them are known to mean something."""
    rows = IdeaMeaning.objects.filter(idea__in=ideas).order_by()
    told = rows.aggregate(ideas=ArrayAgg("pk"), vectors=_Joined("vector"))
    return told["ideas"] or [], Gathering.of(unpacked(bytes(told["vectors"] or b"")))


def by_needs(product: Product, text: str) -> dict[int, float]:
    """Ideas that are linked to the needs of which the text seems to speak, as the inbox suggests them. What a visitor
    learns from it is which public ideas are alike, and nothing of the needs."""
    chances = {one.need.pk: one.chance for one in likely(Actor.system("portal"), product, [text], most=3)[0]}
    needs = [need for need, chance in chances.items() if chance >= _SURE]
    if not needs:
        return {}
    speak = Mention.objects.filter(opportunity__in=needs, answer=True, feedback__idea__state=Idea.State.PUBLIC)
    pairs = list(speak.order_by().values_list("feedback__idea", "opportunity")[:_CANDIDATES])
    found: Counter[int] = Counter()
    for idea, need in pairs:
        found[idea] += 0.5 * chances[need]
    return found


class _Joined(Aggregate):
    """Bytes of all rows, one after the other, in the order in which their keys are gathered beside them."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea)"
    output_field = BinaryField()
