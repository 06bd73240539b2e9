"""`{% load ui %}`: everything a page is written with. docs/development/ui.md has a line of example for each."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clearspan.ui import marks, numbers
from clearspan.ui.choosing import Choose
from clearspan.ui.figure import Figure
from clearspan.ui.forms import Renderer
from clearspan.ui.markdown import markdown
from clearspan.ui.marks import small
from clearspan.ui.marks.icons import icon as icon_markup
from clearspan.ui.marks.scale import Scale
from clearspan.ui.marks.stations import mini_line as mini_line_drawing
from clearspan.ui.selects import options as options_of

register = template.Library()

# --- numbers and dates ---

register.filter("count", numbers.count)
register.filter("signed", numbers.signed)
register.filter("number", numbers.number)
register.filter("percent", numbers.percent)
register.filter("frequency", numbers.frequency)
register.filter("shorten", numbers.shorten)
register.filter("weekday", numbers.weekday)
register.filter("quarter", numbers.quarter)
register.filter("markdown", markdown)
register.simple_tag(numbers.money, name="money")
register.simple_tag(numbers.money_range, name="money_range")
register.simple_tag(numbers.percent_range, name="percent_range")


@register.filter
def plural(number_of: int, words: str) -> str:
    """{{ 3|plural:"account" }} or {{ 3|plural:"reply,replies" }}"""
    one, _, many = words.partition(",")
    return numbers.plural(number_of, one, many or None)


@register.filter
def plain(cell: Any) -> str:
    """A cell of a figure's table: numbers with the digits they have, up to four that mean something."""
    return numbers.number(cell, 4) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)


@register.filter
def bare(value: float) -> str:
    """A number for a machine, whatever the language of the page: 0.5, 40."""
    return f"{value:.12g}"


@register.filter
def day(date: Any) -> str:
    return numbers.day(date, timezone.localdate()) if date else ""


@register.filter
def when(moment: Any) -> str:
    return numbers.when(timezone.localtime(moment), timezone.localtime()) if moment else ""


# --- marks ---


@register.simple_tag
def draw(drawing: marks.Drawing) -> SafeString:
    """Any drawing a view has made."""
    return mark_safe(drawing.markup())  # noqa: S308 - marks escape every word they are given


@register.simple_tag
def interval(five: Sequence[float] | None, scale: Scale, **options: Any) -> SafeString:
    return draw(marks.interval(five, scale, **options))


@register.simple_tag
def axis(scale: Scale, **options: Any) -> SafeString:
    return draw(marks.interval_axis(scale, **options))


@register.simple_tag
@lru_cache(maxsize=64)  # there are few, and a tree of needs shows hundreds
def verdict(kind: str, word: str | None = None) -> SafeString:
    """The disc and its word; word="" leaves the word to the reader of the disc alone, who still hears it."""
    shown = small.VERDICTS[kind] if word is None else word
    spoken = shown or format_html('<span class="vh">{}</span>', small.VERDICTS[kind])
    disc = mark_safe(small.verdict_disc(kind))  # noqa: S308 - made of numbers
    return format_html('<span class="verdict" data-verdict="{}">{}{}</span>', kind, disc, spoken)


@register.simple_tag
def spark(values: Sequence[float], label: str, **options: Any) -> SafeString:
    return draw(small.spark(values, label, **options))


@register.simple_tag
def steps(done: int, total: int, label: str = "") -> SafeString:
    return draw(small.steps(done, total, label))


@register.simple_tag
def amount_bar(value: float, scale: Scale, words: str, **options: Any) -> SafeString:
    return draw(small.amount_bar(value, scale, words, **options))


@register.simple_tag
def variance_bar(value: float, scale: Scale, label: str, **options: Any) -> SafeString:
    return draw(small.variance_bar(value, scale, label, **options))


@register.simple_tag
def similarity(value: float) -> SafeString:
    return draw(small.similarity(value))


