"""What is forgotten by itself."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from clearspan.stages.portal.models import IdeaVote, Limit, Visitor

LEVELS = timedelta(days=5)  # by then every level has fallen to nothing
UNANSWERED = timedelta(days=30)


def forget_old() -> None:
    """Levels of limits, and addresses whose owners never answered: somebody else may have given them. Their votes and
    subscriptions, which never counted, go with them; who sent an idea or a comment stays until a person has read it."""
    Limit.objects.filter(at__lt=timezone.now() - LEVELS).delete()
    strangers = Visitor.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - UNANSWERED)
    counted = IdeaVote.objects.filter(visitor=OuterRef("pk"), confirmed_at__isnull=False)  # an import brought it
    strangers.filter(~Exists(counted), ideas=None, comments=None, told=None).delete()
