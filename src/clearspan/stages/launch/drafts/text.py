"""Markdown in pieces: sections, gaps that are named, lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clearspan.stages.launch.drafts.facts import Facts, Part

GAP = "**Gap.**"
WANTED = {
    "audience": "for whom it is",
    "problem": "what is hard for them today",
    "outcome": "what is different for them when it is there",
    "alternative": "what they would do or buy instead",
    "difference": "why it is different and better",
    "proof": "what shows it: a customer, a number, a test",
    "left_out": "what it is not, so that nobody waits for it",
}


def document(title: str, *sections: str) -> str:
    return "\n\n".join([f"# {title}", *filter(None, sections)]).rstrip() + "\n"


def section(title: str, *bodies: str) -> str:
    return "\n\n".join([f"## {title}", *filter(None, bodies)])


def gap(words: str) -> str:
    """What is missing and who could know: a line that people replace by what is missing."""
    return f"> {GAP} {words}"


def said(part: Part, name: str) -> str:
    """What the definition says, or that nobody has written it."""
    text: str = getattr(part.content, name)
    return text.strip() or gap(f"Nobody has written {WANTED[name]}.")


def told(facts: Facts, title: str, name: str) -> str:
    """A section of what the definitions say."""
    return section(title, of_each(facts, lambda part: said(part, name)))


def items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def of_each(facts: Facts, tell: Callable[[Part], str]) -> str:
    """What `tell` says of each part, under its name when there are several."""
    if not facts.parts:
        return gap("This launch brings no option yet: choose what it brings, then draft this anew.")
    if len(facts.parts) == 1:
        return tell(facts.parts[0])
    return "\n\n".join(f"### {part.title}\n\n{tell(part)}" for part in facts.parts)


def sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    line = " ".join(text.split())
    end = next((i + 1 for i, sign in enumerate(line) if sign in ".?" and line[i + 1 : i + 2] in ("", " ")), len(line))
    return line[:end]
