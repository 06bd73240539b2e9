"""Launch templates: what this company asks of its functions, by size of launch."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from clearspan.audiences.settings.common import admins, reader, settings_page, who_can
from clearspan.audiences.settings.launch_forms import LineForm, PasteForm, TemplateForm
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.core.web import must
from clearspan.stages.launch import checklists
from clearspan.stages.launch.actions import change_launch_template, change_template_line, import_template_lines
from clearspan.stages.launch.models import Kind, LaunchTemplate, TemplateLine
from clearspan.ui.numbers import plural

HERE = "settings_launches"


def templates(request: HttpRequest) -> HttpResponse:
    """What is asked for a launch, by its size."""
    actor = reader(request)
    found = LaunchTemplate.objects.visible_to(actor).annotate(
        things=Count("lines"), functions=Count("lines__function", distinct=True)
    )
    rows = list(found.order_by("position", "name"))
    context = {
        "rows": rows, "may": change_launch_template.rule(actor, {}), "who_can": who_can(admins(actor)),
        "answer": f"A launch is planned from one of {plural(len(rows), 'template')}." if rows
        else "No template yet: each launch starts from nothing.",
    }  # fmt: skip
    return settings_page(request, "settings/launches.html", HERE, context)


def template(request: HttpRequest, pk: int) -> HttpResponse:
    """One template with its lines."""
    actor = reader(request)
    shown = _template(actor, pk)
    lines = list(shown.lines.select_related("function"))
    functions = {line.function_id for line in lines}
    asks = f"{shown} asks {plural(len(functions), 'function')} for {plural(len(lines), 'thing')}."
    context = {
        "template": shown, "lines": lines, "may": change_launch_template.rule(actor, {"template": shown}),
        "who_can": who_can(admins(actor)), "answer": asks if lines else f"{shown} asks for nothing yet.",
    }  # fmt: skip
    return settings_page(request, "settings/launch_template.html", HERE, context, (shown.name, ""))


def new_template(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    must(actor, change_launch_template)
    form = TemplateForm(request.POST or None, initial={"decide_before": 7})
    if done := form.do(request, change_launch_template):
        return redirect("launch_template", done.result.pk)
    words = {
        "answer": "For which launches?", "save": "Add the template", "draft": "template:new",
        "lede": "Its lines come next: written one by one, or pasted as a checklist.", "back": reverse(HERE),
    }  # fmt: skip
    return _form(request, form, words, ("New template", ""))


def change_template(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    shown = _template(actor, pk)
    must(actor, change_launch_template, template=shown)
    form = TemplateForm(request.POST or None, initial=TemplateForm.initial_of(shown))
    if form.do(request, change_launch_template, template=shown):
        return redirect("launch_template", pk)
    words = {
        "answer": shown.name, "save": "Keep", "draft": shown.ref, "back": _address(shown),
        "removes": {"action": "remove_launch_template", "parameter": "template", "row": shown, "to": reverse(HERE)},
    }  # fmt: skip
    return _form(request, form, words, (shown.name, _address(shown)), ("Change", ""))


def new_line(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    shown = _template(actor, pk)
    must(actor, change_template_line, template=shown)
    form = LineForm(actor, request.POST or None, initial={"days_before": 14, "must": True})
    if form.do(request, change_template_line, template=shown):
        return redirect(_address(shown))
    words = {"answer": f"What else does {shown} ask for?", "save": "Add the line", "draft": f"{shown.ref}:line",
             "back": _address(shown)}  # fmt: skip
    return _form(request, form, words, (shown.name, _address(shown)), ("New line", ""))


def change_line(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    actor = reader(request)
    shown = _template(actor, pk)
    line = TemplateLine.objects.visible_to(actor).filter(template=shown, pk=number).first()
    if line is None:
        raise Http404("no such line")
    must(actor, change_template_line, line=line)
    form = LineForm(actor, request.POST or None, initial=LineForm.initial_of(line))
    if form.do(request, change_template_line, line=line):
        return redirect(_address(shown))
    words = {
        "answer": line.title, "save": "Keep", "draft": line.ref, "back": _address(shown),
        "removes": {"action": "remove_template_line", "parameter": "line", "row": line, "to": _address(shown)},
    }  # fmt: skip
    return _form(request, form, words, (shown.name, _address(shown)), (line.title, ""))


def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """A checklist or questionnaire in Markdown: what is found in it, then the lines that were chosen."""
    actor = reader(request)
    shown = _template(actor, pk)
    must(actor, import_template_lines, template=shown)
    form, found = PasteForm(actor, request.POST or None), list[checklists.Line]()
    if request.method == "POST" and form.is_valid():
        found = checklists.read(form.cleaned_data["markdown"], _functions(actor), Kind.choices)
        chosen = [int(each) for each in request.POST.getlist("lines") if each.isdigit()]
        if "bring" in request.POST and not chosen:
            form.add_error(None, "No line is ticked.")
        elif "bring" in request.POST and _brought(request, form, shown, chosen):
            return redirect(_address(shown))
        elif not found:
            form.add_error(
                "markdown", "No line was found: a line is “- [ ] something”, or a heading that asks something."
            )
    ticked = set(request.POST.getlist("lines")) if "bring" in request.POST else None
    context = {
        "template": shown, "form": form, "back": _address(shown),
        "found": [(i, line, line.is_likely if ticked is None else str(i) in ticked) for i, line in enumerate(found)],
        "answer": _found_words(found) if found else "Paste a checklist",
    }  # fmt: skip
    crumbs = ((shown.name, _address(shown)), ("Paste", ""))
    status = 422 if form.errors else 200
    return settings_page(request, "settings/paste_lines.html", HERE, context, *crumbs, status=status)


def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as Markdown, to take along or to paste elsewhere."""
    shown = _template(reader(request), pk)
    lines = [
        checklists.Line(line.title, line.text, line.function.name, line.days_before, line.must, line.collateral)
        for line in shown.lines.select_related("function")
    ]
    response = HttpResponse(checklists.write(lines, Kind.choices), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(shown.name) or shown.ref}.md"'
    return response


def _brought(request: HttpRequest, form: PasteForm, template: LaunchTemplate, chosen: list[int]) -> bool:
    given = {"markdown": form.cleaned_data["markdown"], "function": form.cleaned_data["function"] or None}
    return form.perform(request, import_template_lines, template=template, lines=chosen, **given) is not None


def _found_words(found: list[checklists.Line]) -> str:
    likely = sum(line.is_likely for line in found)
    rest = len(found) - likely
    words = f"{plural(likely, 'line')} found"
    return f"{words}, and {rest} that may be lines" if rest else words


def _functions(actor: Actor) -> list[str]:
    return list(Function.objects.visible_to(actor).values_list("name", flat=True))


def _template(actor: Actor, pk: int) -> LaunchTemplate:
    found: LaunchTemplate | None = LaunchTemplate.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404("no such template")
    return found


def _address(template: LaunchTemplate) -> str:
    return reverse("launch_template", args=[template.pk])


def _form(request: HttpRequest, form: Any, words: dict[str, Any], *crumbs: tuple[str, str]) -> HttpResponse:
    status = 422 if form.errors else 200
    return settings_page(request, "settings/form.html", HERE, {"form": form, **words}, *crumbs, status=status)
