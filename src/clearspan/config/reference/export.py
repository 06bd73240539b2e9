"""The page of the archive: every table and field of an export, as the models have them."""

from __future__ import annotations

from clearspan.config.reference.markdown import page, table
from clearspan.interfaces.archive import contents
from clearspan.interfaces.archive.contents import Column, Table

HOW = f"""`clearspan export FILE` writes one zip file (format {contents.FORMAT}). It opens with any zip
program, and what is in it with any editor. How to write one, read it and bring it back: [Take everything with
you](../how-to/export.md)."""

MEMBERS = (
    ("`README.txt`", "what this is, for whoever finds the file"),
    ("`tables/NAME.jsonl`", "the rows of one table: one row a line, as a JSON object, by their keys; UTF-8"),
    ("`blobs/DIGEST`", "bytes that rows name: what studies were run on, as NumPy's `.npz`"),
    ("`files/imports/DIGEST`", "files that people sent, named by the SHA-256 of their content, as rows name them"),
    ("`sequences.json`", "of each table the highest number that was ever given, so that none is given twice"),
    ("`manifest.json`", "the format; of each table its columns and rows; of each member its size, SHA-256 and rows"),
    ("`stamp.json`", "`written_at`, `version`, the name of the key that sealed, the manifest's SHA-256. "
                     "Two exports of the same company differ here alone"),
)  # fmt: skip

FORMS = """Keys and order of keys in a line are the columns below. `null` is a value that is not there.

| Form | Written as |
| --- | --- |
| whole number, number | as JSON; what is no number as `"NaN"`, `"Infinity"` or `"-Infinity"` |
| decimal | text with all its places: `"12000.00"` |
| date, moment | `"2026-03-02"`; `"2026-03-02T09:30:00.5+00:00"`, always in UTC |
| text | as it is |
| list | a JSON list |
| JSON | whatever it is, as PostgreSQL keeps it |
| digest | SHA-256 in hexadecimal; the bytes are a member of their own |

Members stand in a fixed order with a fixed date, so that equal companies give equal bytes, and the SHA-256 of
the manifest is the same for the same content. Columns that PostgreSQL works out of others, such as the words to
search by, are not written."""


def text() -> str:
    """The archive, table by table, and what is left out and why."""
    left = table("Table|Why it is left out", [(f"`{name}`", why) for name, why in sorted(contents.LEFT_OUT.items())])
    parts = [HOW, "## Members", table("Member|Holds", list(MEMBERS)), "## Forms", FORMS, "## What is left out", left]
    for one in contents.tables():
        parts += [
            f"## {one.name}",
            _about(one),
            table("Field|Form|What it is", [_row(column) for column in one.columns]),
        ]
    return page("The archive", "Every table and field of an export.", *parts)


def _about(one: Table) -> str:
    doc = (one.model.__doc__ or "").strip()
    said = " ".join(doc.split()) if doc and not doc.startswith(f"{one.model.__name__}(") else ""
    return said or f"Rows of {one.model._meta.verbose_name}."


def _row(column: Column) -> tuple[str, str, str]:
    words = [str(column.field.help_text)] if column.field.help_text else []
    if column.field.choices:
        words.append("One of: " + ", ".join(f"`{value}`" for value, _ in column.field.flatchoices) + ".")
    return f"`{column.name}`", column.form, " ".join(words).replace("|", "/")
