"""Markdown as the wiki text that Jira reads."""

from __future__ import annotations

import re
from collections.abc import Callable

from clearspan.ui.markdown_tree import Node, plain, tree

_SIGNS = re.compile(r"([\\{}\[\]*_|!~^+])")


def of(markdown: str) -> str:
    """The text, block by block."""
    return _blocks(tree(markdown))


def _blocks(nodes: list[Node], prefix: str = "") -> str:
    return "\n\n".join(filter(None, (_block(node, prefix) for node in nodes))).strip()


def _block(node: Node, prefix: str) -> str:
    of = node.get("of", [])
    kinds: dict[str, Callable[[], str]] = {
        "paragraph": lambda: _words(of),
        "heading": lambda: f"h{min(6, node['level'] + 2)}. {_words(of)}",
        "bullets": lambda: _list(of, f"{prefix}*"),
        "numbers": lambda: _list(of, f"{prefix}#"),
        "quote": lambda: f"{{quote}}\n{_blocks(of)}\n{{quote}}",
        "code": lambda: f"{{noformat}}\n{node['text'].replace('{noformat}', '')}\n{{noformat}}",
        "rule": lambda: "----",
        "table": lambda: "\n".join(_row(row, "||" if not i else "|") for i, row in enumerate(of)),
    }
    return kinds[node["is"]]() if node["is"] in kinds else _words([node])


def _list(items: list[Node], prefix: str) -> str:
    """One line an item; lists within it carry its signs before their own."""
    lines = []
    for item in items:
        lists = [one for one in item["of"] if one["is"] in ("bullets", "numbers")]
        words = " ".join(_block(one, prefix).replace("\n", " ") for one in item["of"] if one not in lists)
        lines += [f"{prefix} {words}", *(_block(one, prefix) for one in lists)]
    return "\n".join(lines)


def _row(row: Node, bar: str) -> str:
    return bar + bar.join(_words(cell["of"]) or " " for cell in row["of"]) + bar


def _words(nodes: list[Node]) -> str:
    return "".join(map(_word, nodes))


def _word(node: Node) -> str:
    of = node.get("of", [])
    marks = {"strong": "*", "emph": "_", "strike": "-"}
    if node["is"] in marks:
        return f"{marks[node['is']]}{_words(of)}{marks[node['is']]}"
    if node["is"] == "mono":
        return f"{{{{{_escaped(node['text'])}}}}}"
    if node["is"] == "link":
        return f"[{_escaped(plain(of)) or node['to']}|{node['to']}]"
    if node["is"] == "break":
        return "\n"
    return _escaped(node.get("text", "") or plain(of))


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
