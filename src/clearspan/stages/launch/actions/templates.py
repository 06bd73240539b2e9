"""What this company asks of its functions for a launch of a given size."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import Position, ShortName, change, create, named
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch import checklists, defaults
from clearspan.stages.launch.models import Kind, LaunchTemplate, TemplateLine
from clearspan.stages.launch.rules import keeps_templates

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Days = Annotated[int, Field(ge=-365, le=730, description="Days before the launch; negative: after it")]
MOST_LINES = 400


@action(rule=keeps_templates, says="set the launch template {result}")
def change_launch_template(
    actor: Actor,
    *,
    template: Annotated[LaunchTemplate | None, Field(description="None adds one")] = None,
    name: ShortName | None = None,
    description: Annotated[str | None, Field(description="For what kind of launch it is meant")] = None,
    decide_before: Annotated[int, Field(ge=0, le=365, description="Days from go/no-go to the launch")] | None = None,
    position: Position | None = None,
) -> LaunchTemplate:
    """Adds or changes a template. Launches that were planned from it stay as they are."""
    if template is None:
        place = LaunchTemplate.objects.count() if position is None else position
        days = 7 if decide_before is None else decide_before
        return create(
            LaunchTemplate, name=named(name), description=description or "", decide_before=days, position=place
        )
    return change(template, name=name, description=description, decide_before=decide_before, position=position)


@action(rule=keeps_templates, says="removed the launch template {template}")
def remove_launch_template(actor: Actor, *, template: LaunchTemplate) -> None:
    """Removes a template with its lines. Launches that were planned from it stay as they are."""
    template.delete()


@action(rule=keeps_templates, says="set the line “{result}” of {result.template}")
def change_template_line(
    actor: Actor,
    *,
    template: Annotated[LaunchTemplate | None, Field(description="To which a new line is added")] = None,
    line: Annotated[TemplateLine | None, Field(description="None adds one")] = None,
    function: Function | None = None,
    title: Title | None = None,
    text: Annotated[str | None, Field(description="What must be there for it to count as done")] = None,
    days_before: Days | None = None,
    must: Annotated[bool | None, Field(description="Without it there is no launch")] = None,
    collateral: Annotated[Kind | None, Field(description="The document it is")] = None,
    without_collateral: Annotated[bool, Field(description="It is no document")] = False,
) -> TemplateLine:
    """Adds or changes a line of a template."""
    given = {"function": function, "title": title, "text": text, "days_before": days_before, "must": must}
    document = "" if without_collateral else collateral
    if line is not None:
        return change(line, **given, collateral=document)
    if template is None or function is None or not title:
        missing = {"template": template, "function": function, "title": title}
        raise Invalid({name: "a new line needs it" for name, value in missing.items() if not value})
    kept = {name: value for name, value in given.items() if value is not None}
    return create(
        TemplateLine, template=template, **kept, collateral=document or "", position=template.lines.count()
    )  # fmt: skip


@action(rule=keeps_templates, says="removed the line “{line}”")
def remove_template_line(actor: Actor, *, line: TemplateLine) -> None:
    """Takes a line out of its template."""
    line.delete()


@action(rule=keeps_templates, says="brought a checklist into {template}")
def import_template_lines(
    actor: Actor,
    *,
    template: LaunchTemplate,
    markdown: Annotated[str, Field(max_length=500_000, description="A checklist or questionnaire")],
    function: Annotated[Function | None, Field(description="Of what stands under no function's name")] = None,
    lines: Annotated[list[int] | None, Field(description="Which lines, from 0; none: all that are likely")] = None,
) -> list[TemplateLine]:
    """Makes lines of a checklist in Markdown. Lines that the template has already, by function and title, are left."""
    functions = {one.name: one for one in Function.objects.visible_to(actor)}
    found = checklists.read(markdown, list(functions), Kind.choices)
    chosen = [found[i] for i in lines if 0 <= i < len(found)] if lines else [line for line in found if line.is_likely]
    if not chosen:
        raise Invalid({"markdown": "no line was found: a line is “- [ ] something”, or a heading that asks something"})
    if function is None and any(not line.function for line in chosen):
        raise Invalid({"function": "some lines stand under no function's name: say whose they are"})
    if len(chosen) > MOST_LINES:
        raise Invalid({"markdown": f"these are {len(chosen)} lines; a template has at most {MOST_LINES}"})
    there = set(template.lines.values_list("function", "title"))
    start = template.lines.count()
    rows = [
        defaults.row(template, functions.get(line.function) or function, line, start + i)  # type: ignore[arg-type]  # said above
        for i, line in enumerate(chosen)
    ]
    return TemplateLine.objects.bulk_create(row for row in rows if (row.function.pk, row.title) not in there)
