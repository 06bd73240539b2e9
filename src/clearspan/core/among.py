"""Rows whose key is one of very many: `filter(option__among=numbers)`.

It asks what `option__in=numbers` asks. That writes each number into the question by itself, which for hundreds of them
takes longer than the answer does; this hands over one list.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigAutoField, ForeignKey, Lookup


@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):  # type: ignore[type-arg]  # typed only in its stubs
    """The numbers of rows, in any collection."""

    lookup_name = "among"
    prepare_rhs = False  # they come from rows, and are numbers already

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*given, list(self.rhs))
