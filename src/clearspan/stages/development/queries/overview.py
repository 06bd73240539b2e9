"""Development as a whole: what was finished for what, what is in hand, what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Count, Value, When
from django.db.models.fields import CharField

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.listing import for_a_list, for_reason
from clearspan.stages.development.queries.progress import OptionProgress, by_option
from clearspan.stages.options.models import Option

WEEKS = 12  # looked back on
SHOWN = 10  # rows of a list
_REASONS = ("decided", "undecided", "upkeep", "none")


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
    """Eight queries, however many items there are."""
    rows = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC)
    doing, todo = (rows.filter(state=state) for state in (WorkItem.State.DOING, WorkItem.State.TODO))
    options = by_option(actor, product)
    chosen = Option.objects.visible_to(actor).filter(product=product, state=Option.State.CHOSEN)
    since = today - timedelta(weeks=WEEKS)
    return Overview(
        options,
        _by_reason(rows.filter(state=WorkItem.State.DONE, finished_on__gte=since), product),
        _by_reason(rows.filter(state__in=(WorkItem.State.DOING, WorkItem.State.TODO)), product),
        list(for_a_list(doing).order_by("started_on", "pk")[:SHOWN]),
        doing.count(),
        list(for_a_list(todo).order_by("added_on", "pk")[:SHOWN]),
        todo.count(),
        list(chosen.exclude(pk__in=[row.option.pk for row in options]).select_related("product")),
    )


def _by_reason(rows: object, product: Product) -> dict[str, int]:
    whens = [When(for_reason(product, reason), then=Value(reason)) for reason in _REASONS]
    why = Case(*whens, default=Value("none"), output_field=CharField())
    return {row["why"]: row["n"] for row in rows.order_by().values(why=why).annotate(n=Count("pk"))}  # type: ignore[attr-defined]
