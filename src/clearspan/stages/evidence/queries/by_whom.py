"""What was heard, by segment, account and deal: for the catalogue's pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from clearspan.catalogue.models import Account, Deal, Product
from clearspan.catalogue.slots import AccountsOf, Asks, Heard
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Ask, Feedback


def counted(actor: Actor, product: Product) -> QuerySet[Feedback]:
    """The feedback about a product that counts as having heard somebody: all but what says the same again."""
    return Feedback.objects.visible_to(actor).filter(product=product).exclude(state=Feedback.State.COPY)


def heard_by_segment(actor: Actor, product: Product) -> dict[int, int]:
    """Segment's number -> how many of its accounts were heard about the product."""
    spoke = Exists(counted(actor, product).filter(account=OuterRef("pk")))
    rows = Account.objects.visible_to(actor).filter(spoke, segment__isnull=False).order_by()
    return dict(rows.values_list("segment").annotate(n=Count("pk")))


def heard_from(actor: Actor, about: AccountsOf) -> dict[int, Heard]:
    """Account's number -> how often it was heard about the product, and when last. One query."""
    rows = counted(actor, about.product).filter(account__in=[account.pk for account in about.accounts]).order_by()
    told = rows.values("account").annotate(times=Count("pk"), last=Max("said_at"))
    return {row["account"]: Heard(row["times"], row["last"]) for row in told}


def asks_of(actor: Actor, deals: Sequence[Deal]) -> dict[int, Asks]:
    """Deal's number -> how many asks it has, and how many wait for an answer. One query."""
    rows = Ask.objects.visible_to(actor).filter(deal__in=[deal.pk for deal in deals])
    rows = rows.exclude(state=Ask.State.WITHDRAWN).order_by()
    told = rows.values("deal").annotate(n=Count("pk"), open=Count("pk", filter=Q(state=Ask.State.OPEN)))
    return {row["deal"]: Asks(row["n"], row["open"]) for row in told}
