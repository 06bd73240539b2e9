"""What follows in a definition when something is undone."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.core.models import Change
from clearspan.core.undo import follows_undo
from clearspan.stages.definition.actions.settling import settle
from clearspan.stages.definition.models import Definition, DefinitionVersion, Requirement, SignOff


@follows_undo
def settle_again(changes: Sequence[Change]) -> None:
    """Where a definition stands follows from what is written now, not from what was when the undone was done."""
    touched = {row for row, _ in _of(changes, Definition)}
    touched |= {kept["definition_id"] for model in (Requirement, DefinitionVersion) for _, kept in _of(changes, model)}
    versions = [kept["version_id"] for _, kept in _of(changes, SignOff)]
    touched |= set(DefinitionVersion.objects.filter(pk__in=versions).values_list("definition", flat=True))
    for definition in Definition.objects.filter(pk__in=touched):
        settle(definition)


def _of(changes: Sequence[Change], model: type) -> list[tuple[int, dict[str, object]]]:
    table = model._meta.db_table  # type: ignore[attr-defined]
    return [(change.row, change.after or change.before or {}) for change in changes if change.table == table]
