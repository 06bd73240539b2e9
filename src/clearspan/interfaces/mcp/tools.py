"""The tools: what there is for an actor, and what calling one answers. Knows nothing of the protocol's transport."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from clearspan.core.actions import Action, Invalid, NotThere, Refused, registry
from clearspan.core.actor import Actor
from clearspan.interfaces import reads
from clearspan.interfaces.shapes import plain
from clearspan.interfaces.tokens import READ

LIST_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "product": {"type": "string", "description": "Only of this product: its name in addresses, such as tideline"},
        "q": {"type": "string", "description": "Only with these words"},
        "state": {"type": "string", "description": "Only in this state"},
        "since": {"type": "string", "description": "Only recorded on or after this date, such as 2026-03-31"},
        "after": {"type": "string", "description": "The page after this: `next` of the page before"},
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": reads.MOST,
            "description": "Rows a page, 50 unless given",
        },
    },
}
ONE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"reference": {"type": "string", "description": "Such as OP-12"}},
    "required": ["reference"],
}


@dataclass(frozen=True)
class Described:
    """A tool as an agent is told of it."""

    name: str
    help: str
    schema: dict[str, Any]
    reads_only: bool
    can_undo: bool = True


def tools_for(actor: Actor) -> list[Described]:
    """What the token's scopes allow, of what there is for such a person.

    Whether the person may do it to a given row is the action's own rule.
    """
    found: list[Described] = []
    if actor.has_scope(READ):
        for read in reads.reads_for(actor):
            found.append(Described(f"list_{read.name}", f"{read.help}, newest first.", LIST_SCHEMA, True))
            found.append(Described(f"get_{read.one}", f"One of: {read.help}.", ONE_SCHEMA, True))
    for action in sorted(registry.values(), key=lambda action: action.name):
        if action.admits(actor) and actor.has_scope(f"write:{action.name}"):
            found.append(Described(action.name, action.help, _schema_of(action), False, not action.irreversible))
    return found


def call(actor: Actor, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the tool answers. Raises Invalid, NotThere or Refused, with a sentence an agent can act on."""
    lists = {f"list_{read.name}": read for read in reads.READS}
    ones = {f"get_{read.one}": read for read in reads.READS}
    if name in registry:
        if not actor.has_scope(f"write:{name}"):
            raise Refused(f"this token may not {name.replace('_', ' ')}")
        done = registry[name].perform(actor, **arguments)
        return {"event": done.event.pk, "summary": done.event.summary, "result": plain(actor, done.result)}
    if name in lists:
        _only(arguments, LIST_SCHEMA)
        return reads.rows(actor, lists[name], **arguments)
    if name in ones:
        _only(arguments, ONE_SCHEMA)
        return reads.row(actor, ones[name], **arguments)
    raise NotThere(f"there is no tool {name}")


@cache
def _schema_of(action: Action) -> dict[str, Any]:
    """What an action takes. It never changes, and takes a while to work out for a hundred of them."""
    return action.Given.model_json_schema()


def _only(arguments: dict[str, Any], schema: dict[str, Any]) -> None:
    strange = sorted(set(arguments) - set(schema["properties"]))
    missing = sorted(set(schema.get("required", [])) - set(arguments))
    if strange or missing:
        raise Invalid(dict.fromkeys(strange, "there is no such parameter") | dict.fromkeys(missing, "it is needed"))


__all__ = ["Described", "Invalid", "call", "tools_for"]
