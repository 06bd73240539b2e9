"""The one place where what a tracker or a file says becomes work items.

Whoever has items of elsewhere (an import, a pull) writes them as `Incoming` and calls `take_in`. It runs inside the
caller's action and transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actions import without_keeping
from clearspan.core.models import Import
from clearspan.stages.development import links, taking_in, upkeep
from clearspan.stages.development.models import Team, Tracker, WorkItem
from clearspan.stages.development.taking_in import KNOWABLE

BATCH = 5_000
State = WorkItem.State


@dataclass(frozen=True)
class Incoming:
    """An item as its system has it now.

    `external_id` is its identity there, the same whatever way it comes, so that an export and a pull of one project
    do not double: "github:owner/repository#12", "gitlab:group/project#12", "jira:TIDE-12", "linear:TID-12". Dates that
    contradict each other are mended (see `in_order`). `parent` is the external_id of what it is a part of. `team` is
    the name of a team of the product, where items of one source have several.
    """

    external_id: str
    title: str
    key: str = ""
    url: str = ""
    text: str = ""
    kind: str = WorkItem.Kind.TASK
    state: str = State.TODO
    status: str = ""
    assignee: str = ""
    labels: tuple[str, ...] = ()
    estimate: float | None = None
    effort: float | None = None
    added_on: date | None = None  # None: today
    started_on: date | None = None
    finished_on: date | None = None
    due_on: date | None = None
    changed_at: datetime | None = None
    parent: str = ""
    team: str = ""


@dataclass(frozen=True)
class Taken:
    """How many items are new, were here and have changed, were here and are the same."""

    added: int = 0
    changed: int = 0
    same: int = 0


_LONGEST = {"title": 300, "key": 80, "status": 80, "assignee": 120, "parent": 200}


def take_in(
    product: Product,
    team: Team | None,
    source: Tracker | Import | None,
    items: Iterable[Incoming],
    *,
    knows: Collection[str] = KNOWABLE,
) -> Taken:
    """Adds what is new, changes what has changed; nothing doubles. A constant number of statements a batch.

    What people said by hand stays: links, refusals, and what counts as upkeep. `knows` are the fields that the source
    has: others are left as they are here. New rows are not kept in the event one by one, changes of those here are;
    so this is the last write of its action that an undo puts back.
    """
    intake = Intake(product, team, source, knows=knows)
    intake.stage(items)
    return intake.write()


class Intake:
    """`take_in` in two steps, for who wants to look before it is written. One at a time in a transaction."""

    def __init__(
        self, product: Product, team: Team | None, source: Tracker | Import | None, *, knows: Collection[str] = KNOWABLE
    ) -> None:
        self.product, self.knows = product, frozenset(knows)
        self.seen = self.mended = 0  # items that came, and those of them whose dates could not be
        self._values = {
            "product": product.pk,
            "team": team.pk if team else None,
            "tracker": source.pk if isinstance(source, Tracker) else None,
            "file": source.pk if isinstance(source, Import) else None,
            "today": timezone.localdate(),
        }

    def stage(self, items: Iterable[Incoming]) -> None:
        """Takes the items up. Of several with one identity the last counts: it was seen last."""
        _execute("DROP TABLE IF EXISTS pg_temp.incoming")
        _execute(taking_in.MAKE)
        known = frozenset(upkeep.words())
        for batch in _batches(items):
            self._stage(batch, known)
        _execute("CREATE UNIQUE INDEX ON incoming (external_id)")
        _execute("ANALYZE incoming")

    @property
    def repeated(self) -> int:
        """Items that came again in one go."""
        return self.seen - self._count("SELECT count(*) FROM incoming")

    def look(self) -> Taken:
        """What `write` would do."""
        _execute(taking_in.TEAMS, self._values)
        here, changed = self._count(taking_in.HERE), self._count(taking_in.count_changes(self.knows))
        return Taken(self._count("SELECT count(*) FROM incoming") - here, changed, here - changed)

    def reasons(self) -> tuple[int, int]:
        """Of the new ones: how many name what they are for, and how many of the others are upkeep."""
        with connection.cursor() as cursor:
            cursor.execute(taking_in.REASONS, self._values)
            linked, kept_up = cursor.fetchone()
        return linked, kept_up

    def write(self) -> Taken:
        """Writes what was staged."""
        _execute(taking_in.TEAMS, self._values)
        here = self._count(taking_in.HERE)
        changed = _execute(taking_in.update(self.knows), self._values)
        without_keeping()
        # Entries for the words wait in the index's own list until there are many: sorted, they cost a third.
        _execute("SET LOCAL gin_pending_list_limit = '128MB'")
        _execute("SET LOCAL maintenance_work_mem = '128MB'")
        added = _execute(taking_in.INSERT, self._values)
        if added >= BATCH:  # else the planner goes on as if the table were small
            _execute("ANALYZE development_workitem")
        links.hand_down(self.product)
        _execute("DROP TABLE incoming")
        return Taken(added, changed, here - changed)

    def _stage(self, batch: list[Incoming], known: frozenset[str]) -> None:
        today: Any = self._values["today"]
        latest = {item.external_id: item for item in batch}
        if self.seen:
            _execute(taking_in.AGAIN, {"again": list(latest)})
        rows = [in_order(item, today) for item in latest.values()]
        reasons = links.by_reference(self.product, rows)
        self.mended += sum(_is_mended(item, row) for item, row in zip(latest.values(), rows, strict=True))
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY incoming ({_NAMES}) FROM STDIN") as copy:
            for place, (row, reason) in enumerate(zip(rows, reasons, strict=True), self.seen):
                values = (list(row.labels) if name == "labels" else getattr(row, name) for name in taking_in.COLUMNS)
                why = (reason.option, reason.requirement) if reason else (None, None)
                copy.write_row((*values, place, upkeep.is_upkeep(row.kind, row.labels, known), *why))
        self.seen += len(batch)

    def _count(self, statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, self._values)
            return int(cursor.fetchone()[0])


_NAMES = ", ".join((*taking_in.COLUMNS, "place", "upkeep", "option", "requirement"))


def in_order(item: Incoming, today: date) -> Incoming:
    """The item with dates that can be: what is not over has no end, and nothing ends before it starts.

    Of days in a wrong order the end is believed, then the beginning of work: trackers know these by the clock.
    """
    over = item.state in (State.DONE, State.DROPPED)
    finished = item.finished_on if over else None
    started = item.started_on if not (item.started_on and finished and item.started_on > finished) else None
    days = [day for day in (item.added_on, started, finished) if day is not None]
    added = min(days) if days else today
    labels = tuple(dict.fromkeys(label[:80] for label in item.labels if label))
    dates = {"added_on": added, "started_on": started, "finished_on": finished}
    cut = {name: getattr(item, name)[:most] for name, most in _LONGEST.items()}
    said = {"labels": labels, **dates, **cut}
    changed = {name: value for name, value in said.items() if value != getattr(item, name)}
    return replace(item, **changed) if changed else item


def _is_mended(item: Incoming, row: Incoming) -> bool:
    return item.started_on != row.started_on or item.added_on not in (None, row.added_on)


def _batches(items: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    left = iter(items)
    while batch := list(islice(left, BATCH)):
        yield batch


def _execute(statement: str, values: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
