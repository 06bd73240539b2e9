"""Numbers of very many rows, read as columns: for engines that weigh tens of thousands at once.

Making a row of Python values of each costs more than all that is computed from them. PostgreSQL hands over each column
as one piece of bytes, and NumPy takes it as it comes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db.models import Aggregate, BinaryField, Expression, F, QuerySet
from numpy.typing import NDArray

Column = NDArray[np.float64]


def columns(rows: QuerySet[Any], **named: Expression | F) -> dict[str, Column]:
    """The expressions of all rows by name, each in the same order; NaN where one is NULL. Whole numbers stay exact up
    to 2**53. One query."""
    read = rows.order_by().aggregate(**{f"{name}_of_all": _Bytes(of) for name, of in named.items()})
    return {name: np.frombuffer(read[f"{name}_of_all"] or b"", ">f8").astype(np.float64) for name in named}


class _Bytes(Aggregate):
    """The numbers one after the other, eight bytes each. In one piece: of nested expressions, Django copies each."""

    template = "string_agg(float8send(COALESCE((%(expressions)s)::float8, 'NaN')), ''::bytea)"
    output_field = BinaryField()
