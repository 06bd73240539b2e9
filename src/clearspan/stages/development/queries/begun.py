"""How far options are in the build: counts of their items, and what the roadmap asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Value, When
from django.db.models.functions import Greatest

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
    """Waiting, begun or done: of the options of products that keep their work here. One query, which counts nothing,
    and none for those that were asked of before on the same page.

    Done is an option with finished items and none that is open; waiting, one of which no item was ever begun.
    """
    wanted = {option.pk for option in options}
    known: dict[int, str] = once(("how far", actor.is_system, actor.person and actor.person.pk), dict)
    if missing := wanted - known.keys():
        rows = Option.objects.filter(pk__in=missing).order_by().annotate(far=_far(actor))
        known |= rows.values_list("pk", "far")
    return {pk: known[pk] for pk in wanted if known.get(pk)}


def _far(actor: Actor) -> Case:
    """How far an option is; "" where nobody keeps work here."""
    items = WorkItem.objects.visible_to(actor).order_by()
    own = items.filter(option=OuterRef("pk")).exclude(kind=WorkItem.Kind.EPIC)
    is_open, is_done = Exists(own.filter(state__in=OPEN)), Exists(own.filter(state=State.DONE))
    is_begun = Exists(own.filter(Q(state__in=(State.DOING, State.DONE)) | Q(started_on__isnull=False)))
    return Case(
        When(~is_open & is_done, then=Value(DONE)),
        When(is_begun, then=Value(BEGUN)),
        When(Exists(items.filter(product=OuterRef("product"))), then=Value(WAITING)),
        default=Value(""),
    )
