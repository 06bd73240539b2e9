"""The whole line as a picture: a column a station, what hangs together joined."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from clearspan.ui.marks.stations import STATIONS
from clearspan.ui.marks.svg import Drawing, circle, fmt, line, text, text_width, wrap

COLUMN = 152.0  # eight of them stand beside the rail on 1440 px
WIDE = 124.0  # of a node's words
ROW = 52.0
TOP = 30.0
MOST_LINES = 2


@dataclass(frozen=True)
class Node:
    """A row at a station. `key` names it in edges; `note` is one short fact under its name."""

    key: Hashable
    name: str
    note: str = ""
    url: str = ""
    is_here: bool = False


def whole_line(
    columns: Sequence[Sequence[Node]], edges: Iterable[tuple[Hashable, Hashable]], *, alt: str, more: Sequence[int] = ()
) -> Drawing:
    """A column for each of the eight stations, from evidence to in-life. `more` is how many a column leaves out.

    Edges join nodes of any two columns, the left one first; an edge to a node that is not drawn is left out.
    """
    if len(columns) > len(STATIONS):
        raise ValueError("the line has eight stations")
    columns = [*columns, *([[]] * (len(STATIONS) - len(columns)))]
    tallest = max(len(nodes) + (1 if i < len(more) and more[i] else 0) for i, nodes in enumerate(columns))
    height = TOP + ROW * max(tallest, 1) + 8
    place: dict[Hashable, tuple[float, float]] = {}
    for i, nodes in enumerate(columns):
        start = TOP + (height - TOP - 8 - ROW * len(nodes)) / 2
        place |= {node.key: (i * COLUMN, start + ROW * j) for j, node in enumerate(nodes)}
    parts = [_edge(place[a], place[b]) for a, b in edges if a in place and b in place]
    for i, (name, nodes) in enumerate(zip(STATIONS, columns, strict=True)):
        parts.append(text(i * COLUMN + 12, 14, name, "bold" if nodes else "faint"))
        parts += [_node(node, *place[node.key]) for node in nodes]
        if i < len(more) and more[i]:
            below = place[nodes[-1].key][1] + ROW if nodes else TOP
            parts.append(text(i * COLUMN + 12, below + 14, f"and {more[i]:,} more", "faint"))
    return Drawing(COLUMN * (len(STATIONS) - 1) + WIDE + 14, height, "".join(parts), alt)


def _node(node: Node, x: float, y: float) -> str:
    lines = wrap(node.name, WIDE)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], _cut(lines[MOST_LINES - 1])]
    body = circle("st-here" if node.is_here else "st-done", x + 4, y + 8, 4.5 if node.is_here else 3)
    body += "".join(text(x + 12, y + 12 + 14 * i, words, "strong") for i, words in enumerate(lines))
    if node.note:
        body += text(x + 12, y + 12 + 14 * len(lines), _cut(node.note, ""), "faint")
    return f'<a href="{escape(node.url)}">{body}</a>' if node.url else body


def _cut(words: str, mark: str = " …") -> str:
    """As much of the words as stands in the column."""
    if text_width(words + mark) <= WIDE:
        return words + mark
    while words and text_width(words + " …") > WIDE:
        words = words[:-1]
    return words.rstrip() + " …"


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    """From behind the words of the left node to the dot of the right one."""
    x1, y1, x2, y2 = start[0] + COLUMN - 18, start[1] + 8, end[0] - 2, end[1] + 8
    over = line("axis", x1, y1, end[0] - 18, y1) if end[0] - start[0] > COLUMN else ""  # a column between them
    x1 = end[0] - 18
    bend = (x2 - x1) / 2
    curve = f"M{fmt(x1)} {fmt(y1)}C{fmt(x1 + bend)} {fmt(y1)} {fmt(x2 - bend)} {fmt(y2)} {fmt(x2)} {fmt(y2)}"
    return f'{over}<path class="axis" d="{curve}"/>'
