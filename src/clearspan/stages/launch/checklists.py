"""Launch templates as Markdown: a checklist or a questionnaire in, lines out, and back.

    ## Support
    - [ ] Support articles (10 days before; support article)
      The ten likely questions are answered.

A heading that names a function gives it what stands below. A ticked or unticked box is a line, and so is a heading that
asks something; comments and text under it say what must be there. Other headings and plain items may be lines: they
come marked as unlikely, for a person to choose. In brackets at an end: days before the launch, the document, optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST_WORDS = 200  # characters of a title
LONG_LINE = 60  # a shorter line of a title was not wrapped
_BOX = re.compile(r"^\[([ xX])\]\s*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_REQUIRED = re.compile(r"^\(R\)\s*")
_DAYS = re.compile(r"(?:(\d{1,3}) days? before|T ?[-−] ?(\d{1,3}))$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One thing to have ready. `function` is "" where no heading names one, `days_before` None where nothing says."""

    title: str
    text: str = ""
    function: str = ""
    days_before: int | None = None
    must: bool = True
    document: str = ""
    is_likely: bool = True  # False: a heading or an item that may be one
    under: str = ""  # the heading it stands under


@dataclass
class _Section:
    """A heading with what stands directly below it."""

    level: int
    title: str
    function: str
    is_named: bool = False  # the heading is the name of a function
    has_parts: bool = False
    words: list[str] = field(default_factory=list)
    items: list[tuple[bool, str, str]] = field(default_factory=list)  # (box, title, text)


def read(markdown: str, functions: Sequence[str], documents: Sequence[tuple[str, str]] = ()) -> list[Line]:
    """The lines of a checklist. `functions` are names the company has, `documents` (value, words) of its kinds.

    Never fails: what is no checklist gives no lines.
    """
    sections = list(_sections(markdown, {name.casefold(): name for name in functions}))
    marks_required = any(_REQUIRED.match(title) for section in sections for _, title, _ in section.items)
    found = [line for section in sections for line in _lines_of(section)]
    kinds = {words.casefold(): value for value, words in documents}
    return [line for one in found if (line := _finished(one, marks_required, kinds)).title]


def write(lines: Iterable[Line], documents: Sequence[tuple[str, str]] = ()) -> str:
    """The lines as a checklist that `read` understands."""
    names, parts, function = dict(documents), list[str](), ""
    for line in lines:
        if line.function != function:
            parts += [""] if parts else []
            parts += [f"## {line.function}", ""]
            function = line.function
        said = [f"{line.days_before} days before"] if line.days_before is not None else []
        said += [names.get(line.document, line.document)] if line.document else []
        said += [] if line.must else ["optional"]
        parts.append(f"- [ ] {line.title}" + (f" ({'; '.join(said)})" if said else ""))
        parts += [f"  {words}".rstrip() for words in line.text.splitlines()]
    return "\n".join(parts) + "\n"


def _sections(markdown: str, functions: dict[str, str]) -> Iterable[_Section]:
    source = markdown.splitlines()
    tokens = MarkdownIt("commonmark").parse(markdown)
    here = _Section(0, "", "")
    above: list[_Section] = []
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            yield here
            level, title = int(token.tag[1]), _plain(tokens[i + 1].content)
            above = [section for section in above if section.level < level]
            for section in above:
                section.has_parts = True
            own = functions.get(title.casefold(), "")
            here = _Section(level, title, own or (above[-1].function if above else ""), bool(own))
            above.append(here)
        elif token.level == 0 and token.type in ("paragraph_open", "html_block", "fence", "blockquote_open"):
            _take_words(here, _source_of(token, source))
        elif token.type == "list_item_open" and token.level == 1:
            _take_item(here, _source_of(token, source))
    yield here


def _take_words(section: _Section, words: str) -> None:
    words = re.sub(r"^<!--|-->$", "", words.strip()).strip()
    if _BOX.match(words):
        _take_item(section, f"- {words}")
    elif words:
        section.words.append(words)


def _take_item(section: _Section, source: str) -> None:
    marker = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", source)
    inner = source[marker.end() :] if marker else source
    lines = inner.splitlines() or [""]
    while len(lines) > 1 and _is_wrapped(*lines[:2]):
        lines[:2] = [f"{lines[0].rstrip()} {lines[1].strip()}"]
    rest = lines[1:]
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    text = "\n".join(line[margin:] for line in rest).strip()
    box = _BOX.match(lines[0])
    section.items.append((box is not None, lines[0][box.end() :] if box else lines[0], text))


def _is_wrapped(line: str, following: str) -> bool:
    """Whether a title goes on in the next line: it is long, has no end, and nothing else begins there."""
    begins = re.match(r"\s*(?:[-*+]\s|\d+[.)]\s|<!--|```|>|#|$)", following)
    return len(line) >= LONG_LINE and not begins and not re.search(r"[.?:!)*]$", line.rstrip())


def _lines_of(section: _Section) -> list[Line]:
    under, words = section.title, "\n\n".join(section.words)
    if section.title.endswith("?"):
        items = "\n".join("\n  ".join([f"- {title}", *text.splitlines()]) for _, title, text in section.items)
        return [Line(section.title, "\n\n".join(filter(None, [words, items])), section.function, under=under)]
    boxed = any(box for box, _, _ in section.items)
    kept = [(title, text) for box, title, text in section.items if box or not boxed]
    found = [
        Line(title, text, section.function, is_likely=boxed or bool(section.function), under=under)
        for title, text in kept
        if not re.fullmatch(r"\[[^\]]*\]\(#[^)]*\)", title.split(" - [")[0].strip())  # a table of contents
    ]
    is_leaf = not (found or section.has_parts or section.is_named) and section.level > 1
    return [*found, *([Line(under, words, section.function, is_likely=False, under=under)] if is_leaf else [])]


def _finished(line: Line, marks_required: bool, documents: dict[str, str]) -> Line:
    """Title without its marks, and what the marks say."""
    title, must, days, document = line.title.strip(), line.must, line.days_before, line.document
    if marks_required and line.is_likely and not line.title.endswith("?"):
        must = bool(_REQUIRED.match(title))
        title = _REQUIRED.sub("", title)
    aside = _ASIDE.search(title)
    said = [part.strip() for part in re.split(r"[;,]", aside[1])] if aside else []
    if aside and all(_is_known(part, documents) for part in said):
        title = title[: aside.start()]
        days = next((int(at[1] or at[2]) for part in said if (at := _DAYS.match(part))), days)
        document = next((documents[part.casefold()] for part in said if part.casefold() in documents), document)
        must = must and not any(part.casefold() == "optional" for part in said)
    links, plain = bool(_LINK.search(title)), _plain(title)
    text = "\n\n".join(filter(None, [title if links or len(plain) > MOST_WORDS else "", line.text]))
    return replace(line, title=_cut(plain), text=text, must=must, days_before=days, document=document)


def _is_known(part: str, documents: dict[str, str]) -> bool:
    return bool(_DAYS.match(part)) or part.casefold() in ("optional", "must", *documents)


def _plain(words: str) -> str:
    """Without links, bold and code marks."""
    return re.sub(r"\s+", " ", re.sub(r"\*\*|__|`", "", _LINK.sub(r"\1", words))).strip()


def _cut(words: str) -> str:
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1].rsplit(" ", 1)[0] + "…"


def _source_of(token: Token, source: list[str]) -> str:
    start, end = token.map or (0, 0)
    return "\n".join(source[start:end])
