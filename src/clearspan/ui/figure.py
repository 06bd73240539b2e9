"""A figure: its finding, its picture, its table, and the copies a reader takes away."""

import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from clearspan.ui.marks.svg import Drawing, fmt, text, wrap
from clearspan.ui.tokens import Theme, resolved_marks

KINDS = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}
MARGIN = 24
PHONE = 328  # px that a page has on a phone: a drawing this wide need not be scrolled
FORMULA = ("=", "+", "@", "\t", "\r")


@dataclass(frozen=True)
class Figure:
    """What a picture says and is made of.

    `key` names it on its page (letters, digits, hyphens) and in a copy's file name. `finding` is the title: what
    the picture shows, as a sentence. `unit` says units, period and what the marks mean. `header` and `rows` are the
    table behind it, rows in plain values; numbers stay numbers, so that a copy can be computed with. `narrow` is the
    picture as a phone shows it, `PHONE` wide, where the wide one would lie off to the right.
    """

    key: str
    finding: str
    unit: str
    drawing: Drawing
    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    narrow: Drawing | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9-]+", self.key):
            raise ValueError(f"a figure's key is small letters, digits and hyphens, not {self.key!r}")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"figure {self.key}: every row has {len(self.header)} cells")


def taken(request: HttpRequest, figures: Iterable[Figure]) -> HttpResponse | None:
    """The file that `?take=<key>.<png|svg|csv>` asks for, or None when the request is for the page itself.

    `theme=dark` gives a picture for a dark slide. A key the page does not have falls through to the page.
    """
    key, _, kind = request.GET.get("take", "").rpartition(".")
    figure = next((f for f in figures if f.key == key), None)
    if figure is None or kind not in KINDS:
        return None
    theme: Theme = "dark" if request.GET.get("theme") == "dark" else "light"
    body: str | bytes
    if kind == "csv":
        body = figure_csv(figure)
    else:
        body = figure_svg(figure, theme) if kind == "svg" else figure_png(figure, theme)
    disposition = f'attachment; filename="{figure.key}.{kind}"'
    return HttpResponse(body, content_type=KINDS[kind], headers={"Content-Disposition": disposition})


def figure_svg(figure: Figure, theme: Theme = "light") -> str:
    """The picture as a file of its own: finding above, unit below it, tokens as hex."""
    drawing = figure.drawing
    inner = max(drawing.width, 320)
    title = wrap(figure.finding, inner, 15)  # serif runs narrower than the sans that wrap measures
    unit = wrap(figure.unit, inner)
    head = [text(0, 16 + 20 * i, words, "title") for i, words in enumerate(title)]
    below = 20 * len(title) + 14
    head += [text(0, below + 16 * i, words, "faint") for i, words in enumerate(unit)]
    top = below + 16 * len(unit)
    width, height = math.ceil(inner + 2 * MARGIN), math.ceil(top + drawing.height + 2 * MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" class="mk">'
        f"<title>{_escaped(figure.finding)}</title><desc>{_escaped(drawing.alt)}</desc>"
        f"<style>{resolved_marks(theme)}</style>"
        f'<rect class="fill-paper" width="100%" height="100%"/>'
        f'<g transform="translate({MARGIN} {MARGIN})">{"".join(head)}'
        f'<g transform="translate(0 {fmt(top)})">{drawing.body}</g></g>'
        "</svg>"
    )


def figure_png(figure: Figure, theme: Theme = "light", scale: float = 2) -> bytes:
    """The same as PNG, `scale` pixels to a CSS pixel."""
    import vl_convert  # heavy, and only wanted here

    return bytes(vl_convert.svg_to_png(figure_svg(figure, theme), scale=scale))


def figure_csv(figure: Figure) -> str:
    """The table behind it, with the byte-order mark that makes spreadsheets read it as UTF-8. A text that a
    spreadsheet would run as a formula is given an apostrophe."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(figure.header)
    writer.writerows([_inert(cell) for cell in row] for row in figure.rows)
    return out.getvalue()


def _inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith((*FORMULA, "-")) else cell


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
