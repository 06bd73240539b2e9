"""What several kinds of import have in common: rows of one product, and numbers by day of things that are kept here."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.rules import works_on
from clearspan.core.actions import Rule, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Chosen, Kind
from clearspan.core.imports.staging import Staging


class OfProduct(Kind):
    """Rows of the one product that is chosen for the whole file, by whom `rule` lets."""

    rule: ClassVar[Rule] = staticmethod(works_on)

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return self.rule(actor, {"product": chosen["product"]})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"product": finding.product_of(actor, options)}


@dataclass(frozen=True)
class Day:
    """What one thing's one day comes to, by the file, and the row of it that is here."""

    of: int
    day: date
    numbers: Mapping[str, Any]
    source: str
    known: Any

    @property
    def differs(self) -> bool:
        return self.known is not None and any(getattr(self.known, name) != self.numbers[name] for name in self.numbers)


class ByDay(OfProduct):
    """Numbers by day of things that are kept here and named in each row. A day that is here keeps its numbers, unless
    the import updates.

    `named` is the field that names a thing, and the foreign key to it of `model`, whose rows are the days.
    """

    named: ClassVar[str]
    model: ClassVar[type[models.Model]]
    expected: ClassVar[str]  # what a name should have been, in words

    @abstractmethod
    def things(self, actor: Actor, product: Any) -> models.QuerySet[Any]:
        """What may be named."""

    @abstractmethod
    def days(self, staging: Staging, key: str) -> tuple[Sequence[tuple[str, date, dict[str, Any], str]], str]:
        """(key of its name, day, numbers, source) of each day of the staged rows, and what is worth saying of rows
        that share a day. `key` is the expression that makes a staged row's key."""

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("day") is not None and values["day"] > timezone.localdate():
            raise ValueError("Date", f"{values['day']}", "a day that has come")

    def plan(self, staging: Staging) -> None:
        there = self._named(staging)
        rows, note = self.days(staging, self._key)
        here = self.model._default_manager.filter(**{f"{self.named}__in": there.values()})
        known = {(getattr(one, f"{self.named}_id"), one.day): one for one in here}
        staging.planned = [
            Day(there[key], day, numbers, source, known.get((there[key], day))) for key, day, numbers, source in rows
        ]
        staging.notes += [note] if note else []
        staging.known = sum(one.known is not None for one in staging.planned)
        staging.added = len(staging.planned) - staging.known
        staging.differing = sum(one.differs for one in staging.planned)

    def write(self, staging: Staging) -> None:
        planned: Iterable[Day] = staging.planned
        if staging.update:  # first, while changes are kept, so that they can be put back
            for one in planned:
                if one.differs:
                    self.model._default_manager.filter(pk=one.known.pk).update(**one.numbers)
                    staging.updated += 1
            staging.differing -= staging.updated
        without_keeping()
        named, source = f"{self.named}_id", staging.file.name[:200]
        new = [
            self.model(**{named: one.of}, day=one.day, source=one.source or source, brought_by=staging.file,
                       **one.numbers)
            for one in planned if one.known is None
        ]  # fmt: skip
        self.model._default_manager.bulk_create(new)
        staging.added = len(new)

    @property
    def _key(self) -> str:
        return rf"lower(regexp_replace(s.{self.named}, '\s', '', 'g'))"

    def _named(self, staging: Staging) -> dict[str, int]:
        """What is here, by the key of its name; rows that name nothing of it are refused."""
        here = self.things(staging.actor, staging.chosen["product"])
        there = {finding.key_of(one.name): one.pk for one in here}
        unknown, known = f"NOT {self._key} = ANY(%(known)s)", {"known": list(there)}
        staging.strange[self.named] = [
            (word, rows)
            for word, rows in staging.query(
                f"SELECT {self.named}, count(*) FROM staged s WHERE {unknown} GROUP BY 1 ORDER BY 2 DESC LIMIT 30",  # noqa: S608 a kind's own words
                known,
            )
        ]
        names = ", ".join(here.order_by("-pk").values_list("name", flat=True)[:5])
        staging.refuse(self.named, unknown, f"{self.expected}: {names or 'there is none yet'}", known)
        return there
