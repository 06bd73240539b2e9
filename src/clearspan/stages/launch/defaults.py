"""The launch templates that a new company finds, by size of launch, all its own to change.

They are checklists such as anyone may paste (see checklists.py). A line whose function the company does not have is
left out.
"""

from __future__ import annotations

from pathlib import Path

from clearspan.core.models import Function
from clearspan.stages.launch import checklists
from clearspan.stages.launch.models import Kind, LaunchTemplate, TemplateLine

DATA = Path(__file__).parent / "data"
TEMPLATES = [
    ("Small change", "Customers notice it and need to be told once.", 1, ("small_change",)),
    ("Feature", "A reason to buy, renew or pay more: it is sold, supported and measured.", 7, ("feature",)),
    (
        "New product", "All that a feature needs, and what a first launch must make possible.", 14,
        ("feature", "new_product"),
    ),
]  # fmt: skip


def ensure() -> None:
    """Makes the templates in a company that has none; a company's own are left alone."""
    if LaunchTemplate.objects.exists():
        return
    functions = {function.name: function for function in Function.objects.all()}
    made = LaunchTemplate.objects.bulk_create(
        LaunchTemplate(name=name, description=words, decide_before=days, position=i)
        for i, (name, words, days, _) in enumerate(TEMPLATES)
    )
    TemplateLine.objects.bulk_create(
        row(template, functions[line.function], line, i)
        for template, (*_, files) in zip(made, TEMPLATES, strict=True)
        for i, line in enumerate(line for file in files for line in _shipped(file, list(functions)))
        if line.function
    )


def row(template: LaunchTemplate, function: Function, line: checklists.Line, position: int) -> TemplateLine:
    """A checklist's line as the template keeps it, not saved yet. A line that says no day is due two weeks before."""
    days = 14 if line.days_before is None else line.days_before
    return TemplateLine(
        template=template, function=function, title=line.title, text=line.text, days_before=days, must=line.must,
        collateral=line.document, position=position,
    )  # fmt: skip


def _shipped(name: str, functions: list[str]) -> list[checklists.Line]:
    return checklists.read((DATA / f"{name}.md").read_text(encoding="utf-8"), functions, Kind.choices)