@register.simple_tag
def mini_line(reached: int) -> SafeString:
    return draw(mini_line_drawing(reached))


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icon_markup(name))  # noqa: S308 - from a fixed table


# --- figures ---


@register.inclusion_tag("ui/components/figure.html")
def figure(figure: Figure, level: int = 2) -> dict[str, Any]:
    """The finding, the picture, its table and its copies."""
    return {"figure": figure, "level": level}


@register.inclusion_tag("ui/components/take.html")
def take(figure: Figure) -> dict[str, Any]:
    """The table behind a figure, and the links to its copies. It has hundreds of cells: they are written here, as each
    costs several times more in a template."""
    rows = []
    for first, *others in figure.rows:
        cells = "".join(f'<td class="num">{escape(plain(cell))}</td>' for cell in others)
        rows.append(f'<tr><th scope="row">{escape(plain(first))}</th>{cells}</tr>')
    return {"figure": figure, "rows": mark_safe("".join(rows))}  # noqa: S308 - every word is escaped above


# --- the shell ---


@register.simple_tag(takes_context=True)
def root_attributes(context: Context) -> SafeString:
    """Theme and density as the person chose them, on <html> before the first paint."""
    request = context.get("request")
    cookies = request.COOKIES if request else {}
    allowed = {"theme": ("light", "dark"), "density": ("compact",), "keys": ("off",)}
    wished = [(name, cookies.get(name)) for name in allowed if cookies.get(name) in allowed[name]]
    return format_html_join("", ' data-{}="{}"', wished)


@register.simple_tag
def undo_url(tags: str | None, last: str | None) -> str:
    """Where a toast's Undo posts: the shell's own address with the event that the message names ("undo:<event>")."""
    word, _, event = (tags or "").partition(":")
    return f"{last.partition('?')[0]}?event={event}" if word == "undo" and event and last else ""


@register.inclusion_tag("ui/components/nav_link.html")
def nav_link(link: Any, place: str) -> dict[str, Any]:
    return {"link": link, "current": bool(place) and link.name == place}


@register.inclusion_tag("ui/components/trace.html")
def trace(stations: Iterable[Any], label: str = "The line, from evidence to in-life") -> dict[str, Any]:
    """The eight stations; a second strip on a page needs a `label` of its own."""
    return {"stations": stations, "label": label}


# --- words and blocks ---


@register.simple_block_tag
def section(content: str, finding: str, unit: str = "", **options: str) -> SafeString:
    """{% section "Support took half of what price brought" unit="£ k, 2025" %}...{% endsection %}"""
    unit_line = format_html('<p class="unit">{}</p>', unit) if unit else ""
    names = f"sec {options.get('kind', '')}".strip()
    anchor = format_html(' id="{}"', options["id"]) if "id" in options else ""
    return format_html('<section class="{}"{}><h2>{}</h2>{}{}</section>', names, anchor, finding, unit_line, content)


@register.simple_block_tag
def message(content: str, title: str, kind: str = "") -> SafeString:
    """What happened as the title; what was kept and what to do inside. kind: good, warn, bad or nothing."""
    names = f"msg is-{kind}" if kind else "msg"
    role = "alert" if kind == "bad" else "status"
    return format_html('<div class="{}" role="{}"><b>{}</b><span>{}</span></div>', names, role, title, content)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What belongs here as the title; why it pays, one button and one example inside."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', title, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A native dialog; a button with data-opens="<id>" shows it, Esc or data-closes leaves it."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title">'
        '<header><h2 id="{0}-title">{1}</h2></header>{2}</dialog>',
        id,
        title,
        content,
    )


