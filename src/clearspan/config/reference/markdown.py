"""What a page of the reference is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTE = "<!-- Made from the code by `make docs`. Change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: a note on where it comes from, its title, its parts with an empty line between."""
    return "\n\n".join([NOTE, f"# {title}", *filter(None, parts)]) + "\n"


def table(head: str, rows: Iterable[Sequence[str]]) -> str:
    """`head` is the names of the columns with a bar between. "" without rows."""
    names = head.split("|")
    lines = [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}", *lines]) if lines else ""


def code(text: str, language: str = "text") -> str:
    """A block of code."""
    return f"```{language}\n{text}\n```"


def sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", ":")) else ".")


def _cell(value: str) -> str:
    return " ".join(value.split()).replace("|", "\\|")
