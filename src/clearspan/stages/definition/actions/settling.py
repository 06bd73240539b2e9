"""Where a definition stands follows from its rows, by one rule."""

from __future__ import annotations

from clearspan.stages.definition import content
from clearspan.stages.definition.models import Definition, SignOff

AGREED = SignOff.State.AGREED


def settle(definition: Definition) -> None:
    """Signed: its newest version has everything that is written now, and all who were asked agreed to it.

    Asked: some have still to answer, or object. Otherwise it is being written; a version that was signed stands.
    """
    state = _state(definition)
    if state != definition.state:
        definition.state = state
        definition.save(update_fields=["state"])


def _state(definition: Definition) -> str:
    newest = definition.versions.order_by("-number").first()
    if newest is None or content.of_version(newest) != content.read(definition):
        return Definition.State.DRAFT
    said = set(newest.sign_offs.values_list("state", flat=True))
    if not said:
        return Definition.State.DRAFT
    return Definition.State.SIGNED if said == {AGREED} else Definition.State.ASKED
