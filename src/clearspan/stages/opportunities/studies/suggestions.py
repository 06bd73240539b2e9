"""Suggestions: which needs a piece of feedback may speak of. Learnt by a job, kept by content, read from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.conf import settings

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Blob
from clearspan.core.studies import packed, unpacked
from clearspan.engines.themes import Assigner, Precision, learn
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Mention, NeedIndex, Opportunity

LEARN_FROM = 20_000  # links, the newest; more teach little and cost time
LONGEST = 3_000  # characters of a text that are read


@dataclass(frozen=True)
class Known:
    """What is known of a product's needs. `needs[k]` is the number of the need that the assigner calls k."""

    needs: tuple[int, ...]
    assigner: Assigner

    @property
    def precision(self) -> Precision | None:
        return self.assigner.precision


def rebuild(product: int) -> NeedIndex | None:
    """Learns anew from a product's open needs and their evidence. None when there are no needs."""
    needs = list(
        Opportunity.objects.filter(product=product, state=Opportunity.State.OPEN)
        .order_by("pk")
        .values_list("pk", "title", "description", "outcome")
    )
    if not needs:
        NeedIndex.objects.filter(product=product).delete()
        return None
    place = {pk: k for k, (pk, *_) in enumerate(needs)}
    texts, pairs = _links(place)
    words = [" ".join(words) for _, *words in needs]
    assigner = learn(words, texts, pairs, others=_others(product), by=settings.ENV["texts"])
    arrays = assigner.to_arrays() | {"needs": np.array(list(place))}
    index, _ = NeedIndex.objects.update_or_create(product_id=product, defaults={"learnt": Blob.keep(packed(arrays))})
    return index


def known(product: Product) -> Known | None:
    """What was learnt last; None when nothing was yet. One small query once it is in memory."""
    digest = NeedIndex.objects.filter(product=product).values_list("learnt", flat=True).first()
    return _load(digest) if digest else None


@dataclass(frozen=True)
class Likely:
    """A need that a text may speak of: how alike they are, and the chance that it is the one meant, 0 to 1."""

    need: Opportunity
    similarity: float
    chance: float


def likely(actor: Actor, product: Product, texts: Sequence[str], most: int = 9) -> list[list[Likely]]:
    """For each text the needs it may speak of, the likeliest first; open ones that the actor may see. Two queries."""
    learnt = known(product)
    if learnt is None or not texts:
        return [[] for _ in texts]
    found = learnt.assigner.suggest(texts, most)
    keys = {learnt.needs[one.need] for suggestions in found for one in suggestions}
    needs = (
        Opportunity.objects.visible_to(actor)
        .filter(product=product, state=Opportunity.State.OPEN)
        .select_related("verdict")
        .in_bulk(keys)
    )
    return [
        [
            Likely(needs[learnt.needs[one.need]], one.similarity, one.chance)
            for one in suggestions
            if learnt.needs[one.need] in needs
        ]
        for suggestions in found
    ]


def words_of(feedback: Feedback) -> str:
    """What suggestions read of a piece of feedback."""
    return f"{feedback.title}\n{feedback.text}"[:LONGEST]


@lru_cache(maxsize=8)
def _load(digest: str) -> Known:
    arrays = unpacked(Blob.objects.get(pk=digest))
    return Known(tuple(arrays["needs"].tolist()), Assigner.from_arrays(arrays))


def _links(place: dict[int, int]) -> tuple[list[str], np.ndarray]:
    """Texts that are linked, and the (m, 2) pairs of text and need; a quote is all of the text that counts for it."""
    rows = (
        Mention.objects.filter(opportunity__in=list(place), answer=True)
        .order_by("-pk")
        .values_list("opportunity", "quote", "feedback__title", "feedback__text")[:LEARN_FROM]
    )
    texts, pairs = [], []
    for i, (need, quote, title, text) in enumerate(rows):
        texts.append((quote if len(quote) > 40 else f"{title}\n{text}")[:LONGEST])
        pairs.append((i, place[need]))
    return texts, np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _others(product: int) -> Sequence[str]:
    """Unlinked feedback, the newest: how common words are where nobody has linked anything yet."""
    rows = Feedback.objects.filter(product=product, mentions=None).order_by("-said_at")
    return [f"{title}\n{text}"[:LONGEST] for title, text in rows.values_list("title", "text")[:5_000]]
