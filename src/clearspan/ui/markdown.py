"""Markdown that people write, as safe HTML: no raw HTML, no scripts, no pictures, links that keep a reader private."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=1_000)  # a brief has a hundred paragraphs, most of them as they were a minute ago
def markdown(text: str | None, *, heading: int = 3) -> SafeString:
    """`text` as HTML for a page, whose own headings end above `heading`: a "#" of the text becomes an h3.

    A text that is the page gives 1, and its "##" are the page's sections."""
    if not text:
        return mark_safe("")
    tokens = PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + heading - 1)}"
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES,
                      link_rel="noopener noreferrer")  # fmt: skip
    return mark_safe(clean)  # noqa: S308 cleaned a line above


def escape(words: str) -> str:
    """Words that are no Markdown, as Markdown that reads the same: nothing of theirs becomes markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(words.split()))
