"""Development as a whole: what was finished for what, what is in hand, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q

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
    """`finished` and `open` are items by why they were or are built: decided, undecided, upkeep, none."""

    options: list[OptionProgress]
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
    """Four queries, however many items there are: all that is counted is counted in one go."""
    rows = progress.counting(actor).filter(product=product)
    lately = Q(state=WorkItem.State.DONE, finished_on__gte=today - timedelta(weeks=WEEKS))
    counted = list(progress.summed(rows.values("option", "is_upkeep"), lately=Count("pk", filter=lately)))
    known = Option.objects.visible_to(actor).filter(product=product).select_related("product")
    known = known.defer("summary", "feasibility_note", "search")
    options = {option.pk: option for option in known}
    finished: Counter[str] = Counter()
    still: Counter[str] = Counter()
    built: dict[int, Progress] = {}
    for row in counted:
        of, option = progress.read(row), options.get(row["option"])
        reason = _reason(option, row["is_upkeep"])
        finished[reason] += row["lately"]
        still[reason] += of.doing + of.todo
        if option is not None:
            built[option.pk] = built.get(option.pk, Progress()) + of
    doing, todo = (rows.filter(state=state) for state in (WorkItem.State.DOING, WorkItem.State.TODO))
    chosen = [option for option in options.values() if option.state == Option.State.CHOSEN]
    return Overview(
        sorted((OptionProgress(options[pk], of) for pk, of in built.items()), key=_urgent),
        {reason: n for reason, n in finished.items() if n},
        {reason: n for reason, n in still.items() if n},
        list(for_a_list(doing).order_by("started_on", "pk")[:SHOWN]),
        sum(row["doing"] for row in counted),
        list(for_a_list(todo).order_by("added_on", "pk")[:SHOWN]),
        sum(progress.read(row).todo for row in counted),
        [option for option in chosen if option.pk not in built],
    )


def _reason(option: Option | None, is_upkeep: bool) -> str:
    if option is not None:
        return "decided" if option.state == Option.State.CHOSEN else "undecided"
    return "upkeep" if is_upkeep else "none"


def _urgent(row: OptionProgress) -> tuple[bool, bool, int, int]:
    """Decided ones first, then what is not finished, then where most is in hand and waits."""
    of = row.progress
    return row.option.state != Option.State.CHOSEN, of.is_done, -of.doing, -of.todo
