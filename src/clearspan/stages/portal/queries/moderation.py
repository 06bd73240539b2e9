"""What waits for a person to read it, and everything else that came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment

State = Idea.State
# What the pages call it, and which ideas it is.
WHICH: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("to read", (State.WAITING,)),
    "public": ("public", (State.PUBLIC,)),
    "held": ("put aside", (State.HELD,)),
    "sent": ("not confirmed", (State.SENT,)),
    "rest": ("all others", (State.MERGED, State.DECLINED, State.SPAM, State.WITHDRAWN)),
}
MOST_SAID = 500  # comments that one page or answer takes
_COMMENTS = {"": IdeaComment.State.WAITING, "held": IdeaComment.State.HELD, "sent": IdeaComment.State.SENT}


@dataclass(frozen=True)
class Waits:
    """How much there is to read of a product's portal."""

    ideas: int
    comments: int

    @property
    def all(self) -> int:
        return self.ideas + self.comments


def waits(actor: Actor, product: Product) -> Waits:
    """Two small counts."""
    ideas = Idea.objects.visible_to(actor).filter(product=product, state=State.WAITING)
    said = IdeaComment.objects.visible_to(actor).filter(idea__product=product, state=IdeaComment.State.WAITING)
    return Waits(lists.count(ideas).number, lists.count(said).number)


def waiting(actor: Actor, product: Product) -> QuerySet[Any]:
    """The keys of all ideas and comments that wait, to be counted."""
    ideas = Idea.objects.visible_to(actor).filter(product=product, state=State.WAITING).order_by().values("pk")
    said = IdeaComment.objects.visible_to(actor).filter(idea__product=product, state=IdeaComment.State.WAITING)
    return ideas.union(said.order_by().values("pk"), all=True)


def ideas(actor: Actor, product: Product, which: str, after: str = "") -> lists.Cut:
    """One page of them, newest first."""
    rows = Idea.objects.visible_to(actor).filter(product=product, state__in=WHICH[which][1])
    rows = rows.select_related("visitor__account", "merged_into").defer("search")
    return lists.cut(rows, "-said_at", after=after)


def comments(actor: Actor, product: Product, which: str) -> list[IdeaComment]:
    """The comments that wait beside them, the oldest first, fifty at most."""
    if which not in _COMMENTS:
        return []
    rows = IdeaComment.objects.visible_to(actor).filter(idea__product=product, state=_COMMENTS[which])
    return list(rows.select_related("idea", "visitor__account").order_by("pk")[: lists.PAGE])


def idea(actor: Actor, product: Product, pk: int) -> Idea | None:
    rows = Idea.objects.visible_to(actor).filter(product=product, pk=pk).defer("search")
    found: Idea | None = rows.select_related("visitor__account", "feedback__account", "merged_into", "product").first()
    return found


@dataclass(frozen=True)
class SaidTo:
    """What was said to an idea, whatever became of it, oldest first; `before` of it are left out."""

    comments: list[IdeaComment]
    before: int


def said_to(actor: Actor, of: Idea, most: int = MOST_SAID) -> SaidTo:
    """The newest of it: two queries, one where that is all."""
    rows = IdeaComment.objects.visible_to(actor).filter(idea=of)
    newest = list(rows.select_related("visitor__account", "person").order_by("-said_at", "-pk")[:most])
    return SaidTo(newest[::-1], rows.count() - most if len(newest) == most else 0)


def votes_of(of: Idea) -> dict[str, int]:
    """How many votes count, wait for an answer, and come from how many accounts: one query."""
    counts: dict[str, int] = of.cast.aggregate(
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)), waiting=Count("pk", filter=Q(confirmed_at=None)),
        accounts=Count("visitor__account", distinct=True, filter=Q(confirmed_at__isnull=False)),
    )  # fmt: skip
    return counts


def needs_of(actor: Actor, of: Idea) -> list[Any]:
    """The needs that an idea speaks of, through its feedback."""
    if of.feedback_id is None:
        return []
    mentions = Mention.objects.visible_to(actor).filter(feedback=of.feedback_id, answer=True)
    return [one.opportunity for one in mentions.select_related("opportunity__product")[:10]]


def drafts_and_published(actor: Actor, product: Product) -> QuerySet[ChangelogEntry]:
    """All entries of the changelog, drafts first."""
    rows = ChangelogEntry.objects.visible_to(actor).filter(product=product)
    return rows.select_related("launch", "written_by").order_by("-published_at", "-pk")


def like(actor: Actor, product: Product, words: str) -> list[Any]:
    """Public ideas whose title has these words, for a field in which one is named."""
    rows = Idea.objects.visible_to(actor).filter(product=product, state=State.PUBLIC, title__icontains=words)
    return list(rows.defer("search").order_by("-votes")[:20])
