"""The one place where what a tracker or a file says becomes work items.

Whoever has items of elsewhere (an import, a pull) writes them as `Incoming` and calls `take_in`. It runs inside the
caller's action and transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actions import without_keeping
from clearspan.core.models import Import
from clearspan.stages.development import links, upkeep
from clearspan.stages.development.models import Team, Tracker, WorkItem

BATCH = 5_000
State = WorkItem.State


@dataclass(frozen=True)
class Incoming:
    """An item as its system has it now.

    `external_id` is its identity there, the same whatever way it comes, so that an export and a pull of one project
    do not double: "github:owner/repository#12", "gitlab:group/project#12", "jira:TIDE-12", "linear:TID-12". Dates that
    contradict each other are mended (see `in_order`). `parent` is the external_id of what it is a part of. `team` is
    the number of a team, where items of one source have several.
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
    team: int | None = None


@dataclass(frozen=True)
class Taken:
    """How many items are new, were here and have changed, were here and are the same."""

    added: int = 0
    changed: int = 0
    same: int = 0


KNOWABLE = frozenset(one.name for one in fields(Incoming)) - {"external_id", "added_on", "team"}
_KEPT_IF_EMPTY = ("started_on", "estimate", "effort", "changed_at")  # a source without them takes nothing away
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
    _make_table()
    today, known, seen = timezone.localdate(), frozenset(upkeep.words()), 0
    for batch in _batches(items):
        rows = [in_order(item, today) for item in batch]
        _stage(product, rows, known, seen)
        seen += len(rows)
    values = {
        "product": product.pk,
        "team": team.pk if team else None,
        "tracker": source.pk if isinstance(source, Tracker) else None,
        "file": source.pk if isinstance(source, Import) else None,
        "today": today,
    }
    _execute("CREATE UNIQUE INDEX ON incoming (external_id)")
    _execute("ANALYZE incoming")
    here = _execute(_HERE, values)
    changed = _execute(_update(frozenset(knows)), values)
    without_keeping()
    added = _execute(_INSERT, values)
    if added >= BATCH:  # else the planner goes on as if the table were small
        _execute("ANALYZE development_workitem")
    links.hand_down(product)
    _execute("DROP TABLE incoming")
    return Taken(added, changed, here - changed)


def in_order(item: Incoming, today: date) -> Incoming:
    """The item with dates that can be: what is not over has no end, and nothing ends before it starts.

    Of days in a wrong order the end is believed, then the beginning of work: trackers know these by the clock.
    """
    over = item.state in (State.DONE, State.DROPPED)
    finished = item.finished_on if over else None
    started = item.started_on if not (item.started_on and finished and item.started_on > finished) else None
    days = [day for day in (item.added_on, started, finished) if day is not None]
    added = min(days) if days else today
    cut = {name: getattr(item, name)[:most] for name, most in _LONGEST.items()}
    labels = tuple(dict.fromkeys(label[:80] for label in item.labels if label))
    return replace(item, added_on=added, started_on=started, finished_on=finished, labels=labels, **cut)


