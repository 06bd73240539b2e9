"""How the rows of a large company are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.models import User
from clearspan.stages.opportunities.models import Opportunity

Rows = dict[type[models.Model], Any]
_BATCH = 5_000


class Filling:
    """Fills the company of `rows` (one row of each kind, see tests/one_of_each.py) at a scale: 1 is the full size.

    Rows are written as the database keeps them, not through actions: how fast a page is depends on the rows alone.
    """

    def __init__(self, rows: Rows, scale: float) -> None:
        self.rows, self.scale, self.pick = rows, scale, Random(11)
        self.product: Product = rows[Product]
        self.need: Opportunity = rows[Opportunity]
        self.people: list[User] = list(User.objects.exclude(function=None))
        self.today = timezone.localdate()

    def many(self, model: type[models.Model], count: int, make: Callable[[int], models.Model]) -> list[Any]:
        """`count` rows at full size, at least 3."""
        made: list[Any] = []
        every = iter(make(number) for number in range(max(3, round(count * self.scale))))
        while batch := list(islice(every, _BATCH)):
            made += model._default_manager.bulk_create(batch)
        return made

    def some_day(self, days: int = 1_500) -> date:
        """A day within the last so many."""
        return self.today - timedelta(days=1 + self.pick.randrange(days))
