"""Accounts: the list, the page of one, the forms of accounts and of the people there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue import answers
from clearspan.catalogue.actions import change_account, change_contact, record_account, record_contact
from clearspan.catalogue.forms import AccountForm, ContactForm
from clearspan.catalogue.models import Account, Contact, Product, Segment
from clearspan.catalogue.queries import accounts as reads
from clearspan.catalogue.slots import AccountsOf
from clearspan.catalogue.views.common import crumbs, form_page, frame, kept_with
from clearspan.core import panels
from clearspan.core.web import actor_of, must, page


def accounts(request: HttpRequest, product: Product) -> HttpResponse:
    """Who buys, and who may?"""
    actor, filters = actor_of(request), reads.Filters.read(request.GET)
    found = reads.listing(actor, product, filters, request.GET.get("after", ""))
    segments = Segment.objects.visible_to(actor).values_list("pk", "name")
    context = frame(actor, product, "accounts") | {
        "found": found,
        "filters": filters,
        "answer": answers.of_accounts(filters, found),
        "segments": [("", "all segments"), *segments, ("none", "no segment")],
        "kinds": reads.KINDS,
    }
    where = crumbs(product, ("Accounts", ""))
    return page(request, "catalogue/accounts.html", context, place="market", crumbs=where)


def account(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Who are they, what did they say, what do they buy?"""
    actor, row = actor_of(request), _account(request, pk)
    found = reads.page(actor, product, row)
    shown = frame(actor, product, "")
    context = shown | kept_with(actor, row) | {
        "account": row,
        "found": found,
        "answer": answers.of_account(row, found.heard, shown["currency"]),
        "panels": panels.ask("account", actor, AccountsOf(product, [row])),
    }  # fmt: skip
    return page(request, "catalogue/account.html", context, place="market", crumbs=_where(product, (row.name, "")))


def new(request: HttpRequest, product: Product) -> HttpResponse:
    must(actor_of(request), record_account)
    form = AccountForm(actor_of(request), request.POST or None, initial={"segment": request.GET.get("segment")})
    if done := form.do(request, record_account):
        return redirect("account_page", product.key, done.result.pk)
    words = {
        "answer": "Who buys, or may buy?",
        "lede": "Many at once come in from a file. An account with a segment counts for that segment when it is heard.",
        "save": "Add the account", "back": reverse("accounts", args=[product.key]), "draft": "account:new",
    }  # fmt: skip
    return form_page(request, product, form, words, *_where(product, ("New account", ""))[1:])


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row = _account(request, pk)
    must(actor_of(request), change_account, account=row)
    form = AccountForm(actor_of(request), request.POST or None, initial=AccountForm.initial_of(row))
    if form.change(request, change_account, account=row):
        return redirect("account_page", product.key, pk)
    words = {
        "answer": row.name, "save": "Keep", "back": _address(product, row), "draft": row.ref,
        "removes": {"action": "remove_account", "parameter": "account", "row": row,
                    "to": reverse("accounts", args=[product.key])},
    }  # fmt: skip
    return form_page(
        request, product, form, words, *_where(product, (row.name, _address(product, row)), ("Change", ""))[1:]
    )


def new_contact(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row = _account(request, pk)
    form = ContactForm(request.POST or None)
    if form.do(request, record_contact, account=row):
        return redirect("account_page", product.key, pk)
    words = {
        "answer": f"Whom do we know at {row}?",
        "lede": "Feedback with a contact’s name is recognised as theirs.",
        "save": "Add the contact", "back": _address(product, row), "draft": f"contact:{row.ref}",
    }  # fmt: skip
    return form_page(
        request, product, form, words, *_where(product, (row.name, _address(product, row)), ("New contact", ""))[1:]
    )


def contact(request: HttpRequest, product: Product, pk: int, contact: int) -> HttpResponse:
    row = _account(request, pk)
    one = Contact.objects.visible_to(actor_of(request)).filter(account=row, pk=contact).first()
    if one is None:
        raise Http404("no such contact")
    form = ContactForm(request.POST or None, initial=ContactForm.initial_of(one))
    if form.do(request, change_contact, contact=one):
        return redirect("account_page", product.key, pk)
    words = {
        "answer": one.name, "save": "Keep", "back": _address(product, row), "draft": one.ref,
        "removes": {"action": "remove_contact", "parameter": "contact", "row": one},
    }  # fmt: skip
    return form_page(
        request, product, form, words, *_where(product, (row.name, _address(product, row)), (one.name, ""))[1:]
    )


def _account(request: HttpRequest, pk: int) -> Account:
    row = reads.one(actor_of(request), pk)
    if row is None:
        raise Http404("no such account")
    return row


def _address(product: Product, account: Account) -> str:
    return reverse("account_page", args=[product.key, account.pk])


def _where(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs(product, ("Accounts", reverse("accounts", args=[product.key])), *more)
