"""Markdown as a tree of plain values, for what is not a page: documents as PDF, texts for other systems.

A node is {"is": "paragraph", "of": [...]} or {"is": "text", "text": "..."}. Kinds of blocks: paragraph, heading
(`level`), bullets, numbers (`start`), item, quote, code, rule, table, row, cell. Within them: text, break, strong,
emph, strike, mono, link (`to`). Pictures are their alternative text, and links go to the web or to mail only.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from markdown_it.tree import SyntaxTreeNode

from clearspan.ui.markdown import PARSER, SCHEMES

Node = dict[str, Any]
DEEPEST = 8  # below that, what is nested is plain text
_BLOCKS = {
    "paragraph": "paragraph", "bullet_list": "bullets", "ordered_list": "numbers", "list_item": "item",
    "blockquote": "quote", "table": "table", "tr": "row", "th": "cell", "td": "cell",
}  # fmt: skip
_INLINE = {"strong": "strong", "em": "emph", "s": "strike"}


def tree(text: str) -> list[Node]:
    """The blocks of `text`."""
    return _children(SyntaxTreeNode(PARSER.parse(text)), 0)


def plain(nodes: list[Node]) -> str:
    """The words of the nodes alone."""
    return "".join(
        node.get("text", "") or plain(node.get("of", [])) or (" " if node["is"] == "break" else "") for node in nodes
    )


def _children(node: SyntaxTreeNode, depth: int) -> list[Node]:
    return [made for child in node.children for made in _nodes(child, depth + 1)]


def _nodes(node: SyntaxTreeNode, depth: int) -> list[Node]:
    kind = node.type
    if kind in ("inline", "thead", "tbody"):  # what only holds others
        return _children(node, depth - 1)
    if depth > DEEPEST and node.children and kind not in ("list_item", "tr", "th", "td"):
        return [_text(plain(_children(node, 0)))]
    if kind in _BLOCKS:
        start = {"start": int(node.attrs.get("start", 1))} if kind == "ordered_list" else {}
        return [{"is": _BLOCKS[kind], "of": _children(node, depth), **start}]
    if kind in _INLINE:
        return [{"is": _INLINE[kind], "of": _children(node, depth)}]
    if kind == "heading":
        return [{"is": "heading", "level": int(node.tag[1]), "of": _children(node, depth)}]
    if kind == "link":
        return _link(node, depth)
    if kind in ("fence", "code_block"):
        return [{"is": "code", "text": node.content.rstrip("\n")}]
    if kind == "code_inline":
        return [{"is": "mono", "text": node.content}]
    if kind == "hr":
        return [{"is": "rule"}]
    if kind in ("softbreak", "hardbreak"):
        return [_text(" ") if kind == "softbreak" else {"is": "break"}]
    return [_text(node.content)]  # words, and the alternative text of a picture


def _link(node: SyntaxTreeNode, depth: int) -> list[Node]:
    of, to = _children(node, depth), str(node.attrs.get("href", ""))
    return [{"is": "link", "to": to, "of": of}] if urlsplit(to).scheme in SCHEMES else of


def _text(words: str) -> Node:
    return {"is": "text", "text": words}
