"""The few words of SVG the marks are written in."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

NARROW = frozenset("fijlrtI.,:;'’|()[] 1")
WIDE = frozenset("mwMWOQ%@")


@dataclass(frozen=True)
class Drawing:
    """A finished drawing, `width` by `height` px. `body` is markup made by this package; `alt` is the sentence a
    reader who cannot see it hears, and "" says that it is decoration beside words that say the same."""

    width: float
    height: float
    body: str
    alt: str = ""
    kind: str = ""

    def markup(self) -> str:
        names = f"mk {self.kind}".strip()
        size = (
            f'width="{fmt(self.width)}" height="{fmt(self.height)}" viewBox="0 0 {fmt(self.width)} {fmt(self.height)}"'
        )
        if not self.alt:
            return f'<svg class="{names}" {size} aria-hidden="true">{self.body}</svg>'
        alt = escape(self.alt)
        role = "group" if "<a " in self.body else "img"  # an image hides what is in it, its links too
        return f'<svg class="{names}" {size} role="{role}" aria-label="{alt}"><title>{alt}</title>{self.body}</svg>'

    def __str__(self) -> str:
        return self.markup()

    __html__ = __str__  # Django's and MarkupSafe's sign for "already markup"


def fmt(value: float) -> str:
    """A coordinate: a tenth of a pixel is enough."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def line(cls: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="{cls}" d="M{fmt(x1)} {fmt(y1)}L{fmt(x2)} {fmt(y2)}"/>'


def path(cls: str, points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    steps = "L".join(f"{fmt(x)} {fmt(y)}" for x, y in points)
    return f'<path class="{cls}" d="M{steps}{"Z" if closed else ""}"/>'


def rect(cls: str, x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """A bar from `x`; a negative width is drawn to the left."""
    x, width = (x + width, -width) if width < 0 else (x, width)
    rounded = f' rx="{fmt(radius)}"' if radius else ""
    return f'<rect class="{cls}" x="{fmt(x)}" y="{fmt(y)}" width="{fmt(width)}" height="{fmt(height)}"{rounded}/>'


def circle(cls: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{cls}" cx="{fmt(x)}" cy="{fmt(y)}" r="{fmt(radius)}"/>'


def text(x: float, y: float, words: str, cls: str = "") -> str:
    named = f' class="{cls}"' if cls else ""
    return f'<text{named} x="{fmt(x)}" y="{fmt(y)}">{escape(words)}</text>'


def group(cls: str, *parts: str) -> str:
    return f'<g class="{cls}">{"".join(parts)}</g>'


def text_width(words: str, size: float = 12) -> float:
    """About how wide `words` stand in the sans face, px; rather too wide than too narrow."""
    return size * sum(0.34 if c in NARROW else 0.88 if c in WIDE else 0.68 if c.isupper() else 0.575 for c in words)


def wrap(words: str, width: float, size: float = 12) -> list[str]:
    """`words` in lines no wider than about `width` px."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
