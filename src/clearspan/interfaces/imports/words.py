"""How an import stands, in words: the answer each of its pages begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Kind, registry
from clearspan.core.imports.running import counted, made_in_words
from clearspan.core.models import Import

if TYPE_CHECKING:
    from clearspan.interfaces.imports.sight import Sight

PAGES = {
    "accounts": "accounts", "offers": "market", "deals": "deals", "segments": "market", "items": "items",
    "evidence": "inbox", "intelligence": "intelligence", "ledger": "inlife", "kpi_readings": "kpis",
    "campaigns": "campaigns", "ideas": "moderation",
}  # fmt: skip  # where what came in is to be seen, of a product
OF_ALL = {"ledger": "earnings"}  # and where, when the file is of several
OPEN = (Import.Status.DRAFT, Import.Status.FAILED, Import.Status.UNDONE)
UNDER_WAY = (Import.Status.WAITING, Import.Status.RUNNING)


def kinds(actor: Actor) -> list[Kind]:
    """Every kind of import, in the order in which a company needs them."""
    return list(registry.values())


def kind_of(file: Import) -> Kind | None:
    return registry.get(file.kind)


def seen_at(actor: Actor, file: Import, last: str) -> str:
    """The address where what came in is to be seen: of the file's product, else of the one looked at last."""
    named = file.options.get("product", "")
    if not named and file.kind in OF_ALL:
        return reverse(OF_ALL[file.kind])
    product = Product.opened_by(actor, named or last)
    return reverse(PAGES[file.kind], args=[product.key]) if product is not None and file.kind in PAGES else ""


def list_answer(done: int, last: Import | None) -> str:
    if last is None:
        return "No file has been brought in yet."
    files = "One file was" if done == 1 else f"{done:,} files were"
    return f"{files} brought in; the last, {last.name}, added {_rows(last)}."


def answer(file: Import) -> str:
    """The first line once the file is on its way or there."""
    back = file.result.get("asked", {}).get("undo", False)
    if file.status == Import.Status.WAITING:
        return f"{file.name} waits to be {'taken back' if back else 'brought in'}."
    if file.status == Import.Status.RUNNING:
        return f"{file.name} is {'being taken back' if back else 'coming in'}."
    if not file.added and file.known and not file.result.get("made"):
        return f"Nothing in {file.name} was new: all {file.known:,} rows were here already."
    made = file.result.get("made") if not file.added else None
    return f"{made_in_words(made) if made else _rows(file)} came in from {file.name}."


def answer_before(file: Import, sight: Sight) -> str:
    """The first line while it can still be said how the file is read."""
    staging = sight.staging
    if sight.unreadable:
        return f"{file.name} cannot be read."
    if staging is None:
        return f"{file.name} needs an answer before it can come in."
    if staging.faulty:
        rows = counted(staging.rows, "row", "rows")
        if staging.faulty == staging.rows:
            return f"{file.name} does not come in as it is: not one of its {rows} can be used."
        return f"{file.name} does not come in as it is: {staging.faulty:,} of {rows} cannot be used."
    one, many = staging.kind.words
    if not sight.whole:
        return f"{file.name} is ready: its first {staging.rows:,} rows have no fault."
    if not staging.added and staging.known and not staging.made:
        return f"Nothing in {file.name} is new: all {staging.known:,} are here already."
    made = staging.made if not staging.added else None
    return f"{file.name} would add {made_in_words(made) if made else counted(staging.added, one, many)}."


def facts(file: Import) -> list[tuple[str, str]]:
    """What came of it, beside the first line."""
    found = [("Rows read", f"{file.rows:,}"), ("Added", f"{file.added:,}"), ("Here already", f"{file.known:,}")]
    found += [("With other values here", f"{file.result['differing']:,}")] if file.result.get("differing") else []
    found += [("Updated", f"{file.result['updated']:,}")] if file.result.get("updated") else []
    found += [("Left out as faulty", f"{file.faulty:,}")] if file.faulty else []
    return found + [(f"New {what}", f"{number:,}") for what, number in file.result.get("made", {}).items()]


def read_as(file: Import) -> list[tuple[str, str]]:
    """(column, what it was taken for)."""
    kind = kind_of(file)
    fields = {one.name: one.label for one in kind.fields} if kind else {}
    return [(column, fields.get(name, name)) for column, name in file.mapping.items()]


def _rows(file: Import) -> str:
    kind = kind_of(file)
    return counted(file.added, *(kind.words if kind else ("row", "rows")))
