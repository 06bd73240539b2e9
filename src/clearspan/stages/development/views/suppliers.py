"""Suppliers: the list, the page of one, and the people there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clearspan.catalogue.actions import (
    change_supplier,
    change_supplier_contact,
    invite_supplier_contact,
    record_supplier,
    record_supplier_contact,
)
from clearspan.catalogue.actions.suppliers import keeps_suppliers
from clearspan.catalogue.forms import CatalogueForm
from clearspan.catalogue.models import Product, Supplier, SupplierContact
from clearspan.catalogue.rules import manages, works_on
from clearspan.catalogue.views.common import kept_with
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.development import supply_words
from clearspan.stages.development.forms.supply import SupplierContactForm, SupplierForm
from clearspan.stages.development.queries import supply as reads
from clearspan.ui.marks import Scale


def suppliers(request: HttpRequest, product: Product) -> HttpResponse:
    """Who builds for us, what do they owe, and do they keep their days?"""
    actor = actor_of(request)
    rows = reads.suppliers(actor, product)
    context = {"product": product, "rows": rows, "answer": supply_words.of_suppliers(rows), "may_keep": may_keep(actor)}
    return page(request, "development/suppliers.html", context, place="development", crumbs=crumbs(product))


def supplier(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What do they owe us, when will it be there, and how good is their word?"""
    actor, row = actor_of(request), one_supplier(request, pk)
    found = reads.supplier_page(actor, row)
    days = [one.late for one in (*found.open, *found.accepted)]
    invited = request.session.pop("supplier_invited", None)
    context = kept_with(actor, row) | {
        "product": product, "supplier": row, "found": found, "currency": Company.ours().currency,
        "answer": supply_words.of_supplier(found), "record": supply_words.of_record(found.kept),
        "scale": Scale.over([-max(days), *(-one for one in days), 0], unit="days") if any(days) else None,
        "may_keep": may_keep(actor), "may_work": works_on(actor, {"product": product}),
        "may_decide": manages(actor, {"product": product}), "invited": invited if actor.is_admin else None,
        "may_invite": actor.is_admin,
    }  # fmt: skip
    return page(
        request, "development/supplier.html", context, place="development", crumbs=crumbs(product, (row.name, ""))
    )


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """A new supplier."""
    must(actor_of(request), record_supplier)
    form = SupplierForm(request.POST or None)
    if done := form.do(request, record_supplier):
        return redirect("supplier", product.key, done.result.pk)
    words = {
        "answer": "Who builds, makes or delivers for us?", "save": "Add the supplier", "draft": "supplier:new",
        "lede": "Its people can be invited: they see what is asked of them and what they owe, and nothing else.",
    }  # fmt: skip
    return form_page(request, product, form, words, ("New supplier", ""))


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A supplier's name, and what we know of it."""
    row = one_supplier(request, pk)
    must(actor_of(request), change_supplier, supplier=row)
    form = SupplierForm(request.POST or None, initial=SupplierForm.initial_of(row))
    if form.do(request, change_supplier, supplier=row):
        return redirect("supplier", product.key, pk)
    words = {
        "answer": row.name, "save": "Keep", "back": address(product, row), "draft": row.ref,
        "removes": {"action": "remove_supplier", "parameter": "supplier", "row": row,
                    "to": reverse("suppliers", args=[product.key])},
    }  # fmt: skip
    return form_page(request, product, form, words, (row.name, address(product, row)), ("Change", ""))


def new_contact(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A person at a supplier."""
    row = one_supplier(request, pk)
    must(actor_of(request), record_supplier_contact, supplier=row)
    form = SupplierContactForm(request.POST or None)
    if form.do(request, record_supplier_contact, supplier=row):
        return redirect("supplier", product.key, pk)
    words = {"answer": f"Whom do we know at {row}?", "save": "Add the contact", "back": address(product, row),
             "draft": f"contact:{row.ref}"}  # fmt: skip
    return form_page(request, product, form, words, (row.name, address(product, row)), ("New contact", ""))


def contact(request: HttpRequest, product: Product, pk: int, contact: int) -> HttpResponse:
    """One person at a supplier."""
    row, one = one_supplier(request, pk), _contact(request, pk, contact)
    must(actor_of(request), change_supplier_contact, contact=one)
    form = SupplierContactForm(request.POST or None, initial=SupplierContactForm.initial_of(one))
    if form.do(request, change_supplier_contact, contact=one):
        return redirect("supplier", product.key, pk)
    words = {
        "answer": one.name, "save": "Keep", "back": address(product, row), "draft": one.ref,
        "lede": f"{one.name} signs in and sees what is {row}’s. Removed, they see nothing of it." if one.person else "",
        "removes": {"action": "remove_supplier_contact", "parameter": "contact", "row": one},
    }  # fmt: skip
    return form_page(request, product, form, words, (row.name, address(product, row)), (one.name, ""))


@require_POST
def invite(request: HttpRequest, product: Product, pk: int, contact: int) -> HttpResponse:
    """Invites a contact. The link is kept for the next page only: Clearspan has no more than its hash."""
    one = _contact(request, pk, contact)
    try:
        done = perform(request, invite_supplier_contact, contact=one)
    except Invalid as error:
        messages.error(request, f"Nobody was invited: {'; '.join(error.faults.values())}.")
    else:
        link = request.build_absolute_uri(reverse("welcome", args=[done.result["secret"]]))
        request.session["supplier_invited"] = {"name": one.name, "link": link}
    return redirect("supplier", product.key, pk)


def one_supplier(request: HttpRequest, pk: int) -> Supplier:
    """The supplier, or 404."""
    row: Supplier | None = Supplier.objects.visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise Http404("no such supplier")
    return row


def may_keep(actor: Actor) -> bool:
    return keeps_suppliers(actor, {})


def address(product: Product, supplier: Supplier) -> str:
    return reverse("supplier", args=[product.key, supplier.pk])


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Suppliers", reverse("suppliers", args=[product.key]) if more else ""), *more]


def form_page(
    request: HttpRequest, product: Product, form: CatalogueForm, words: dict[str, Any], *more: tuple[str, str]
) -> HttpResponse:
    """The one template that forms of suppliers, quotes and milestones are shown in; `words` as in the catalogue's."""
    context = {"product": product, "form": form, "back": reverse("suppliers", args=[product.key]), **words}
    return page(
        request, "development/supply_form.html", context, place="development", crumbs=crumbs(product, *more),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _contact(request: HttpRequest, pk: int, contact: int) -> SupplierContact:
    found = SupplierContact.objects.visible_to(actor_of(request)).filter(supplier=pk, pk=contact)
    one: SupplierContact | None = found.select_related("supplier", "person").first()
    if one is None:
        raise Http404("no such contact")
    return one
