"""How far options are in the build: counts of their items, and what the roadmap asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Greatest

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.once import once
from clearspan.stages.decisions.queries.roadmap import BEGUN, DONE, WAITING
from clearspan.stages.development.models import WorkItem
from clearspan.stages.options.models import Option

State = WorkItem.State
OPEN = (State.TODO, State.DOING)
GIVEN_UP = Q(state=State.DROPPED)


@dataclass(frozen=True)
class Counts:
    """The items of an option, without epics. What was given up counts in `begun` alone."""

    all: int = 0
    done: int = 0
    left: int = 0
    begun: int = 0  # that somebody has or had in hand
    moved: date | None = None  # when one was last begun or finished


def counts_of(actor: Actor, options: Iterable[int]) -> dict[int, Counts]:
    """By option: one query, and none for those that were asked of before on the same page."""
    wanted = set(options)
    known: dict[int, Counts] = once(("counts of items", actor.is_system, actor.person and actor.person.pk), dict)
    if missing := wanted - known.keys():
        items = WorkItem.objects.visible_to(actor).filter(option__in=missing).exclude(kind=WorkItem.Kind.EPIC)
        counted = (
            items.order_by()
            .values_list("option")
            .annotate(
                all=Count("state", filter=~GIVEN_UP),
                done=Count("state", filter=Q(state=State.DONE)),
                left=Count("state", filter=Q(state__in=OPEN)),
                begun=Count("state", filter=Q(state=State.DOING) | Q(started_on__isnull=False)),
                moved=Greatest(Max("started_on", filter=~GIVEN_UP), Max("finished_on", filter=~GIVEN_UP)),
            )
        )
        known |= dict.fromkeys(missing, Counts()) | {option: Counts(*found) for option, *found in counted}
    return {option: known[option] for option in wanted}


def progress_of(actor: Actor, options: Iterable[Option]) -> dict[int, str]:
    """Waiting, begun or done: of the options of products that keep their work here. Two queries.

    Done is an option with finished items and none that is open; waiting, one of which no item was ever begun.
    """
    by_product = {option.pk: option.product_id for option in options}
    items = WorkItem.objects.visible_to(actor).order_by()
    here = Product.objects.filter(Exists(items.filter(product=OuterRef("pk"))), pk__in={*by_product.values()})
    kept = {*here.values_list("pk", flat=True)}
    found = {option: WAITING for option, product in by_product.items() if product in kept}
    for option, items_of in counts_of(actor, by_product).items():
        if items_of.done and not items_of.left:
            found[option] = DONE
        elif items_of.done or items_of.begun:
            found[option] = BEGUN
    return found
