"""The pages of actions, one a part of the product, from the registry."""

from __future__ import annotations

import json
import re
from typing import Any

from clearspan.config.reference.markdown import code, page, table
from clearspan.core.actions import Action, registry
from clearspan.interfaces.api.examples import example_of

PARTS = {
    "core": "People, tokens, comments, imports, undo.",
    "catalogue": "The company, products, segments, accounts, deals, competitors.",
    "evidence": "What was heard, and sorting it.",
    "opportunities": "Needs of the market, their evidence, their studies.",
    "options": "Ways to meet needs, their business cases and efforts.",
    "decisions": "Plans, decisions, and what came of them.",
}
HOW = """Each can be done on screens, by `clearspan do NAME`, by `POST /api/actions/NAME` and by an agent's tool
of that name, with the same parameters under the same rule. An example's JSON object is the body of the request too."""


def stages() -> list[str]:
    """The parts of the product that have actions, in the order of the line."""
    found = {action.stage for action in registry.values()}
    return [*(stage for stage in PARTS if stage in found), *sorted(found - PARTS.keys())]


def text(stage: str) -> str:
    """Every action of one part."""
    actions = sorted((one for one in registry.values() if one.stage == stage), key=lambda one: one.name)
    about = PARTS.get(stage, f"Actions of {stage}.")
    return page(f"Actions: {stage}", about, HOW, *(_section(action) for action in actions))


def who_may(action: Action) -> str:
    """The rule in words: "people of sales; or who manages every product concerned"."""
    words = re.sub(
        r"\s*\([^)]*\)\s*$", "", " ".join((action.rule.__doc__ or "").split())
    )  # without remarks on the code
    return "; or ".join(one[:1].lower() + one[1:].rstrip(".") for one in words.split(" Or: "))


def link_to(action: Action, folder: str = "") -> str:
    """A link to the action's place on its page."""
    return f"[`{action.name}`]({folder}{action.stage}.md#{action.name})"


def _section(action: Action) -> str:
    undo = "Cannot be undone." if action.irreversible else "Can be undone."
    rows = list(_parameters(action))
    parameters = table("Parameter|What it is|Needed", rows) if rows else "It takes nothing."
    example = json.dumps(example_of(action), ensure_ascii=False)
    command = f"clearspan do {action.name} --as ines@example.org --json '{example}'"
    return "\n\n".join(
        [f"## {action.name}", action.help, f"Open to: {who_may(action)}. {undo}", parameters, code(command, "sh")]
    )


def _parameters(action: Action) -> list[tuple[str, str, str]]:
    schema = action.Given.model_json_schema()
    needed = set(schema.get("required", []))
    return [
        (f"`{name}`", _what(given, schema.get("$defs", {})), _needed(name, given, needed))
        for name, given in schema.get("properties", {}).items()
    ]


def _needed(name: str, given: dict[str, Any], needed: set[str]) -> str:
    if name in needed:
        return "yes"
    default = given.get("default")
    return "no" if default in (None, "", [], {}) else f"no, else `{json.dumps(default)}`"


def _what(given: dict[str, Any], known: dict[str, Any]) -> str:
    """A parameter's JSON schema in words: its kind, then what it means."""
    given = _without_null(given)
    meaning = given.get("description", "")
    if "a reference, such as" in meaning or meaning.endswith(": its number"):
        return meaning
    if not meaning:
        return f"{_kind(given, known)}."
    return f"{_kind(given, known)}{'.' if meaning[0].isupper() else ':'} {meaning.rstrip('.')}."


def _without_null(given: dict[str, Any]) -> dict[str, Any]:
    """What a parameter is when it is given at all; what is said outside holds inside too."""
    inside = [part for part in given.get("anyOf", []) if part.get("type") != "null"]
    outside = {name: value for name, value in given.items() if name != "anyOf"}
    return {**outside, **inside[0]} if len(inside) == 1 else given


def _kind(given: dict[str, Any], known: dict[str, Any]) -> str:
    if "$ref" in given:
        return _kind(known[given["$ref"].split("/")[-1]], known)
    if "enum" in given:
        return f"one of {', '.join(f'`{value}`' for value in given['enum'])}"
    if "const" in given:
        return f"`{given['const']}`"
    if "anyOf" in given:
        return " or ".join(dict.fromkeys(_kind(part, known) for part in given["anyOf"]))
    if given.get("type") == "array":
        item = given.get("items", {})
        return f"a list of: {item.get('description') or _kind(item, known)}"
    return _plain_kind(given)


def _plain_kind(given: dict[str, Any]) -> str:
    dated = {"date": "a date, such as 2026-04-01", "date-time": "a moment, such as 2026-04-01T09:30:00"}
    if given.get("format") in dated:
        return dated[given["format"]]
    words = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}
    kind = words.get(given.get("type", ""), "an object")
    return kind + _limits(given)


def _limits(given: dict[str, Any]) -> str:
    if "maxLength" in given:
        return f" of at most {given['maxLength']:,} characters"
    least = given.get("minimum", given.get("exclusiveMinimum"))
    most = given.get("maximum", given.get("exclusiveMaximum"))
    if least is not None and most is not None:
        return f" from {least:,} to {most:,}"
    above = "more than" if "exclusiveMinimum" in given else "at least"
    below = "less than" if "exclusiveMaximum" in given else "at most"
    if least is not None:
        return f", {above} {least:,}"
    return f", {below} {most:,}" if most is not None else ""
