"""The company's own words: functions, roles, stages of a product's life, gates, segments, product lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.audiences.settings.common import admins, reader, settings_page, who_can
from clearspan.audiences.settings.forms import (
    FunctionForm,
    GateForm,
    LedgerLineForm,
    LineForm,
    RoleForm,
    SegmentForm,
    StageForm,
)
from clearspan.catalogue import actions
from clearspan.catalogue.forms import CatalogueForm
from clearspan.catalogue.models import Gate, LifecycleStage, Line, Role, Segment
from clearspan.core.actions import Action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.core.web import must
from clearspan.stages.inlife.actions import add_ledger_line, change_ledger_line, remove_ledger_line
from clearspan.stages.inlife.models import LedgerLine


@dataclass(frozen=True)
class Kind:
    """A list that the company keeps: how it is shown, by which form and actions it is changed.

    `parameter` is what the actions call the row. `add` is None where rows come by another way. `count` is a way to what
    is in a row, and `tells` a row's second column.
    """

    key: str
    title: str
    one: str
    why: str
    model: Any
    form: type[CatalogueForm]
    parameter: str
    add: Action | None
    change: Action
    remove: Action
    tells: Callable[[Any], str]
    counts: tuple[str, Q | None, str] | None = None  # (way, condition, the column's name)

    def rows(self, actor: Actor) -> list[Any]:
        found = self.model.objects.visible_to(actor)
        if self.counts is not None:
            way, condition, _ = self.counts
            found = found.annotate(used=Count(way, filter=condition)).order_by(*self.model._meta.ordering)
        return list(found)

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.form.base_fields}


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "functions", "Functions", "function", "Who there is. What people may do follows from the kind of theirs.",
            Function, FunctionForm, "function",
            actions.change_function, actions.change_function, actions.remove_function,
            lambda row: row.get_kind_display() + (", scarce" if row.is_scarce else ""),
            ("people", Q(people__is_active=True), "People"),
        ),
        Kind(
            "roles", "Roles on products", "role", "What people are to a product, and what that lets them do there.",
            Role, RoleForm, "role",
            actions.change_role, actions.change_role, actions.remove_role,
            lambda row: row.get_grants_display(),
        ),
        Kind(
            "stages", "Stages of a product’s life", "stage", "From the first idea to the last customer, in your words.",
            LifecycleStage, StageForm, "stage",
            actions.change_lifecycle_stage, actions.change_lifecycle_stage, actions.remove_lifecycle_stage,
            lambda row: "customers use it" if row.is_live else "", ("products", None, "Products"),
        ),
        Kind(
            "gates", "Gates", "gate", "Where it is decided whether to go on, and what must be known there.",
            Gate, GateForm, "gate",
            actions.change_gate, actions.change_gate, actions.remove_gate,
            lambda row: row.asks,
        ),
        Kind(
            "segments", "Segments", "segment", "Parts of the market alike in what they need. Each product sizes them.",
            Segment, SegmentForm, "segment",
            actions.create_segment, actions.change_segment, actions.remove_segment,
            lambda row: row.description, ("market", None, "Sized for products"),
        ),
        Kind(
            "lines", "Product lines", "line", "Products planned and accounted for together. Each comes with a product.",
            Line, LineForm, "line",
            None, actions.rename_line, actions.remove_line,
            lambda row: "", ("products", None, "Products"),
        ),
        Kind(
            "ledger-lines", "Lines of the P&L", "line of the P&L",
            "What every product’s ledger is told apart by; each under revenue, cost of sales or operating cost.",
            LedgerLine, LedgerLineForm, "line",
            add_ledger_line, change_ledger_line, remove_ledger_line,
            lambda row: row.get_kind_display() + (", archived" if row.is_archived else ""),
        ),
    )
}  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    """Every list, one below the other."""
    actor = reader(request)
    shown = [
        {
            "kind": kind,
            "rows": [(row, kind.tells(row)) for row in kind.rows(actor)],
            "may": kind.change.rule(actor, {}),
            "may_add": kind.add is not None and kind.add.rule(actor, {}),
        }
        for kind in KINDS.values()
    ]
    context = {
        "lists": shown,
        "who_can": who_can(admins(actor)),
        "reads_only": not all(one["may"] for one in shown),
        "answer": "Clearspan speaks in your company’s words: what things are called is set here.",
    }
    return settings_page(request, "settings/lists.html", "settings_lists", context)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    actor, listed = reader(request), _kind(kind)
    if listed.add is None:
        raise Http404("these come by another way")
    must(actor, listed.add)
    form = listed.form(request.POST or None)
    if _sent(request, form, listed.add, listed):
        return _back(listed)
    words = {
        "answer": f"A new {listed.one}",
        "lede": listed.why,
        "save": f"Add the {listed.one}",
        "draft": f"{kind}:new",
    }
    return _form(request, form, words, f"New {listed.one}")


def change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    actor, listed = reader(request), _kind(kind)
    must(actor, listed.change)
    row = listed.model.objects.visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise Http404(f"no such {listed.one}")
    form = listed.form(request.POST or None, initial=listed.initial_of(row))
    if _sent(request, form, listed.change, listed, row):
        return _back(listed)
    words = {
        "answer": row.name, "save": "Keep", "draft": row.ref,
        "removes": {"action": listed.remove.name, "parameter": listed.parameter, "row": row},
    }  # fmt: skip
    return _form(request, form, words, row.name)


def _sent(request: HttpRequest, form: CatalogueForm, action: Action, kind: Kind, row: Any = None) -> bool:
    """Adding takes no row; only the fields that the action knows are sent (a new segment takes the last place)."""
    for name in [name for name in ("position", "is_archived") if name in form.fields]:
        if name not in action.parameters:
            del form.fields[name]
    return form.do(request, action, **({kind.parameter: row} if row else {})) is not None


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404("no such list")
    return KINDS[key]


def _back(kind: Kind) -> HttpResponse:
    return redirect(f"{reverse('settings_lists')}#{kind.key}")


def _form(request: HttpRequest, form: CatalogueForm, words: dict[str, Any], crumb: str) -> HttpResponse:
    context = {"form": form, "back": reverse("settings_lists"), **words}
    status = 422 if form.errors else 200
    return settings_page(request, "settings/form.html", "settings_lists", context, (crumb, ""), status=status)
