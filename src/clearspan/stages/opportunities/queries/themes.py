"""Proposed themes with examples, and the needs they are like."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.lists import Count, count
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity, Theme, ThemeStudy

EXAMPLES = 3
SHOWN = 60


@dataclass
class Proposal:
    """A theme, its nearest pieces of feedback, and the need there is that it is like (need, similarity), if any."""

    row: Theme
    examples: list[Feedback]
    like: tuple[Opportunity, float] | None = None


def proposals(actor: Actor, product: Product, state: str) -> list[Proposal]:
    """Themes in one state, those of most accounts first. Two queries."""
    rows = Theme.objects.visible_to(actor).filter(study__product=product, state=state).select_related("opportunity")
    themes = list(rows.order_by("-accounts", "-size", "pk")[:SHOWN])
    keys = [pk for theme in themes for pk, _ in theme.members[:EXAMPLES]]
    feedback = Feedback.objects.visible_to(actor).select_related("account").in_bulk(keys)
    return [Proposal(theme, [feedback[pk] for pk, _ in theme.members[:EXAMPLES] if pk in feedback]) for theme in themes]


def newest(actor: Actor, product: Product) -> ThemeStudy | None:
    """The last study of themes that ended, done or not."""
    ended = ThemeStudy.objects.visible_to(actor).filter(product=product, finished_at__isnull=False)
    return ended.defer("result").order_by("-id").first()


def unsorted(actor: Actor, product: Product) -> Count:
    """Feedback a study of themes would read."""
    rows = Feedback.objects.visible_to(actor).filter(product=product, state=Feedback.State.NEW)
    return count(rows.filter(~Exists(Mention.objects.filter(feedback=OuterRef("pk")))))
