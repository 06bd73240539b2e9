"""Rows by their keys: the numbers that a condition names go to the database as one value.

Django sends each number of `option__in=[...]` as a value of its own, which it looks at some sixty times on the way. A
page that asks five questions about a hundred rows spends more on that than on all of its answers. PostgreSQL makes the
same search of both.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigAutoField, ForeignKey
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

LARGEST = 2**63 - 1  # PostgreSQL's bigint


def ask_by_many() -> None:
    """From now on, of keys and of what points at them."""
    BigAutoField.register_lookup(_KeysIn)
    ForeignKey.register_lookup(_RelatedIn)


class _Numbers:
    """Mixin: two and more numbers are one value; whatever else is asked for is left to Django. One number alone too:
    that it is one tells PostgreSQL more."""

    lhs: Any
    rhs: Any

    def get_prep_lookup(self) -> Any:
        if not hasattr(self.rhs, "resolve_expression"):
            self.rhs = list(self.rhs)
            if _are_numbers(self.rhs):
                return self.rhs
        return super().get_prep_lookup()  # type: ignore[misc]  # Django's, of the class beside

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not _are_numbers(self.rhs):
            return super().as_sql(compiler, connection)  # type: ignore[misc]  # the same
        column, params = self.process_lhs(compiler, connection)  # type: ignore[attr-defined]  # the same
        return f"{column} = ANY(%s::bigint[])", (*params, f"{{{','.join(map(str, self.rhs))}}}")


class _KeysIn(_Numbers, In):
    pass


class _RelatedIn(_Numbers, RelatedIn):
    pass


def _are_numbers(values: Any) -> bool:
    """Two and more that a key may be; not truths, which Python counts as numbers, nor numbers too large."""
    if not isinstance(values, list) or len(values) < 2 or set(map(type, values)) != {int}:
        return False
    return bool(min(values) >= -LARGEST and max(values) <= LARGEST)
