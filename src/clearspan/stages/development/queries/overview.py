"""Development as a whole: what was finished for what, what is in hand, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries import progress
from clearspan.stages.development.queries.listing import for_a_list
from clearspan.stages.development.queries.progress import Progress
from clearspan.stages.options.models import Option

WEEKS = 12  # looked back on
SHOWN = 10  # rows of a list
MOST = 25  # options of the table: those that are in hand stand first


@dataclass(frozen=True)
class OptionProgress:
    option: Option
    progress: Progress


@dataclass(frozen=True)
class Overview:
    """`finished` and `open` are items by why they were or are built: decided, undecided, upkeep, none.

    `options` are the `MOST` most urgent of the `built` decided options, and of others with items, open or finished
    lately.
    """

    options: list[OptionProgress]
    built: int
    finished: dict[str, int]
    open: dict[str, int]
    doing: list[WorkItem]
    doing_count: int
    waiting: list[WorkItem]
    waiting_count: int
    untouched: list[Option] = field(default_factory=list)  # decided, and without a single item

    @property
    def anything(self) -> bool:
        return bool(self.finished or self.open or self.options)


def overview(actor: Actor, product: Product, today: date) -> Overview:
    """Six queries, however many items there are. What was finished long ago is not read, but of the options shown."""
    rows = progress.counting(actor).filter(product=product)
    done, doing, todo = (Q(state=state) for state in (WorkItem.State.DONE, WorkItem.State.DOING, WorkItem.State.TODO))
    lately = done & Q(finished_on__gte=today - timedelta(weeks=WEEKS))
    counted = list(
        rows.filter(doing | todo | lately)
        .values("option", "is_upkeep")
        .annotate(lately=Count("pk", filter=lately), doing=Count("pk", filter=doing), todo=Count("pk", filter=todo))
    )
    known = Option.objects.visible_to(actor).filter(product=product).select_related("product")
    known = known.defer("summary", "feasibility_note", "search")
    begun = Exists(rows.filter(option=OuterRef("pk")))
    named = Q(pk__in={row["option"] for row in counted} - {None}) | Q(state=Option.State.CHOSEN)
    options = {option.pk: option for option in known.filter(named).annotate(begun=begun)}
    finished: Counter[str] = Counter()
    still: Counter[str] = Counter()
    open_of: dict[int, tuple[int, int]] = {}
    for row in counted:
        option = options.get(row["option"])
        reason = _reason(option, row["is_upkeep"])
        finished[reason] += row["lately"]
        still[reason] += row["doing"] + row["todo"]
        if option is not None:
            had = open_of.get(option.pk, (0, 0))
            open_of[option.pk] = (had[0] + row["doing"], had[1] + row["todo"])
    built = sorted((one for one in options.values() if one.begun), key=lambda one: _urgent(one, open_of))
    of = progress.of_options(actor, built[:MOST])
    in_hand, waiting = rows.filter(doing), rows.filter(todo)
    return Overview(
        [OptionProgress(option, of[option.pk]) for option in built[:MOST]],
        len(built),
        {reason: n for reason, n in finished.items() if n},
        {reason: n for reason, n in still.items() if n},
        list(for_a_list(in_hand).order_by("started_on", "pk")[:SHOWN]),
        sum(row["doing"] for row in counted),
        list(for_a_list(waiting).order_by("added_on", "pk")[:SHOWN]),
        sum(row["todo"] for row in counted),
        [option for option in options.values() if option.state == Option.State.CHOSEN and not option.begun],
    )


def _reason(option: Option | None, is_upkeep: bool) -> str:
    if option is not None:
        return "decided" if option.state == Option.State.CHOSEN else "undecided"
    return "upkeep" if is_upkeep else "none"


def _urgent(option: Option, open_of: dict[int, tuple[int, int]]) -> tuple[bool, bool, int, int]:
    """Decided ones first, then what is not finished, then where most is in hand and waits."""
    doing, todo = open_of.get(option.pk, (0, 0))
    return option.state != Option.State.CHOSEN, not (doing or todo), -doing, -todo
