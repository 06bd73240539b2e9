"""What one page asks again and again is asked once.

From the beginning of a request to its end, what was read through `once` is remembered: which products somebody may see,
what they may do there, the company's own row. An action remembers nothing while it runs, and what was remembered before
is forgotten after it. Outside requests (jobs, commands, tests of a function) nothing is remembered at all. So nothing
here is ever told that it is stale: it does not live that long (docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

_remembered: ContextVar[dict[Hashable, object] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block, what is asked through `once` is read once. Each request is such a block."""
    before = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(before)


@contextmanager
def forgetting() -> Iterator[None]:
    """Within the block nothing is remembered, and what was is forgotten after it. Each action is such a block."""
    known, before = _remembered.get(), _remembered.set(None)
    try:
        yield
    finally:
        _remembered.reset(before)
        if known is not None:
            known.clear()


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` answers; the same again, unasked, for the rest of the request."""
    known = _remembered.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]  # type: ignore[return-value]  # what this very key has read


def is_remembering() -> bool:
    """Whether what is read now is remembered."""
    return _remembered.get() is not None
