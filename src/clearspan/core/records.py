"""The base of every row people work with: it has a reference, is seen through `visible_to`, its changes are kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models.base import ModelState

if TYPE_CHECKING:
    from clearspan.core.actor import Actor


class Records(models.QuerySet[Any]):
    """Rows that an actor may see. Each model says how, in its own query set."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows `actor` may see. What one may not see does not exist for one: pages answer 404."""
        raise NotImplementedError(f"{self.model.__name__} does not say who may see it")  # pragma: no cover

    def referred(self, reference: object) -> Self:
        """The row that `reference` names: OP-118, 118 or a row. None when it names no row of this kind."""
        key = reference.pk if isinstance(reference, models.Model) else self.model.key_of(str(reference))
        return self.filter(pk=key) if key is not None else self.none()


class Record(models.Model):
    """A row that people work with. Every change to it inside an action is kept, and can be undone (see tracking)."""

    prefix: ClassVar[str] = ""  # of the reference people use: OP in OP-118
    is_work: ClassVar[bool] = False  # done by the worker: it has a status, words and finished_at (see jobs)
    guest_fields: ClassVar[tuple[str, ...]] = ()  # what machines tell a guest of a row that is the guest's own

    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs tell of a later Django, which hands over more
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """A row as the database has it, put together without the signals and the defaults of a new one: a page reads
        up to thousands of rows, and Django's own way costs several times what reading them does."""
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))  # one left out is read when it is asked for
        return row

    @property
    def ref(self) -> str:
        """The reference people use."""
        return f"{self.prefix}-{self.pk}"

    @classmethod
    def key_of(cls, reference: str) -> int | None:
        """118 for "OP-118", "op-118", "118" and "Swap a shift (OP-118)"; None for what is no reference of this kind."""
        words = reference.strip()
        match = re.fullmatch(rf"(?:{cls.prefix}-)?(\d{{1,18}})", words, re.IGNORECASE)
        match = match or re.search(rf"\({cls.prefix}-(\d{{1,18}})\)$", words)
        return int(match[1]) if match else None
