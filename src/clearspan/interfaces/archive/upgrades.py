"""How archives of older formats are read: one step from each format to the next.

A new table, or a new column that may be empty or has a default, needs no step and no new format: what an archive does
not have is filled by the model's default. Anything else (a column that is renamed, split or gone, a table that is) is a
new format: raise contents.FORMAT, and say here how a row of the format before becomes one of the new one:

    def _from_3(table: str, row: Row) -> tuple[str, Row] | None:
        if table == "catalogue.Account":
            row["size"] = row.pop("employees")
        return table, row

    STEPS = {3: _from_3}

A step gets every row of every table, by the names of its own format, and gives the row as the next format has it under
the table it then belongs to, or None for a row that has no place any more. Keep in the tests an archive of the old
format, as small as it can be, that is restored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Step = Callable[[str, Row], tuple[str, Row] | None]

OLDEST = 1  # format that can still be read
STEPS: dict[int, Step] = {}


def upgraded(form: int, now: int, table: str, row: Row) -> tuple[str, Row] | None:
    """A row of format `form` as format `now` has it."""
    for step in range(form, now):
        made = STEPS[step](table, row)
        if made is None:
            return None
        table, row = made
    return table, row
