"""Who does something: a person, a person's agent with a narrower token, or Clearspan itself.

Every read takes an actor first, every action too. An actor is never wider than the person it acts for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearspan.core.models import Token, User


class Kind:
    """What a function of the company is to a product, and so what its people may do."""

    PRODUCT, DEVELOPMENT, SALES, LEADERSHIP, OTHER = "product", "development", "sales", "leadership", "other"
    LABELS = [
        (PRODUCT, "Product management"),
        (DEVELOPMENT, "Development"),
        (SALES, "Sales"),
        (LEADERSHIP, "Leadership"),
        (OTHER, "Another function"),
    ]


@dataclass(frozen=True)
class Actor:
    """`person` is None for Clearspan itself (`is_system`) and for a visitor nobody knows."""

    person: User | None = None
    token: Token | None = None
    is_system: bool = False
    interface: str = "screen"  # screen, api, cli, mcp, import, job

    @classmethod
    def system(cls, interface: str = "job") -> Actor:
        """Clearspan itself: schedules and reactions. Sees everything."""
        return cls(is_system=True, interface=interface)

    @cached_property
    def kind(self) -> str | None:
        """The kind of the person's function, None for customers and visitors."""
        if self.person is None or not self.person.is_active or self.person.function is None:
            return None
        return self.person.function.kind

    @property
    def is_employee(self) -> bool:
        return self.is_system or self.kind is not None

    @property
    def guest(self) -> User | None:
        """Somebody who may sign in and is not of the company: a customer, a supplier, or nobody yet; else None."""
        if self.is_employee or self.person is None or not self.person.is_active:
            return None
        return self.person

    @property
    def is_admin(self) -> bool:
        """May change the company's own settings."""
        return self.is_system or (self.is_employee and self.person is not None and self.person.is_admin)

    def has_scope(self, scope: str) -> bool:
        """Whether the token, if there is one, allows `scope`: "read", "write", or "write:ACTION" for one action."""
        return self.token is None or self.token.allows(scope)

    def __str__(self) -> str:
        if self.is_system:
            return "Clearspan"
        name = str(self.person) if self.person else "a visitor"
        return f"{self.token.name}, for {name}" if self.token else name
