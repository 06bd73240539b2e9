"""How far the work on options is: counted in items, in points and in person-days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Requirement
from clearspan.stages.development.models import WorkItem
from clearspan.stages.options.models import Option

_DONE, _DOING = WorkItem.State.DONE, WorkItem.State.DOING


@dataclass(frozen=True)
class Progress:
    """So many items done of so many, epics and what was dropped not counted; points of those that are estimated."""

    done: int = 0
    all: int = 0
    doing: int = 0
    points_done: float = 0.0
    points: float = 0.0
    unestimated: int = 0
    effort: float = 0.0  # person-days spent, where somebody counted them
    moved_on: date | None = None

    @property
    def todo(self) -> int:
        return self.all - self.done - self.doing

    @property
    def share(self) -> float:
        """By points where every item has some, else by count."""
        if self.points and not self.unestimated:
            return self.points_done / self.points
        return self.done / self.all if self.all else 0.0

    @property
    def is_done(self) -> bool:
        return self.all > 0 and self.done == self.all

    def __add__(self, other: Progress) -> Progress:
        moved = max((day for day in (self.moved_on, other.moved_on) if day), default=None)
        return Progress(
            self.done + other.done, self.all + other.all, self.doing + other.doing,
            self.points_done + other.points_done, self.points + other.points, self.unestimated + other.unestimated,
            self.effort + other.effort, moved,
        )  # fmt: skip


def of_options(actor: Actor, options: Iterable[Option]) -> dict[int, Progress]:
    """Option to how far it is; those without an item are left out. One query."""
    return _by(counting(actor).filter(option__in=[option.pk for option in options]), "option")


def of_requirements(actor: Actor, requirements: Iterable[Requirement]) -> dict[int, Progress]:
    """Requirement to how far it is; those without an item are left out. One query."""
    return _by(counting(actor).filter(requirement__in=[one.pk for one in requirements]), "requirement")


def counting(actor: Actor) -> Any:
    """The items that count: neither epics, whose parts do, nor what was dropped."""
    live = WorkItem.objects.visible_to(actor).exclude(state=WorkItem.State.DROPPED)
    return live.exclude(kind=WorkItem.Kind.EPIC).order_by()


def summed(rows: Any, **more: Any) -> Any:
    """Grouped rows with the numbers of their progress, and `more`. `read` makes one of each."""
    done = Q(state=_DONE)
    return rows.annotate(
        done=Count("state", filter=done), all=Count("state"), doing=Count("state", filter=Q(state=_DOING)),
        points_done=Sum("estimate", filter=done), points=Sum("estimate"),
        unestimated=Count("state", filter=Q(estimate=None)), spent=Sum("effort"),
        began=Max("started_on"), ended=Max("finished_on"), **more,
    )  # fmt: skip


def read(row: dict[str, Any]) -> Progress:
    """The progress in one grouped row."""
    return Progress(
        row["done"], row["all"], row["doing"], row["points_done"] or 0.0, row["points"] or 0.0, row["unestimated"],
        row["spent"] or 0.0, max((day for day in (row["began"], row["ended"]) if day), default=None),
    )  # fmt: skip


def _by(rows: Any, by: str) -> dict[int, Progress]:
    return {row["of"]: read(row) for row in summed(rows.values(of=F(by)))}
