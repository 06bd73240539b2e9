"""What waits for a person or a function, over all launches and products that one may see."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product, ProductRole
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch.models import Commitment, GoVote, Launch
from clearspan.stages.launch.queries.launches import OPEN

SOON = timedelta(days=14)


def commitments_of(actor: Actor, function: Function | None, product: Product | None = None) -> QuerySet[Commitment]:
    """What a function has promised or is asked for in launches to come, by day. Of one's own, what one owns besides."""
    rows = Commitment.objects.visible_to(actor).filter(launch__state__in=OPEN)
    if product is not None:
        rows = rows.filter(launch__product=product)
    person = actor.person
    wanted = Q(function=function) if function is not None else Q(pk=None)
    if person is not None and (function is None or function.pk == person.function_id):
        wanted |= Q(owner=person)
    rows = rows.filter(wanted)
    return rows.select_related("launch__product", "function", "owner").order_by("due_on", "pk")


def waiting_commitments(actor: Actor, today: date | None = None, most: int | None = None) -> list[Commitment]:
    """What the person must answer or have ready soon: asked of their function, or theirs and due within two weeks; no
    more than `most`."""
    if actor.person is None:
        return []
    soon = (today or timezone.localdate()) + SOON
    asked = Q(state=Commitment.State.ASKED) & (Q(owner=actor.person) | Q(owner=None))
    due = Q(state=Commitment.State.PROMISED, due_on__lte=soon, owner=actor.person)
    rows = commitments_of(actor, actor.person.function).filter(asked | due)
    shown = ("title", "state", "due_on", "launch__title", "launch__product")
    return list(rows.select_related(None).select_related("launch").only(*shown)[:most])


def waiting_votes(actor: Actor, today: date | None = None, most: int | None = None) -> list[Launch]:
    """Launches whose go/no-go is near and to which the person's function has something to say and has not; no more than
    `most`."""
    if actor.person is None or actor.person.function_id is None:
        return []
    function = actor.person.function_id
    asked = Commitment.objects.filter(launch=OuterRef("pk"), function=function)
    voted = GoVote.objects.filter(launch=OuterRef("pk"), function=function)
    return list(_near_decision(actor, today).filter(Exists(asked), ~Exists(voted))[:most])


def waiting_decisions(actor: Actor, today: date | None = None, most: int | None = None) -> list[Launch]:
    """Launches whose go/no-go is near and which the person may decide because of a role on the product; no more than
    `most`."""
    if actor.person is None:
        return []
    mine = ProductRole.objects.filter(person=actor.person, role__grants="manage").values("product")
    return list(_near_decision(actor, today).filter(product__in=mine)[:most])


def _near_decision(actor: Actor, today: date | None) -> QuerySet[Launch]:
    soon = (today or timezone.localdate()) + SOON
    rows = Launch.objects.visible_to(actor).filter(state=Launch.State.PLANNED, decide_on__lte=soon)
    return rows.only("title", "product", "decide_on").order_by("decide_on", "pk")
