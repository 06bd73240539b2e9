"""Suggestions: which option or requirement an item may be built for. Learnt by a job, kept by content.

It abstains when unsure. Until people have linked enough, that is a rule about likeness: alike in itself, and clearly
more alike than the next option. Then it is the chance from which four in five links held back were right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Blob
from clearspan.core.studies import packed, unpacked
from clearspan.engines.themes import Assigner, learn
from clearspan.engines.themes import Suggestion as Near
from clearspan.stages.definition.models import Requirement
from clearspan.stages.development.models import ReasonIndex, RefusedLink, WorkItem
from clearspan.stages.options.models import Option

LEARN_FROM = 20_000  # links, the newest; more teach little and cost time
LONGEST = 3_000  # characters of a text that are read
ALIKE = 0.2  # cosine below which nothing is suggested while little was linked
APART = 0.08  # and how much more alike it must be than the best of the other options
OPEN = (Option.State.DRAFT, Option.State.READY, Option.State.CHOSEN)


@dataclass(frozen=True)
class Known:
    """What was learnt. `options[k]` and `requirements[k]` (0: the option itself) are what the assigner calls k."""

    options: tuple[int, ...]
    requirements: tuple[int, ...]
    assigner: Assigner


@dataclass(frozen=True)
class Suggestion:
    """Why an item may be built, and how alike the words are, 0 to 1."""

    option: Option
    requirement: Requirement | None
    similarity: float


def rebuild(product: int) -> ReasonIndex | None:
    """Learns anew from the words of a product's options and requirements and from what was linked to them."""
    targets = _targets(product)
    if not targets:
        ReasonIndex.objects.filter(product=product).delete()
        return None
    place = {(option, requirement): k for k, (option, requirement, _) in enumerate(targets)}
    texts, pairs = _links(product, place)
    # By words alone: trackers name things by their names, and what counts as alike was measured so.
    assigner = learn([words for *_, words in targets], texts, pairs, others=_others(product), by="words")
    arrays = assigner.to_arrays() | {
        "options": np.array([option for option, *_ in targets]),
        "requirements": np.array([requirement for _, requirement, _ in targets]),
    }
    index, _ = ReasonIndex.objects.update_or_create(product_id=product, defaults={"learnt": Blob.keep(packed(arrays))})
    return index


def nightly() -> None:
    """Learns anew for every product with work that has no reason: options and requirements are reworded too."""
    loose = WorkItem.objects.filter(option=None, state__in=(WorkItem.State.TODO, WorkItem.State.DOING))
    for product in loose.filter(product__is_archived=False).order_by().values_list("product", flat=True).distinct():
        rebuild(product)


def known(product: Product) -> Known | None:
    """What was learnt last; None when nothing was yet. One small query once it is in memory."""
    digest = ReasonIndex.objects.filter(product=product).values_list("learnt", flat=True).first()
    return _load(digest) if digest else None


def suggest(actor: Actor, product: Product, items: Sequence[WorkItem]) -> dict[int, Suggestion]:
    """Item to what it may be built for; those without a reason only, and nothing where it is unsure. Four queries.

    What was refused does not come back: then the next likely one is looked at, by the same measure.
    """
    asked = [item for item in items if item.option_id is None and item.is_open]
    learnt = known(product) if asked else None
    if learnt is None:
        return {}
    refused: dict[int, set[int]] = {}
    for item, option in RefusedLink.objects.filter(item__in=asked).values_list("item", "option"):
        refused.setdefault(item, set()).add(option)
    found = {
        item.pk: best
        for item, said in zip(asked, learnt.assigner.suggest([words_of(item) for item in asked], 12), strict=True)
        if (best := _best(learnt, said, refused.get(item.pk, set()))) is not None
    }
    options = (
        Option.objects.visible_to(actor)
        .filter(product=product, state__in=OPEN)
        .in_bulk({o for o, *_ in found.values()})
    )
    requirements = Requirement.objects.filter(is_dropped=False).in_bulk({r for _, r, _ in found.values() if r})
    return {
        item: Suggestion(options[option], requirements.get(requirement), similarity)
        for item, (option, requirement, similarity) in found.items()
        if option in options
    }


def words_of(item: WorkItem) -> str:
    """What suggestions read of an item."""
    return f"{item.title}\n{' '.join(item.labels)}\n{item.text}"[:LONGEST]


def _best(learnt: Known, said: Sequence[Near], refused: set[int]) -> tuple[int, int, float] | None:
    """(option, requirement or 0, similarity) of the likeliest option that was not refused; None when unsure.

    An option's chance is that of all its requirements together: which of them is meant matters less.
    """
    chances: dict[int, float] = {}
    near: dict[int, tuple[float, int]] = {}
    for one in said:
        option = learnt.options[one.need]
        if option in refused:
            continue
        chances[option] = chances.get(option, 0.0) + one.chance
        near[option] = max(near.get(option, (0.0, 0)), (one.similarity, learnt.requirements[one.need]))
    if not near:
        return None
    judged = learnt.assigner.precision is not None
    order = sorted(near, key=lambda option: chances[option] if judged else near[option][0], reverse=True)
    first, (similarity, requirement) = order[0], near[order[0]]
    if judged:
        return (first, requirement, similarity) if chances[first] >= learnt.assigner.speaks_from else None
    next_best = near[order[1]][0] if len(order) > 1 else 0.0
    sure = similarity >= ALIKE and similarity - next_best >= APART
    return (first, requirement, similarity) if sure else None


@lru_cache(maxsize=8)
def _load(digest: str) -> Known:
    arrays = unpacked(Blob.objects.get(pk=digest))
    return Known(
        tuple(arrays["options"].tolist()), tuple(arrays["requirements"].tolist()), Assigner.from_arrays(arrays)
    )


def _targets(product: int) -> list[tuple[int, int, str]]:
    """(option, requirement or 0, words): each option that is not declined, and each of its requirements."""
    options = Option.objects.filter(product=product, state__in=OPEN).order_by("pk")
    rows = [(pk, 0, f"{title}\n{summary}") for pk, title, summary in options.values_list("pk", "title", "summary")]
    wanted = Requirement.objects.filter(
        definition__option__in=[pk for pk, *_ in rows], is_dropped=False
    ).select_related("definition")
    for one in wanted.order_by("pk"):
        words = f"{one.title}\n{one.text}\n{' '.join(one.criteria)}"
        rows.append((one.definition.option_id, one.pk, words))
    return [(option, requirement, words[:LONGEST]) for option, requirement, words in rows]


def _links(product: int, place: dict[tuple[int, int], int]) -> tuple[list[str], np.ndarray]:
    """Texts that are linked, and the (m, 2) pairs of text and target. What a parent handed down was said by nobody."""
    rows = (
        WorkItem.objects.filter(product=product, option__isnull=False)
        .exclude(linked=WorkItem.Linked.PARENT)
        .order_by("-pk")
        .only("title", "text", "labels", "option_id", "requirement_id")[:LEARN_FROM]
    )
    texts, pairs = [], []
    for item in rows:
        target = place.get((item.option_id or 0, item.requirement_id or 0))
        if target is not None:
            pairs.append((len(texts), target))
            texts.append(words_of(item))
    return texts, np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _others(product: int) -> list[str]:
    """Items without a reason, the newest: how common words are where little was linked."""
    rows = WorkItem.objects.filter(product=product, option=None).order_by("-pk").only("title", "text", "labels")
    return [words_of(item) for item in rows[:5_000]]
