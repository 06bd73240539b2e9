"""How the columns of a file are understood: as a known system's export, by their names, by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clearspan.core.imports.kinds import Export, Field, Kind, registry
from clearspan.core.imports.values import Moment, Open, Text

_LOOKED_AT = 100  # cells, to tell a column by what it holds
_WORDY = 20  # characters that cells hold on average where people have written
_LATER = re.compile(r"due|deadline|updated|closed|resolved|expires|synced", re.IGNORECASE)  # dates of something else


@dataclass(frozen=True)
class Understood:
    """Column to field, the options that follow, the system whose export it is, and notes for people."""

    mapping: dict[str, str]
    options: dict[str, str] = field(default_factory=dict)
    system: str = ""
    notes: tuple[str, ...] = ()


def plain_name(column: str) -> str:
    """The name of a column without case, marks and the wrapping some systems add: "Custom field (Tier)" is tier."""
    name = column.lower().strip()
    if match := re.fullmatch(r"custom field \((.+)\)", name):
        name = match[1]
    name = name.removeprefix("property_").removeprefix("fields.")
    return re.sub(r"[^0-9a-z\u00c0-\uffff]", "", name)


def understand(kind: Kind, header: Sequence[str], sample: Sequence[Sequence[str]]) -> Understood:
    """What the columns of this header mean, as far as it can be told."""
    plain = [plain_name(column) for column in header]
    export = _export(kind, set(plain), header, sample)
    mapping: dict[str, str] = {}
    if export is not None:
        for column, name in zip(header, plain, strict=True):
            wanted = export.columns.get(name)
            if wanted and wanted not in mapping.values():
                mapping[column] = wanted
        if export.dated:
            mapping |= dict.fromkeys(_dated(export, header, sample), export.dated)
    else:
        _by_name(kind.fields, kind.ignored, header, plain, mapping)
    _repeated(kind, header, mapping)
    _by_content(kind.fields, header, sample, mapping)
    notes = tuple(f"“{column}”: {kind.ignored[name]}" for column, name in zip(header, plain, strict=True)
                  if name in kind.ignored and column not in mapping)  # fmt: skip
    if export is None:
        return Understood(mapping, notes=notes)
    return Understood(mapping, dict(export.options), export.system, notes)


def recognise(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Kind | None:
    """The kind of import a header speaks of: a known export, else the kind most of whose required fields it names."""
    best, most = None, 0.0
    for kind in registry.values():
        spread = kind.spread(header, sample, {})
        names = list(header) if spread is None else spread.header(list(header))
        plain = [plain_name(column) for column in names]
        export = _export(kind, set(plain), names, sample)
        if export is not None and not export.unless & set(plain):
            score = 100.0 + len(export.signature)
        else:
            mapping: dict[str, str] = {}
            _by_name(kind.fields, kind.ignored, names, plain, mapping)
            found = set(mapping.values())
            required = [one.name for one in kind.fields if one.required]
            score = len(found) / len(kind.fields) + 10 * sum(name in found for name in required) / max(1, len(required))
            score = score if set(required) <= found else 0.0
            if kind.telling:
                told = len(found & kind.telling)
                score = score + 10 + 0.03 * told if told >= 2 else 0.0
        if score > most:
            best, most = kind, score
    return best


def _export(kind: Kind, plain: set[str], header: Sequence[str], sample: Sequence[Sequence[str]]) -> Export | None:
    fitting = [
        export
        for export in kind.exports
        if export.signature <= plain and (not export.dated or _is_dated(kind, _dated(export, header, sample)))
    ]
    return max(fitting, key=lambda export: len(export.signature), default=None)


def _dated(export: Export, header: Sequence[str], sample: Sequence[Sequence[str]]) -> list[str]:
    """The columns of dates that an export names as the company does, in their order, up to the first of anything else.

    An empty one among them or right behind them is such a column too: nobody has come there yet.
    """
    found: list[str] = []
    for at, column in enumerate(header):
        cells = [row[at] for row in sample if row[at]][:_LOOKED_AT]
        if plain_name(column) not in export.columns and (_reads(Moment(), cells) if cells else found):
            found.append(column)
        elif found:
            break
    return found


def _is_dated(kind: Kind, dated: Sequence[str]) -> bool:
    """Whether these say something that their names do not: created, started and closed are what they are called."""
    known = {name for one in kind.fields for name in (plain_name(one.name), *one.synonyms.split())}
    return len(dated) >= 2 and any(plain_name(column) not in known for column in dated)


def _repeated(kind: Kind, header: Sequence[str], mapping: dict[str, str]) -> None:
    """A second column of one name is what the first is, where several may be: Labels, Labels (2)."""
    for column in header:
        first = re.sub(r" \(\d+\)$", "", column)
        if column != first and column not in mapping and (one := kind.field(mapping.get(first, ""))) and one.many:
            mapping[column] = one.name


def _by_name(
    fields: Sequence[Field],
    ignored: Mapping[str, str],
    header: Sequence[str],
    plain: Sequence[str],
    mapping: dict[str, str],
) -> None:
    """Each field takes the column that has its first synonym in the file; a column is taken once."""
    wishes = sorted(
        (rank, at, column, one.name)
        for one in fields
        for rank, synonym in enumerate((plain_name(one.name), *one.synonyms.split()))
        for at, (column, name) in enumerate(zip(header, plain, strict=True))
        if name == synonym and name not in ignored
    )
    for _, _, column, name in wishes:
        if column not in mapping and name not in mapping.values():
            mapping[column] = name


def _by_content(
    fields: Sequence[Field], header: Sequence[str], sample: Sequence[Sequence[str]], mapping: dict[str, str]
) -> None:
    """A date that no name gives away is the first column of dates, a text the column with the longest cells."""
    for one in fields:
        if not one.by_content or one.name in mapping.values():
            continue
        free = {column: [row[at] for row in sample[:_LOOKED_AT] if row[at]] for at, column in enumerate(header)
                if column not in mapping}  # fmt: skip
        if isinstance(one.type, Moment):
            free = {column: cells for column, cells in free.items() if not _LATER.search(column)}
            found = next((column for column, cells in free.items() if cells and _reads(one.type, cells)), None)
        else:
            assert isinstance(one.type, Text)
            long = {column: sum(map(len, cells)) / len(cells) for column, cells in free.items() if cells}
            found = max(long, key=lambda column: long[column], default=None)
            found = found if found and long[found] >= _WORDY else None
        if found:
            mapping[found] = one.name


def _reads(type_: Moment, cells: Sequence[str]) -> bool:
    """Whether every cell is a date, and none a mere number."""
    if any(cell.isdigit() for cell in cells):
        return False
    try:
        read = type_.settle(cells, {})
    except Open:
        return True  # dates they are; in which order is asked
    try:
        for cell in cells:
            read(cell)
    except ValueError:
        return False
    return True
