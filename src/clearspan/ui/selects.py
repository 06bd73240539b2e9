"""Lists to choose from, written without a template: a list of people or options has hundreds of lines, and Django's
way takes two templates for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


def options(choices: Iterable[Any], chosen: object = None) -> SafeString:
    """(value, words) as the <option>s of a select, the one whose value reads like `chosen` selected."""
    value_of = "" if chosen is None else str(chosen)
    lines = (_option(str(value), words, chosen is not None and str(value) == value_of) for value, words in choices)
    return mark_safe("".join(lines))  # noqa: S308 - every word is escaped below


def select(widget: dict[str, Any]) -> SafeString:
    """The <select> of a field of a form, from what its widget tells a template."""
    parts = [f'<select name="{escape(widget["name"])}"{flatatt(widget["attrs"])}>']
    for group, found, _ in widget["optgroups"]:
        parts.append(f'<optgroup label="{_words(group)}">' if group else "")
        parts += [_option(str(one["value"]), one["label"], one["selected"]) for one in found]
        parts.append("</optgroup>" if group else "")
    return mark_safe(f"{''.join(parts)}</select>")  # noqa: S308 - every word is escaped below


def _option(value: str, words: object, selected: bool) -> str:
    return f'<option value="{escape(value)}"{" selected" if selected else ""}>{_words(words)}</option>'


def _words(words: object) -> str:
    return str(words) if hasattr(words, "__html__") else escape(str(words))
