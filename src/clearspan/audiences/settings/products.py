"""Products, and who has which role on them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.audiences.settings.common import admins, reader, settings_page, who_can
from clearspan.audiences.settings.forms import ProductForm, RoleOnProductForm
from clearspan.catalogue.actions import change_product, create_product, give_role, rename_line
from clearspan.catalogue.models import Line, Product, ProductRole
from clearspan.core import history
from clearspan.core.actor import Actor
from clearspan.core.web import must
from clearspan.ui.numbers import plural


def products(request: HttpRequest) -> HttpResponse:
    """What is managed, by line, and by whom."""
    actor = reader(request)
    rows = list(Product.objects.visible_to(actor).select_related("line", "stage").order_by("line__name", "name"))
    managers: dict[int, list[str]] = {}
    managing = ProductRole.objects.filter(product__in=rows, role__grants="manage").select_related("person")
    for role in managing.order_by("person__name"):
        managers.setdefault(role.product_id, []).append(role.person.name)
    kept = [(row, managers.get(row.pk, [])) for row in rows if not row.is_archived]
    context = {
        "kept": kept,
        "archived": [row for row in rows if row.is_archived],
        "empty_lines": list(Line.objects.visible_to(actor).filter(products=None)),
        "may_add": create_product.rule(actor, {}),
        "may_rename": rename_line.rule(actor, {}),
        "answer": _answer([managers for _, managers in kept]),
    }
    return settings_page(request, "settings/products.html", "settings_products", context)


def new(request: HttpRequest) -> HttpResponse:
    """Adds a product; then its market is what comes next."""
    actor = reader(request)
    must(actor, create_product)
    form = ProductForm(actor, request.POST or None)
    if done := form.do(request, create_product):
        return redirect("market", done.result.key)
    context = {
        "form": form, "answer": "What is sold, or to be sold?", "save": "Add the product",
        "lede": "You manage it until you hand it on. After this: whom it serves, and what they say.",
        "back": reverse("settings_products"), "draft": "product:new", "lines": form.lines,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return settings_page(
        request, "settings/form.html", "settings_products", context, ("New product", ""), status=status
    )


def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: what it is, who has which role on it. Two forms: `give` says which was sent."""
    actor = reader(request)
    row = _product(actor, pk)
    gives = "give" in request.POST
    form = ProductForm(actor, None if gives else request.POST or None, initial=ProductForm.initial_of(row))
    role = RoleOnProductForm(actor, request.POST if gives else None, prefix=None)
    if role.do(request, give_role, product=row) if gives else form.change(request, change_product, product=row):
        return redirect("settings_product", pk)
    status = 422 if form.errors or role.errors else 200
    return settings_page(
        request,
        "settings/product.html",
        "settings_products",
        _context(actor, row, form, role),
        (row.name, ""),
        status=status,
    )


def _context(actor: Actor, row: Product, form: ProductForm, role: RoleOnProductForm) -> dict[str, Any]:
    roles = list(
        ProductRole.objects.filter(product=row).select_related("person__function", "role").order_by("person__name")
    )
    managers = [one.person.name for one in roles if one.role.grants == "manage" and one.person.is_active]
    may_change, may_give = change_product.rule(actor, {"product": row}), give_role.rule(actor, {"product": row})
    return {
        "product_row": row, "roles": roles, "may_give": may_give, "may_change": may_change, "lines": form.lines,
        "form": form if may_change else None, "role_form": role if may_give else None,
        "events": history.of(actor, row, limit=8),
        "who_can": who_can(managers, f"nobody yet: {who_can(admins(actor))} can give somebody the role"),
        "answer": f"{row} is managed by {' and '.join(managers)}." if managers else f"Nobody manages {row}.",
    }  # fmt: skip


def _product(actor: Actor, pk: int) -> Product:
    row: Product | None = Product.objects.visible_to(actor).filter(pk=pk).select_related("line", "stage").first()
    if row is None:
        raise Http404("no such product")
    return row


def _answer(managers: list[list[str]]) -> str:
    if not managers:
        return "There is no product yet. Everything here hangs on one."
    alone = sum(not names for names in managers)
    unmanaged = "each has somebody who manages it" if len(managers) > 1 else "somebody manages it"
    return f"{plural(len(managers), 'product')}; {f'nobody manages {alone} of them' if alone else unmanaged}."
