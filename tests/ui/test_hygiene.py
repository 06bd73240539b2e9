"""Templates use the parts and the tokens there are; styles define no colour of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import clearspan

SRC = Path(clearspan.__file__).parent
CSS = sorted((SRC / "ui/static/ui/css").rglob("*.css"))
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
SCRIPTS = sorted((SRC / "ui/static/ui/js").glob("*.js"))
BRACED = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def bare(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def defined_classes() -> set[str]:
    return {
        name for path in CSS for name in re.findall(r"\.([a-z][\w-]*)", re.sub(r"\d\.\d", "", bare(path.read_text())))
    }


def used_classes(template: str) -> Iterator[str]:
    """Classes that stand in the template as they are; what a tag puts together is looked at where it is rendered."""
    for value in re.findall(r'\sclass="([^"]*)"', BRACED.sub("\0", template)):
        yield from (name for name in value.split() if "\0" not in name)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SRC)))
def test_a_template_has_no_style_and_no_script_of_its_own(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", template)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|hx-on|javascript:", template)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SRC)))
def test_a_template_uses_only_classes_there_are(path: Path) -> None:
    known = defined_classes()
    template = path.read_text(encoding="utf-8")
    assert set(used_classes(template)) <= known


@pytest.mark.parametrize("path", CSS, ids=lambda p: p.name)
def test_styles_use_only_tokens_there_are(path: Path) -> None:
    every = "".join(p.read_text() for p in CSS)
    known = set(re.findall(r"(--[\w-]+):", every))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= known


@pytest.mark.parametrize("path", [p for p in CSS if p.name != "tokens.css"], ids=lambda p: p.name)
def test_colours_are_named_in_the_tokens_and_nowhere_else(path: Path) -> None:
    css = re.sub(r"dialog::backdrop.*", "", bare(path.read_text()))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|oklch\([\d.]", css)


@pytest.mark.parametrize("path", [p for p in CSS if p.name != "print.css"], ids=lambda p: p.name)
def test_no_rule_shouts_and_none_hangs_on_an_id(path: Path) -> None:
    css = bare(path.read_text())
    assert "!important" not in css
    assert not re.search(r"(^|[\s,{}])#[a-z][\w-]*\s*[{,.:]", css)


def test_every_stylesheet_is_loaded_once_and_in_a_layer() -> None:
    root = SRC / "ui/static/ui/css"
    loaded = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', (root / "ui.css").read_text())
    assert sorted(name for name, _ in loaded) == sorted(
        str(path.relative_to(root)) for path in CSS if path.name != "ui.css"
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_evaluate_nothing_and_are_loaded(path: Path) -> None:
    script = path.read_text()
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|setAttribute\(\"(style|on)", script)
    every = "".join(p.read_text() for p in SCRIPTS)
    assert path.name == "ui.js" or f'"./{path.name}"' in every
