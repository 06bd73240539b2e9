"""Numbers of very many rows, read as columns: for engines that weigh tens of thousands at once.

Making a row of Python values of each costs more than all that is computed from them. PostgreSQL hands over each column
as one piece of bytes, and NumPy takes it as it comes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db.models import Aggregate, BinaryField, Expression, F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

Column = NDArray[np.float64]


def columns(rows: QuerySet[Any], **named: Expression | F) -> dict[str, Column]:
    """The expressions of all rows by name, each in the same order; NaN where one is NULL. Whole numbers stay exact up
    to 2**53. One query."""
    nothing = Value(float("nan"), output_field=FloatField())
    read = rows.order_by().aggregate(
        **{f"{name}_of_all": _Bytes(Coalesce(Cast(of, FloatField()), nothing)) for name, of in named.items()}
    )
    return {name: np.frombuffer(read[f"{name}_of_all"] or b"", ">f8").astype(np.float64) for name in named}


class _Bytes(Aggregate):
    """The numbers one after the other, eight bytes each."""

    template = "string_agg(float8send(%(expressions)s), ''::bytea)"
    output_field = BinaryField()
