"""The methods behind the answers, as they are documented: the very pages of docs/methods, shown in the application."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse

FOLDER = Path(__file__).parent / "data" / "methods"  # a link to docs/methods, which is packed with the package
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Method:
    """One page: what it is called, the question it answers, its first sentence, and all of it as Markdown."""

    key: str
    name: str
    question: str
    line: str
    text: str

    @property
    def url(self) -> str:
        return reverse("method", args=[self.key])


@cache
def methods() -> dict[str, Method]:
    """Every method by its key, in the order of their names."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.md"))}


def shown(method: Method) -> str:
    """Its text without the title; links to other methods lead to their pages here, others to files are their words."""
    body = method.text.split("\n", 1)[1]
    return _LINK.sub(lambda found: _linked(found[1], found[2]), body)


def _linked(words: str, target: str) -> str:
    if target.startswith(("https://", "http://")):
        return f"[{words}]({target})"
    name = target.partition("#")[0]
    key = Path(name).stem
    is_method = name.endswith(".md") and "/" not in name and (FOLDER / name).exists()
    return f"[{words}]({reverse('method', args=[key])})" if is_method else words


def _read(path: Path) -> Method:
    text = path.read_text(encoding="utf-8")
    title = text.split("\n", 1)[0].removeprefix("# ")
    name, _, question = title.partition(": ")
    paragraphs = [one.strip() for one in text.split("\n\n")[1:]]
    prose = [one for one in paragraphs if one[:1].isalpha() and one.endswith((".", "?", ":"))]
    first = " ".join(prose[0].split()) if prose else ""
    line = re.split(r"(?<=[.?:]) (?=[A-Z])", first)[0].rstrip(":")
    return Method(path.stem, name, question[:1].upper() + question[1:], _LINK.sub(r"\1", line).replace("`", ""), text)
