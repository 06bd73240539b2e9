"""The statements by which staged items become rows, or change those that are here."""

from __future__ import annotations

from collections.abc import Collection

COLUMNS = {
    "external_id": "text", "title": "text", "key": "text", "url": "text", "text": "text", "kind": "text",
    "state": "text", "status": "text", "assignee": "text", "labels": "varchar[]", "estimate": "float8",
    "effort": "float8", "added_on": "date", "started_on": "date", "finished_on": "date", "due_on": "date",
    "changed_at": "timestamptz", "parent": "text", "team": "text",
}  # fmt: skip
KNOWABLE = frozenset(COLUMNS) - {"external_id", "added_on", "team"}
_KEPT_IF_EMPTY = ("started_on", "estimate", "effort", "changed_at")  # a source without them takes nothing away

MAKE = (
    f"CREATE TEMP TABLE incoming ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())}, "
    "place int, upkeep bool, option bigint, requirement bigint, team_id bigint) ON COMMIT DROP"
)
AGAIN = "DELETE FROM incoming WHERE external_id = ANY(%(again)s)"
TEAMS = """UPDATE incoming i SET team_id = t.id FROM development_team t
WHERE t.product_id = %(product)s AND i.team <> '' AND lower(t.name) = lower(i.team)"""
HERE = """SELECT count(*) FROM development_workitem w JOIN incoming i ON w.external_id = i.external_id
WHERE w.product_id = %(product)s"""
REASONS = """SELECT count(i.option), count(*) FILTER (WHERE i.option IS NULL AND i.upkeep) FROM incoming i
WHERE NOT EXISTS (SELECT 1 FROM development_workitem w
    WHERE w.product_id = %(product)s AND w.external_id = i.external_id)"""
INSERT = """
INSERT INTO development_workitem (created_at, product_id, team_id, tracker_id, brought_by_id, external_id, key, url,
    title, text, kind, state, status, assignee, labels, estimate, effort, added_on, started_on, finished_on, due_on,
    changed_at, parent, is_upkeep, upkeep_by_hand, option_id, requirement_id, linked)
SELECT now(), %(product)s, coalesce(i.team_id, %(team)s), %(tracker)s, %(file)s, i.external_id, i.key, i.url, i.title,
    i.text, i.kind, i.state, i.status, i.assignee, i.labels, i.estimate, i.effort, i.added_on, i.started_on,
    i.finished_on, i.due_on, i.changed_at, i.parent, i.upkeep, false, i.option, i.requirement,
    CASE WHEN i.option IS NULL THEN '' ELSE 'reference' END
FROM incoming i
WHERE NOT EXISTS (SELECT 1 FROM development_workitem w
    WHERE w.product_id = %(product)s AND w.external_id = i.external_id)
ORDER BY i.added_on, i.place
ON CONFLICT DO NOTHING"""


def update(knows: Collection[str]) -> str:
    """Changes rows that differ in what the source knows."""
    sets = _sets(frozenset(knows))
    changes = ", ".join(f'"{name}" = {value}' for name, value in sets.items())
    return f"UPDATE development_workitem w SET {changes} FROM incoming i WHERE {_differ(sets)}"  # noqa: S608 own words


def count_changes(knows: Collection[str]) -> str:
    """How many rows `update` would change."""
    return f"SELECT count(*) FROM development_workitem w, incoming i WHERE {_differ(_sets(frozenset(knows)))}"  # noqa: S608


def _differ(sets: dict[str, str]) -> str:
    told = [name for name in sets if name != "changed_at"]  # a comment there is no change here
    new, old = ", ".join(sets[name] for name in told), ", ".join(f'w."{name}"' for name in told)
    same = "w.product_id = %(product)s AND w.external_id = i.external_id"
    return f"{same} AND ({old}) IS DISTINCT FROM ({new})"


def _sets(knows: frozenset[str]) -> dict[str, str]:
    """Column to what it becomes. A reason by hand stays; one by reference goes with the words that named it."""
    known = knows & KNOWABLE if "state" in knows else knows & KNOWABLE - {"started_on", "finished_on"}
    sets = {
        name: f'coalesce(i."{name}", w."{name}")' if name in _KEPT_IF_EMPTY else f'i."{name}"' for name in sorted(known)
    }
    if "state" in knows:
        sets |= _dates_of_state(knows)
    if knows & {"kind", "labels"}:
        sets["is_upkeep"] = "CASE WHEN w.upkeep_by_hand THEN w.is_upkeep ELSE i.upkeep END"
    if knows & {"title", "text", "labels"}:
        gone = "w.linked = 'reference' AND i.option IS NULL"
        named = "w.linked IN ('', 'parent', 'reference') AND i.option IS NOT NULL"
        sets["option_id"] = f"CASE WHEN {named} THEN i.option WHEN {gone} THEN NULL ELSE w.option_id END"
        sets["requirement_id"] = f"CASE WHEN {named} THEN i.requirement WHEN {gone} THEN NULL ELSE w.requirement_id END"
        sets["linked"] = f"CASE WHEN {named} THEN 'reference' WHEN {gone} THEN '' ELSE w.linked END"
    sets["team_id"] = "coalesce(i.team_id, %(team)s, w.team_id)"
    sets["tracker_id"] = "coalesce(%(tracker)s, w.tracker_id)"
    return sets


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
