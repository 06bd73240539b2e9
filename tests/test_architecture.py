"""What import-linter cannot see: foreign keys and templates point upstream too, and files stay small."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from clearspan.core.records import Record

SOURCE = Path(__file__).resolve().parent.parent / "src" / "clearspan"
STREAM = [
    "core",
    "catalogue",
    "evidence",
    "opportunities",
    "options",
    "decisions",
    "definition",
    "development",
    "launch",
    "inlife",
    "portal",
    "briefs",
]
MOST_LINES = 350
LONG_FOR_A_REASON: dict[str, str] = {}


def test_foreign_keys_point_upstream() -> None:
    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model._meta.app_label in STREAM
        for field in model._meta.fields + model._meta.many_to_many
        if field.related_model is not None
        and field.related_model._meta.app_label in STREAM
        and STREAM.index(field.related_model._meta.app_label) > STREAM.index(model._meta.app_label)
    ]
    assert not wrong


def test_templates_use_the_design_system_and_their_own_stage_only() -> None:
    wrong = []
    for path in SOURCE.rglob("templates/**/*.html"):
        own = path.relative_to(SOURCE).parts[path.relative_to(SOURCE).parts.index("templates") + 1]
        for used in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")):
            if used.split("/")[0] not in (own, "ui", "django", "allauth", "account"):
                wrong.append(f"{path.relative_to(SOURCE)} uses {used}")
    assert not wrong


def test_templates_have_no_styles_and_no_scripts_of_their_own() -> None:
    wrong = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("templates/**/*.html")
        if re.search(
            r"\sstyle=|<style|<script(?![^>]*src=)(?![^>]*application/json)|\son[a-z]+=",
            re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8")),  # a tag may have an argument called “one”
        )
    ]
    assert not wrong


def test_every_kind_of_row_says_who_may_see_it_and_has_a_reference_of_its_own() -> None:
    kinds = [model for model in apps.get_models() if issubclass(model, Record)]
    silent = [kind.__name__ for kind in kinds if "visible_to" not in _methods(type(kind._default_manager.all()))]
    assert not silent
    prefixes = [kind.prefix for kind in kinds]
    assert all(prefixes), [kind.__name__ for kind in kinds if not kind.prefix]
    assert len(set(prefixes)) == len(prefixes), sorted(p for p in prefixes if prefixes.count(p) > 1)


def test_files_are_small() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert set(long) == set(LONG_FOR_A_REASON), long


def _methods(query_set: type) -> set[str]:
    """Names that a query set of ours defines below the base, which only says that somebody must."""
    from clearspan.core.records import Records

    below = query_set.__mro__[: query_set.__mro__.index(Records)]
    return {name for kind in below for name in vars(kind)}
