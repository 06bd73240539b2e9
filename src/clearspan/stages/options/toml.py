"""A business case as TOML, to be read and edited as text. Reading is the standard library's; writing is here."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from clearspan.core.actions import Invalid


def read(text: str) -> dict[str, Any]:
    """The case's tables. Raises Invalid with the line at fault."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid({"text": f"this is not TOML: {error}"}) from None


def write(spec: Mapping[str, Any]) -> str:
    """`spec` as TOML: plain values first, then tables, then lists of tables, each in the order it has."""
    return "\n".join(_table((), spec)).strip() + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    inline = {name: value for name, value in table.items() if not isinstance(value, Mapping) and not _is_tables(value)}
    if path and (inline or not table):
        yield f"\n[{'.'.join(map(_key, path))}]"
    yield from (f"{_key(name)} = {_value(value)}" for name, value in inline.items())
    for name, value in table.items():
        if isinstance(value, Mapping) and _is_flat(value) and path:
            yield f"{_key(name)} = {_value(value)}"
        elif isinstance(value, Mapping):
            yield from _table((*path, name), value)
        elif _is_tables(value):
            for row in value:
                yield f"\n[[{'.'.join(map(_key, (*path, name)))}]]"
                yield from (f"{_key(key)} = {_value(cell)}" for key, cell in row.items())


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _is_flat(table: Mapping[str, Any]) -> bool:
    """Small enough for one line: numbers only, such as {mean = 3, sd = 1}."""
    return bool(table) and all(isinstance(value, (int, float)) for value in table.values()) and len(table) < 3


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(cell)}" for name, cell in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
