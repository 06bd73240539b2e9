"""Slots on an earlier stage's page that later stages fill, so that upstream pages never import downstream.

panels.provide("trace", trace_of)              # downstream, once, in its AppConfig.ready
panels.first("trace", actor, opportunity)      # upstream, on its page

A provider that adds to a page answers with a `Fragment`, which the page's template includes:
{% for fragment in fragments %}{% include fragment.template with said=fragment.context %}{% endfor %}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clearspan.core.actor import Actor

Provider = Callable[[Actor, Any], Any]


@dataclass(frozen=True)
class Fragment:
    """A piece of a later stage's template for an earlier stage's page, which includes it with `said` = `context`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


_providers: dict[str, list[Provider]] = defaultdict(list)


def provide(slot: str, provider: Provider) -> None:
    """`provider(actor, about)` answers for `slot`, or returns None when it has nothing to say."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def ask(slot: str, actor: Actor, about: Any) -> list[Any]:
    """What the later stages say in `slot` about a row (or about several: a provider answers for all in one query)."""
    return [said for provider in _providers[slot] if (said := provider(actor, about)) is not None]


def first(slot: str, actor: Actor, about: Any) -> Any:
    """The first answer, or None."""
    return next(iter(ask(slot, actor, about)), None)
