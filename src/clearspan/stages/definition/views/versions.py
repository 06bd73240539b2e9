"""Publishing a version, asking functions to sign it, and what changed between two."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must, page
from clearspan.stages.definition import content
from clearspan.stages.definition.actions import ask_sign_off, publish_version
from clearspan.stages.definition.comparing import compare
from clearspan.stages.definition.forms import AskForm, PublishForm
from clearspan.stages.definition.models import Definition, DefinitionVersion
from clearspan.stages.definition.views.common import crumbs_of, found, functions, version_of


def publish(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What changed since the last version, before it is kept as the next; and who is to sign it."""
    actor, shown = actor_of(request), found(request, product, pk)
    must(actor, publish_version, definition=shown)
    newest, now = _newest(shown), content.read(shown)
    form = PublishForm(request.POST or None, initial={"functions": _asked(newest)})
    form.fields["functions"].choices = functions(actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        if form.perform(request, publish_version, definition=shown, **given) is not None:
            return redirect("definition", product.key, pk)
    context = {
        "product": product, "definition": shown, "form": form, "newest": newest, "content": now,
        "number": newest.number + 1 if newest else 1,
        "changes": compare(content.of_version(newest), now) if newest else None,
    }  # fmt: skip
    where, status = crumbs_of(shown, ("Publish", "")), 422 if form.errors else 200
    return page(
        request, "definition/publish.html", context, place="definitions", crumbs=where, about=shown, status=status
    )


def ask(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Asks more functions to sign the newest version, or the same ones by another day."""
    actor, shown = actor_of(request), found(request, product, pk)
    newest = _newest(shown)
    if newest is None:
        return redirect("publish_definition", product.key, pk)
    must(actor, ask_sign_off, version=newest)
    form = AskForm(request.POST or None, initial={"functions": _asked(newest)})
    form.fields["functions"].choices = functions(actor)  # type: ignore[attr-defined]
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, ask_sign_off, version=newest, **form.cleaned_data) is not None:
        return redirect("definition", product.key, pk)
    context = {"product": product, "definition": shown, "form": form, "newest": newest}
    where, status = crumbs_of(shown, ("Ask for sign-off", "")), 422 if form.errors else 200
    return page(request, "definition/ask.html", context, place="definitions", crumbs=where, about=shown, status=status)


def changes(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What changed between two versions; the last two unless others are asked for. No `to`: the working copy."""
    shown = found(request, product, pk)
    versions = list(shown.versions.defer("content").order_by("-number"))
    asked = {name: request.GET.get(name) for name in ("from", "to")}
    now = asked["to"] if asked["to"] is not None else str(versions[0].number) if versions else ""
    was = asked["from"] if asked["from"] is not None else _before(versions, now)
    before = version_of(shown, was)
    after = version_of(shown, now)
    compared = compare(_content(shown, before), _content(shown, after)) if versions and was != now else None
    numbers = [(str(one.number), f"version {one.number}") for one in versions]
    context = {
        "product": product, "definition": shown, "changes": compared, "before": before, "after": after, "was": was,
        "now": now, "choices": [("", "what is written now"), *numbers], "versions": versions,
    }  # fmt: skip
    where = crumbs_of(shown, ("What changed", ""))
    return page(request, "definition/changes.html", context, place="definitions", crumbs=where, about=shown)


def _newest(definition: Definition) -> DefinitionVersion | None:
    return definition.versions.order_by("-number").first()  # type: ignore[no-any-return]


def _asked(version: DefinitionVersion | None) -> list[str]:
    return [one.function.ref for one in version.sign_offs.select_related("function")] if version else []


def _before(versions: list[DefinitionVersion], now: str) -> str:
    """The version before `now`; the newest, when that is the working copy."""
    earlier = [one.number for one in versions if not now.isdecimal() or one.number < int(now)]
    return str(max(earlier)) if earlier else now


def _content(definition: Definition, version: DefinitionVersion | None) -> content.Content:
    return content.of_version(version) if version else content.read(definition)
