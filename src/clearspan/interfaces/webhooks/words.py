"""How webhooks stand, in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.interfaces.webhooks.models import Webhook
from clearspan.ui.numbers import plural


def of_list(hooks: Sequence[Webhook]) -> str:
    """The first line of the list."""
    if not hooks:
        return "Nothing is told to other systems yet."
    if len(hooks) == 1:
        return of_hook(hooks[0])
    off = [hook for hook in hooks if not hook.is_on]
    failing = [hook for hook in hooks if hook.is_on and hook.failing_since]
    told = plural(len(hooks), "webhook")
    if failing:
        return f"{told}; nothing comes through to {len(failing)} of them just now."
    if off:
        return f"{told}; {len(off)} of them switched off."
    return f"{told}, and what is told comes through."


def of_hook(hook: Webhook) -> str:
    """The first line of its page."""
    if not hook.is_on:
        return f"{hook} is switched off{f': {hook.words}' if hook.words else ''}."
    if hook.failing_since:
        return f"{hook}: nothing comes through just now; it is tried again."
    return f"{hook} is told {tells(hook)}."


def tells(hook: Webhook) -> str:
    """What it hears of: all that its owner sees, or which actions."""
    if not hook.actions:
        return "everything that is done, as far as its owner sees it"
    first = ", ".join(called(one).lower() for one in hook.actions[:4])
    return first + (f" and {len(hook.actions) - 4} more" if len(hook.actions) > 4 else "")


def called(name: str) -> str:
    """An action or a group of them, by the name that people read."""
    return _GROUPS.get(name, name.replace("_", " ").capitalize())


_GROUPS = {
    "catalogue": "Company, market and products", "core": "People, access, imports and undo", "inlife": "In-life",
    "interfaces": "Exports and webhooks",
}  # fmt: skip