@register.inclusion_tag("ui/components/button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """A button, or a link that looks like one when `url` is given. Options: kind (primary, quiet, danger), key,
    icon, url, name, value, type, form, opens, disabled (a sentence why not), busy."""
    return {"label": label, **options}


@register.inclusion_tag("ui/components/facts.html")
def facts(pairs: Iterable[Sequence[str]]) -> dict[str, Any]:
    """(name, value) or (name, value, range) in the head of a page."""
    return {"facts": pairs}


@register.inclusion_tag("ui/components/pairs.html")
def pairs(pairs: Iterable[Sequence[str]]) -> dict[str, Any]:
    return {"pairs": pairs}


@register.inclusion_tag("ui/components/switch.html")
def switch(choices: Iterable[Any], label: str) -> dict[str, Any]:
    """One of few views: `choices` are (words, url, is this one)."""
    return {"choices": choices, "label": label}


@register.inclusion_tag("ui/components/pick.html")
def pick(name: str, choices: Iterable[Any], value: str = "", label: str = "") -> dict[str, Any]:
    """A filter: a select that sends its form when it changes. `choices` are (value, words)."""
    return {"name": name, "options": options_of(choices, value or ""), "label": label or name}


@register.simple_tag
def options(choices: Iterable[Any], chosen: object = None) -> SafeString:
    """The <option>s of a select, of (value, words): {% options people item.keeper.ref %}."""
    return options_of(choices, chosen)


@register.simple_tag
def choose(name: str, url: str, offered: Sequence[str] = (), **attrs: Any) -> SafeString:
    """A field that finds one of many rows as one types, at `url`; `offered` stand there before anything is written."""
    field = Choose(url)
    field.offered = list(offered)
    named = {key.replace("_", "-"): value for key, value in attrs.items()}
    return field.render(name, None, {"id": f"choose-{name}", "class": "input", **named}, Renderer())


@register.inclusion_tag("ui/components/search.html")
def search(name: str = "q", value: str = "", label: str = "Search") -> dict[str, Any]:
    return {"name": name, "value": value, "label": label}


@register.inclusion_tag("ui/components/sort.html", takes_context=True)
def sort(context: Context, name: str, words: str, current: str = "", kind: str = "") -> dict[str, Any]:
    """A <th> that sorts: `current` is the page's order, "value" or "-value"; the first press sorts downwards."""
    order = {f"-{name}": "descending", name: "ascending"}.get(current, "")
    query = _query(context, sort=name if order == "descending" else f"-{name}", page="")
    return {"words": words, "order": order, "query": query, "kind": kind}


@register.inclusion_tag("ui/components/more.html", takes_context=True)
def more(context: Context, page: Any, noun: str) -> dict[str, Any]:
    """Under a list cut into Django pages: how many of how many, and the way to the others."""
    around = {
        name: _query(context, page=number) if number else ""
        for name, number in (
            ("before", page.number - 1 if page.has_previous() else 0),
            ("next", page.number + 1 if page.has_next() else 0),
        )
    }
    return {"page": page, "noun": noun, **around}


@register.inclusion_tag("ui/components/progress.html")
def progress(url: str, title: str, share: float | None = None, note: str = "", stop_url: str = "") -> dict[str, Any]:
    """Long work. Asks `url` for itself every second by htmx until that answers without asking again."""
    return {"url": url, "title": title, "share": share, "note": note, "stop_url": stop_url}


@register.inclusion_tag("ui/components/three_point.html")
def three_point(name: str, low: float, likely: float, high: float, label: str, **options: Any) -> dict[str, Any]:
    """Three cells of a row (low, likely, high); `scale` also draws their interval, which moves as they are
    written; `five` is that interval when an engine knows it better than the three points do; `form` is the form they
    belong to, where that cannot stand around them."""
    five = options.get("five") or (low, (low + likely) / 2, likely, (likely + high) / 2, high)
    given = {"name": name, "low": low, "likely": likely, "high": high, "label": label}
    return {**given, "five": five, "scale": options.get("scale"), "form": options.get("form", "")}


def _query(context: Context, **changes: Any) -> str:
    """The page's own query with some values changed; an empty one drops out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"