def _batches(items: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    """The last of several with one identity counts: it was seen last. Told apart within the table, by its place."""
    left = iter(items)
    while batch := list({item.external_id: item for item in islice(left, BATCH)}.values()):
        yield batch


_COLUMNS = {
    "external_id": "text", "title": "text", "key": "text", "url": "text", "text": "text", "kind": "text",
    "state": "text", "status": "text", "assignee": "text", "labels": "varchar[]", "estimate": "float8",
    "effort": "float8", "added_on": "date", "started_on": "date", "finished_on": "date", "due_on": "date",
    "changed_at": "timestamptz", "parent": "text", "team": "bigint",
}  # fmt: skip


def _make_table() -> None:
    _execute("DROP TABLE IF EXISTS pg_temp.incoming")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    own = "place int, upkeep bool, option bigint, requirement bigint"
    _execute(f"CREATE TEMP TABLE incoming ({columns}, {own}) ON COMMIT DROP")


def _stage(product: Product, rows: list[Incoming], known: frozenset[str], seen: int) -> None:
    if seen:  # an item that comes twice, in batches apart
        _execute(
            "DELETE FROM incoming WHERE external_id = ANY(%(again)s)", {"again": [row.external_id for row in rows]}
        )
    reasons = links.by_reference(product, rows)
    with connection.cursor() as cursor, cursor.cursor.copy("COPY incoming FROM STDIN") as copy:
        for place, (row, reason) in enumerate(zip(rows, reasons, strict=True), seen):
            values = (list(row.labels) if name == "labels" else getattr(row, name) for name in _COLUMNS)
            why = (reason.option, reason.requirement) if reason else (None, None)
            copy.write_row((*values, place, upkeep.is_upkeep(row.kind, row.labels, known), *why))


def _update(knows: frozenset[str]) -> str:
    """Changes only rows that differ. A reason by hand stays; one by reference goes with the words that named it."""
    known = knows & KNOWABLE if "state" in knows else knows & KNOWABLE - {"started_on", "finished_on"}
    sets = {name: _new(name) for name in sorted(known)}
    if "state" in knows:
        sets |= _dates_of_state(knows)
    if knows & {"kind", "labels"}:
        sets["is_upkeep"] = "CASE WHEN w.upkeep_by_hand THEN w.is_upkeep ELSE i.upkeep END"
    if knows & {"title", "text", "labels"}:
        own = "w.linked IN ('', 'parent', 'reference')"
        gone = "w.linked = 'reference' AND i.option IS NULL"
        named = f"{own} AND i.option IS NOT NULL"
        sets["option_id"] = f"CASE WHEN {named} THEN i.option WHEN {gone} THEN NULL ELSE w.option_id END"
        sets["requirement_id"] = f"CASE WHEN {named} THEN i.requirement WHEN {gone} THEN NULL ELSE w.requirement_id END"
        sets["linked"] = f"CASE WHEN {named} THEN 'reference' WHEN {gone} THEN '' ELSE w.linked END"
    sets["team_id"] = "coalesce(i.team, %(team)s, w.team_id)"
    sets["tracker_id"] = "coalesce(%(tracker)s, w.tracker_id)"
    told = [name for name in sets if name != "changed_at"]  # a comment there is no change here
    new, old = ", ".join(sets[name] for name in told), ", ".join(f'w."{name}"' for name in told)
    changes = ", ".join(f'"{name}" = {value}' for name, value in sets.items())
    return (
        f"UPDATE development_workitem w SET {changes} FROM incoming i "  # noqa: S608 made of this file's own words
        f"WHERE w.product_id = %(product)s AND w.external_id = i.external_id AND ({old}) IS DISTINCT FROM ({new})"
    )


def _new(name: str) -> str:
    if name in _KEPT_IF_EMPTY:
        return f'coalesce(i."{name}", w."{name}")'
    return f'i."{name}"'


def _dates_of_state(knows: frozenset[str]) -> dict[str, str]:
    """When work began and ended, where the source does not say: seen to have moved, it moved when it was changed."""
    moved = "coalesce((i.changed_at AT TIME ZONE current_setting('TimeZone'))::date, %(today)s)"
    began = "coalesce(i.started_on, w.started_on)" if "started_on" in knows else "w.started_on"
    began = f"coalesce({began}, CASE WHEN i.state = 'doing' AND w.state <> 'doing' THEN {moved} END)"
    ended = f"coalesce(i.finished_on, CASE WHEN w.state = i.state THEN w.finished_on ELSE {moved} END)"
    ended = f"CASE WHEN i.state IN ('done', 'dropped') THEN {ended} END"
    first = f"least(w.added_on, i.added_on, {began}, {ended})"
    began = f"CASE WHEN {ended} < {began} THEN NULL ELSE {began} END"
    return {"started_on": began, "finished_on": ended, "added_on": first}


_HERE = """SELECT 1 FROM development_workitem w JOIN incoming i ON w.external_id = i.external_id
WHERE w.product_id = %(product)s"""
_INSERT = """
INSERT INTO development_workitem (created_at, product_id, team_id, tracker_id, brought_by_id, external_id, key, url,
    title, text, kind, state, status, assignee, labels, estimate, effort, added_on, started_on, finished_on, due_on,
    changed_at, parent, is_upkeep, upkeep_by_hand, option_id, requirement_id, linked)
SELECT now(), %(product)s, coalesce(i.team, %(team)s), %(tracker)s, %(file)s, i.external_id, i.key, i.url, i.title,
    i.text, i.kind, i.state, i.status, i.assignee, i.labels, i.estimate, i.effort, i.added_on, i.started_on,
    i.finished_on, i.due_on, i.changed_at, i.parent, i.upkeep, false, i.option, i.requirement,
    CASE WHEN i.option IS NULL THEN '' ELSE 'reference' END
FROM incoming i
WHERE NOT EXISTS (SELECT 1 FROM development_workitem w
    WHERE w.product_id = %(product)s AND w.external_id = i.external_id)
ORDER BY i.added_on, i.place
ON CONFLICT DO NOTHING"""


def _execute(statement: str, values: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
