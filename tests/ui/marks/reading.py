"""Reads a drawing back: shapes by class, words, ends of lines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from clearspan.ui.marks import Drawing


def shapes(drawing: Drawing, cls: str) -> list[dict[str, str]]:
    """The attributes of every shape that has the class, in the order they are drawn."""
    return [dict(node.attrib) for node in _nodes(drawing) if cls in node.get("class", "").split()]


def words(drawing: Drawing, cls: str = "") -> list[str]:
    return [
        "".join(node.itertext())
        for node in _nodes(drawing)
        if node.tag == "text" and (not cls or cls in node.get("class", "").split())
    ]


def points(shape: dict[str, str]) -> list[tuple[float, float]]:
    """The corners of a path of straight lines."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", shape["d"])]


def number(shape: dict[str, str], name: str) -> float:
    return float(shape[name])


def _nodes(drawing: Drawing) -> list[ET.Element]:
    return list(ET.fromstring(drawing.markup()).iter())  # noqa: S314 - markup of our own
