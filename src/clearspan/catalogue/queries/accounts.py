"""Accounts: the list of any length, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from clearspan.catalogue.models import Account, Contact, Deal, Product
from clearspan.catalogue.slots import AccountsOf, Heard, said
from clearspan.core import lists
from clearspan.core.actor import Actor

SORTS = {"name": "name", "-name": "-name", "value": "value", "-value": "-value"}
KINDS = (("", "customers and prospects"), ("customer", "customers"), ("prospect", "prospects"))
SHOWN = 20  # deals on the page of one account
MOST_CONTACTS = 50


@dataclass(frozen=True)
class Filters:
    """What a person asked to see; what cannot be read narrows nothing."""

    q: str = ""
    segment: str = ""  # its number, or "none"
    kind: str = ""
    sort: str = "name"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """From a query string."""
        segment, kind, sort = given.get("segment", ""), given.get("kind", ""), given.get("sort", "")
        return cls(
            q=given.get("q", "").strip()[:200],
            segment=segment if segment.isdecimal() or segment == "none" else "",
            kind=kind if kind in dict(KINDS) else "",
            sort=sort if sort in SORTS else "name",
        )

    @property
    def narrow(self) -> bool:
        return bool(self.q or self.segment or self.kind)


@dataclass(frozen=True)
class Row:
    """An account in the list, as a product sees it: what was heard from it, and what is open there."""

    account: Account
    heard: Heard
    deals: int
    amount: float


@dataclass(frozen=True)
class Listing:
    """One page of accounts, how many fit, and how many of those are customers."""

    rows: list[Row]
    next: str
    found: lists.Count
    customers: lists.Count


def fitting(actor: Actor, filters: Filters) -> QuerySet[Account]:
    """The accounts that the filters leave, in no order."""
    rows = Account.objects.visible_to(actor)
    if filters.segment:
        rows = rows.filter(segment=None if filters.segment == "none" else int(filters.segment))
    if filters.kind:
        rows = rows.filter(is_customer=filters.kind == "customer")
    if filters.q:
        words = lists.by_words(filters.q)
        rows = rows.filter(Q(search=words)) if words else rows.none()
    return rows


def listing(actor: Actor, product: Product, filters: Filters, after: str = "") -> Listing:
    """One page of the list: four queries and what later stages ask, however many accounts there are."""
    rows = fitting(actor, filters)
    shown = rows.select_related("segment").defer("search", "note")
    cut = lists.cut(shown, SORTS[filters.sort], after=after)
    found = AccountsOf(product, cut.rows)
    heard, deals = said("accounts.heard", actor, found), _open_deals(actor, found)
    return Listing(
        [Row(one, heard.get(one.pk, Heard()), *deals.get(one.pk, (0, 0.0))) for one in cut.rows],
        cut.next,
        lists.count(rows),
        lists.count(rows.filter(is_customer=True)),
    )


def _open_deals(actor: Actor, found: AccountsOf) -> dict[int, tuple[int, float]]:
    open_ = Deal.objects.visible_to(actor).filter(
        product=found.product, state=Deal.State.OPEN, account__in=[account.pk for account in found.accounts]
    )
    told = open_.order_by().values("account").annotate(n=Count("pk"), worth=Sum("amount", default=0))
    return {row["account"]: (row["n"], float(row["worth"])) for row in told}


@dataclass(frozen=True)
class Page:
    """An account with its people and its deals of one product."""

    account: Account
    heard: Heard
    contacts: list[Contact]
    deals: list[Deal]


def page(actor: Actor, product: Product, account: Account) -> Page:
    """Two queries and what later stages ask."""
    heard = said("accounts.heard", actor, AccountsOf(product, [account]))
    deals = Deal.objects.visible_to(actor).filter(product=product, account=account)
    return Page(
        account,
        heard.get(account.pk, Heard()),
        list(Contact.objects.visible_to(actor).filter(account=account)[:MOST_CONTACTS]),
        list(deals.order_by("-pk")[:SHOWN]),
    )


def one(actor: Actor, number: int) -> Account | None:
    """An account the actor may see."""
    rows = Account.objects.visible_to(actor).filter(pk=number).select_related("segment", "brought_by")
    found: Account | None = rows.defer("search").first()
    return found


def like(actor: Actor, words: str) -> QuerySet[Account]:
    """The accounts that a reference (AC-12) or words of a name stand for."""
    rows: QuerySet[Any] = Account.objects.visible_to(actor)
    if words.upper().startswith(f"{Account.prefix}-"):
        return rows.referred(words)  # type: ignore[attr-defined]
    query = lists.by_words(words)
    return rows.filter(search=query) if query else rows.none()
