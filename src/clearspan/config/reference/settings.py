"""The page of settings, from env.SETTINGS."""

from __future__ import annotations

from clearspan.config import env
from clearspan.config.reference.markdown import page, table

HOW = """Each is an environment variable, read once at the start. `clearspan settings` shows what is set now. A value
that cannot be used, or a misspelt name, stops the start with a sentence that says why."""


def text() -> str:
    """Every setting with its kind, default and meaning."""
    rows = [(f"`{setting.name}`", setting.kind, _default(setting), setting.help) for setting in env.SETTINGS]
    return page(
        "Settings", "What whoever runs Clearspan may set.", HOW, table("Name|Kind|Default|Meaning", rows), _others()
    )


def _default(setting: env.Setting) -> str:
    if setting.shown:
        return setting.shown
    value = setting.default
    return ("on" if value else "off") if isinstance(value, bool) else f"`{value}`"


def _others() -> str:
    rows = [(f"`{name}`", words) for name, words in sorted(env.OTHERS.items())]
    return "## Read by commands\n\n" + table("Name|Meaning", rows)
