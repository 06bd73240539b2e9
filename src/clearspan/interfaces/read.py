"""One kind of row that machines may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clearspan.core.actor import Actor


@dataclass(frozen=True)
class Read:
    """One kind of row. `more` adds what its page has; `product` is the way to its product, "" when it has none."""

    name: str  # of the list: opportunities
    one: str  # of a single row: opportunity
    model: Any
    help: str
    product: str = "product"
    searched: bool = False
    has_state: bool = False
    more: Callable[[Actor, Any], dict[str, Any]] | None = None
