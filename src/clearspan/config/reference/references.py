"""The page of references: what the letters before a number stand for."""

from __future__ import annotations

from django.apps import apps

from clearspan.config.reference.markdown import page, table
from clearspan.core.records import Record

HOW = """A row is named by letters for its kind and a number, `OP-118`. People write it in a comment, machines in an
address or a parameter; `op-118` and `118` are understood too, where only one kind can be meant. A number is given once
and never again, so a reference in an old mail never leads to another row."""


def text() -> str:
    """Every kind of row with its letters."""
    kinds = sorted((kind for kind in apps.get_models() if issubclass(kind, Record)), key=lambda kind: str(kind.prefix))
    rows = [(f"`{kind.prefix}-12`", str(kind._meta.verbose_name), str(kind._meta.app_label)) for kind in kinds]
    return page("References", "Which letters name which kind of row.", HOW, table("Such as|Names|Kept by", rows))
