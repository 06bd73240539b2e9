"""What the pages of definitions say in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.definition.models import Definition, SignOff
from clearspan.stages.definition.queries import DefinitionRow, Page
from clearspan.ui.numbers import plural

State = Definition.State


def of_list(rows: Sequence[DefinitionRow]) -> str:
    """The first line of the list."""
    if not rows:
        return "Nothing is defined yet."
    states = [row.definition.state for row in rows]
    counted = [
        (states.count(State.SIGNED), "signed"),
        (states.count(State.ASKED), "out for sign-off"),
        (states.count(State.DRAFT), "being written"),
    ]
    words = ", ".join(f"{n} {said}" for n, said in counted if n)
    bare = sum(row.ungrounded for row in rows)
    ground = f" {stand_on_nothing(bare)}." if bare else " Every requirement stands on evidence."
    return f"{plural(len(rows), 'definition')}: {words}.{ground if any(row.requirements for row in rows) else ''}"


def of_page(found: Page) -> str:
    """The first line of one: how much is to be built, what of it stands on nothing, and where it stands."""
    title, number = found.content.title, len(found.rows)
    if not number:
        return f"{title}: nothing is required of it yet."
    return f"{title}: {plural(number, 'requirement')}, {_ground(len(found.bare), number)}. {where(found)}"


def where(found: Page) -> str:
    """Where it stands: what is signed, whom it waits for, what was written since."""
    newest = found.newest
    if newest is None:
        return "No version is published."
    said = f"Version {newest.number} {_said(found)}"
    if found.signed and found.signed != newest.number:
        said = f"{said}; version {found.signed} stands"
    return f"{said}; the text has changed since." if found.since else f"{said}."


def stand_on_nothing(bare: int) -> str:
    return f"{plural(bare, 'requirement')} {_stand(bare)} on no evidence"


def names(sign_offs: Sequence[SignOff]) -> str:
    """ "Support", "Support and Legal", "Support, Legal and Sales"."""
    said = [one.function.name for one in sign_offs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""


def _ground(bare: int, number: int) -> str:
    if bare == number:
        return "on no evidence" if number == 1 else "none of them on evidence"
    return f"{bare} of them on no evidence" if bare else "on evidence" if number == 1 else "each on evidence"


def _said(found: Page) -> str:
    if not found.sign_offs:
        return "is not put before anybody yet"
    against = f"{names(found.objections)} {'objects' if len(found.objections) == 1 else 'object'}"
    waits = f"waits for {names(found.waiting)}"
    if found.objections:
        return f"{waits}; {against}" if found.waiting else f"is not signed: {against}"
    return waits if found.waiting else f"is signed by {_all(len(found.sign_offs))}"


def _all(number: int) -> str:
    return {1: "the one function asked", 2: "both functions asked"}.get(number, f"all {number} functions asked")


def _stand(number: int) -> str:
    return "stands" if number == 1 else "stand"
