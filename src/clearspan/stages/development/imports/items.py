"""Items from a tracker's export or any table: each row becomes an `Incoming`, and `Intake` does the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clearspan.catalogue.imports import finding
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Kind, Option, register
from clearspan.core.imports.staging import Staging
from clearspan.stages.development.imports.dates import settle_dates
from clearspan.stages.development.imports.exports import EXPORTS
from clearspan.stages.development.imports.fields import FIELDS
from clearspan.stages.development.imports.identity import SYSTEMS, identify, named
from clearspan.stages.development.incoming import Incoming, Intake
from clearspan.stages.development.jobs import learn_soon
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.rules import builds
from clearspan.stages.development.states import kind_of, state_of

_GIVES = {  # what a field of a file tells about an item, where they are called differently
    "labels": ("labels", "kind"), "kind": ("kind",), "category": ("state",), "resolution": ("state",),
    "status": ("status", "state"), "seconds": ("effort",), "dropped_on": ("finished_on", "state"),
    "archived": ("state",),
    "finished_on": ("finished_on", "state"), "started_on": ("started_on", "state"),
    "cycle_days": ("finished_on", "state"), "stage_days": ("started_on", "finished_on", "state"),
}  # fmt: skip
_SECONDS_A_DAY = 8 * 3600
READ = 5_000  # staged rows read at once
_NAMES = ("title", "key", "number")  # a row with none of these is no item: all such rows would be the same one


class Items(Kind):
    """Issues, tickets, cards. Those here already take what the file says: it is where they are kept."""

    name = "items"
    label = "Work items"
    order = 4
    words = ("item", "items")
    about = "What is being built: issues, tickets or cards of a tracker, with their dates."
    fields = FIELDS
    telling = frozenset(
        "status assignee kind parent estimate started_on finished_on due_on team cycle_days".split()  # noqa: SIM905 words
    )
    derived = {"state": "text"}
    options = (
        finding.product_option("The items are work on this product."),
        Option("team", "Team", "Of rows that name none.", choices=lambda actor: [
            (team.ref, f"{team.product}: {team}")
            for team in Team.objects.visible_to(actor).filter(product__is_archived=False).select_related("product")
        ]),
        Option("system", "They come from", "Gives them the identity by which a pull knows them too.",
               choices=lambda actor: list(SYSTEMS.items())),
    )  # fmt: skip
    exports = EXPORTS
    ignored = {"project": "left out", "sprint": "left out: dates say more", "priority": "left out"}
    brings = (Brought(WorkItem), Brought(Team))

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return builds(actor, {"product": chosen["product"]})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        product, wanted = finding.product_of(actor, options), options.get("team", "")
        team = Team.objects.visible_to(actor).filter(product=product).referred(wanted).first() if wanted else None
        if wanted and team is None:
            raise Invalid({"team": f"{product} has no team {wanted}"})
        system = options.get("system", "")
        if system and system not in SYSTEMS:
            raise Invalid({"system": f"there is no “{system}”; there are {', '.join(SYSTEMS)}"})
        return {"product": product, "team": team, "system": system}

    def advise(self, chosen: Chosen, mapped: set[str]) -> Sequence[str]:
        notes = []
        if not mapped & {"key", "number", "url"}:
            notes.append("No column names the items: they are told apart by their words, and one that is reworded "
                         "there is a new one here.")  # fmt: skip
        if not mapped & {"finished_on", "stage_days", "cycle_days"}:
            notes.append("No column says when items were finished: no date can be forecast from them.")
        elif not mapped & {"started_on", "stage_days"}:
            notes.append("No column says when work on them began: how long it takes is not known.")
        return notes

    def complete(self, values: dict[str, Any]) -> None:
        if not any(values.get(name) for name in _NAMES):
            raise ValueError("title", "nothing that names an item", "a title, a key or a number")
        values["labels"] = _labels(values.get("labels"))
        settle_dates(values)
        values["state"] = state_of(
            values.get("status") or "", category=values.get("category") or "",
            resolution=values.get("resolution") or "", labels=values["labels"],
        )  # fmt: skip
        if values["state"] is None and not values.get("status"):
            values["state"] = _by_dates(values)
        if values.get("archived") and values["state"] != WorkItem.State.DONE:
            values["state"] = WorkItem.State.DROPPED
        if values.get("dropped_on") and values["state"] in (None, WorkItem.State.DROPPED, WorkItem.State.TODO):
            values["state"], values["finished_on"] = WorkItem.State.DROPPED, values["dropped_on"]

    def plan(self, staging: Staging) -> None:
        product = staging.chosen["product"]
        pulls = staging.execute(
            "DELETE FROM staged WHERE lower(pull_request) NOT IN ('no', 'false', '0') "
            "OR url ~ '/(pull|merge_requests)/[0-9]+/?$'"
        )
        if pulls:
            staging.notes.append(f"{pulls:,} rows are pull requests: they are left out.")
        self._plan_states(staging)
        new = _new_teams(staging)
        if new:
            staging.made["teams"] = len(new)
        intake = Intake(product, staging.chosen["team"], staging.file, knows=_known(staging))
        intake.stage(_rows(staging))
        staging.planned = intake
        found = intake.look()
        staging.added, staging.known, staging.updated = found.added, found.changed + found.same, found.changed
        if intake.repeated:
            staging.notes.append(f"{intake.repeated:,} rows repeat an item; the last says how it is.")
        if intake.mended:
            staging.notes.append(f"{intake.mended:,} items have dates that contradict each other: the end is believed.")
        linked, upkeep = intake.reasons()
        if staging.added:
            staging.notes.append(
                f"{linked:,} of the new ones name what they are for, {upkeep:,} others are upkeep by their labels."
            )

    def write(self, staging: Staging) -> None:
        teams = [Team.objects.create(product=staging.chosen["product"], name=name) for name in _new_teams(staging)]
        if teams:
            staging.brought[Team._meta.db_table] = [team.pk for team in teams]
            staging.made["teams"] = len(teams)
        intake: Intake = staging.planned
        taken = intake.write()
        learn_soon(staging.chosen["product"].pk)
        staging.added, staging.known, staging.updated = taken.added, taken.changed + taken.same, taken.changed

    def _plan_states(self, staging: Staging) -> None:
        """Where a status is not understood its dates decide, and the word is shown to be explained."""
        words = "SELECT status, count(*) FROM staged WHERE state IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30"
        staging.strange["status"] = [(word, rows) for word, rows in staging.query(words)]
        if staging.strange["status"]:
            names = ", ".join(f"“{word}”" for word, _ in staging.strange["status"][:6])
            staging.notes.append(f"Not known: the status {names}. Such items stand where their dates say.")
        staging.execute(
            "UPDATE staged SET state = CASE WHEN finished_on IS NOT NULL THEN 'done' "
            "WHEN started_on IS NOT NULL THEN 'doing' ELSE 'todo' END WHERE state IS NULL"
        )


def _new_teams(staging: Staging) -> list[str]:
    """The teams that the file names and the product does not have, each once whatever case it is written in."""
    there = Team.objects.filter(product=staging.chosen["product"]).values_list("name", flat=True)
    known = {name.lower() for name in there}
    named = [name for (name,) in staging.query("SELECT DISTINCT team FROM staged WHERE team IS NOT NULL ORDER BY 1")]
    return list({name.lower(): name for name in named if name.lower() not in known}.values())


def _labels(cells: Sequence[str | None] | None) -> list[str]:
    parts = (part.strip() for cell in cells or () if cell for part in re.split(r"[,;]", cell))
    return list(dict.fromkeys(part for part in parts if part))


def _by_dates(values: Mapping[str, Any]) -> str:
    if values.get("finished_on"):
        return WorkItem.State.DONE
    return WorkItem.State.DOING if values.get("started_on") else WorkItem.State.TODO


def _known(staging: Staging) -> set[str]:
    """The fields of an item that the file says something about."""
    return {name for field in staging.mapped for name in _GIVES.get(field, (field,))} | {"state", "title"}


def _rows(staging: Staging) -> Iterator[Incoming]:
    """The staged rows as items, in the order of the file."""
    system = staging.chosen["system"]
    keys = dict(staging.query("SELECT number, key FROM staged WHERE number IS NOT NULL AND key IS NOT NULL"))
    for start, end in staging.batches(READ, (0.35, 0.8), "reading items"):
        rows = staging.query(
            f"SELECT {', '.join(_READ)} FROM staged WHERE row >= %(start)s AND row < %(end)s ORDER BY row",  # noqa: S608 own words
            {"start": start, "end": end},
        )
        for row in rows:
            said = {name: value for name, value in zip(_READ, row, strict=True) if value is not None}
            yield _incoming(said, system, keys)


_READ = (
    "title", "key", "number", "url", "text", "kind", "state", "status", "assignee", "labels", "estimate", "effort",
    "seconds", "added_on", "started_on", "finished_on", "due_on", "changed_at", "parent", "team",
)  # fmt: skip


def _incoming(said: dict[str, Any], system: str, keys: Mapping[str, str]) -> Incoming:
    """`keys`: of the file's items by their inner numbers, by which Jira's older exports name the whole."""
    external_id, said["key"] = identify(said, system)
    if parent := said.get("parent"):
        said["parent"] = named(keys.get(parent, parent), system, said.get("team", ""))
    labels = tuple(said.pop("labels", ()))
    kind = kind_of(said.pop("kind", ""), labels)
    if seconds := said.pop("seconds", None):
        said.setdefault("effort", round(seconds / _SECONDS_A_DAY, 3))
    said.pop("number", None)
    title = said.pop("title", "") or said["key"] or external_id
    return Incoming(external_id, title, kind=kind, labels=labels, **said)


register(Items())
