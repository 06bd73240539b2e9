"""What the pages of this stage share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from clearspan.catalogue.models import Product, Segment
from clearspan.core import comments, history
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.records import Record
from clearspan.core.web import actor_of
from clearspan.stages.evidence.actions.filters import KEPT
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.evidence.queries import heard
from clearspan.stages.evidence.queries.heard import ALL, Filters
from clearspan.stages.evidence.rules import sorts
from clearspan.ui.numbers import money


def filter_choices(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """What the line of filters above a list offers, and what is chosen."""
    actor = actor_of(request)
    return {
        "filters": filters,
        "states": [(ALL, "all"), *Feedback.State.choices],
        "channels": [("", "all channels"), *Feedback.Channel.choices],
        "segments": [("", "all segments"), *segment_choices(actor)],
        "kept": actor.person.preferences.get(KEPT, []) if actor.person else [],
    }


def segment_choices(actor: Actor) -> list[tuple[int, str]]:
    return list(Segment.objects.visible_to(actor).values_list("pk", "name"))


def kept_with(actor: Actor, row: Record, *others: Record) -> dict[str, Any]:
    """What stands under every row's page: comments, and what was done to it."""
    return {"row": row, "comments": comments.about(actor, row), "events": history.of(actor, row, *others)}


def account_beside(actor: Actor, piece: Feedback) -> dict[str, Any]:
    """Whose words a piece is: what else was heard from the account, and what it pays a year."""
    if piece.account is None:
        return {}
    pays = money(float(piece.account.value), Company.ours().currency, digits=3, scale="")
    return {
        "account": heard.account_heard(actor, piece.product, piece.account),
        "pays": f"{pays} a year" if piece.account.value else "",
    }


def may_sort(actor: Actor, product: Product) -> bool:
    """Whether the actor sorts what is heard about a product."""
    return sorts(actor, {"product": product})
