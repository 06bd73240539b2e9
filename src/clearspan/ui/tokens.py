"""The tokens as numbers: read from tokens.css, so that a picture outside the browser has the colours of the screen."""

import math
import re
from functools import cache
from pathlib import Path
from typing import Literal

CSS = Path(__file__).parent / "static/ui/css"
Theme = Literal["light", "dark"]
PAIR = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\)")
FACE = re.compile(r"--(sans|serif|mono):\s*([^;]+);")


@cache
def colours(theme: Theme) -> dict[str, str]:
    """Every colour token as "#rrggbb"."""
    column = 3 if theme == "dark" else 2
    return {m[1]: hex_of(*map(float, m[column].split())) for m in PAIR.finditer(_read("tokens.css"))}


@cache
def resolved_marks(theme: Theme) -> str:
    """marks.css for a file that leaves the browser: tokens as hex, and the style of a figure's title."""
    values = colours(theme) | {m[1]: m[2] for m in FACE.finditer(_read("tokens.css"))}
    css = re.sub(r"/\*.*?\*/", "", _read("components/marks.css"), flags=re.DOTALL)
    css = re.sub(r"var\(--([\w-]+)\)", lambda m: values[m[1]], css)
    title = f".mk .title{{font-family:{values['serif']};font-size:16px;font-weight:bold;fill:{values['ink']}}}"
    css = css.replace("font-weight: 640", "font-weight: 700")  # what draws files knows the named weights only
    return re.sub(r"\s+", " ", css).strip() + title


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour (hue in degrees) as sRGB hex, clipped to what a screen can show."""
    linear = linear_rgb(lightness, chroma, hue)
    encoded = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear)
    return "#" + "".join(f"{round(v * 255):02x}" for v in encoded)


def linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLCH to linear sRGB, each 0 to 1 (Ottosson, A perceptual color space for image processing, 2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, v)) for v in rgb)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _read(name: str) -> str:
    return (CSS / name).read_text(encoding="utf-8")
