"""Fills the shell around every page: who, which product, the menus with what waits, the line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from clearspan.catalogue.models import Product, Supplier
from clearspan.core import lists, panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company, Event, User
from clearspan.core.web import Place, actor_of
from clearspan.ui.shell import Crumb, Link, Person, Shell, Station

LINE = [
    ("inbox", "Inbox"),
    ("opportunities", "Opportunities"),
    ("options", "Options"),
    ("portfolio", "Portfolio"),
    ("definitions", "Definition"),
    ("development", "Development"),
    ("launches", "Launch"),
    ("inlife", "In-life"),
]
STATION_OF = {
    "inbox": 0, "asks": 0, "opportunities": 1, "options": 2, "portfolio": 3, "roadmap": 3, "decisions": 3,
    "definitions": 4, "development": 5, "launches": 6, "inlife": 7,
}  # fmt: skip
MOST_PERSONS = 30
MORE = [
    ("roadmap", "Roadmap", "road"),
    ("briefs", "Briefs", "asks"),
    ("market", "Market", "market"),
    ("decisions", "Decisions", "book"),
    ("portal", "Portal", "door"),
]
ADDRESS = {"portal": "moderation"}  # where a menu entry is not called as its page is


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context `shell`, made only when a page asks for it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The shell for this request: a constant number of queries, whatever the company's size."""
    actor = actor_of(request)
    if not actor.is_employee or actor.person is None:
        return _of_guest(request, actor)
    products = [product for product in Product.all_for(actor) if not product.is_archived]
    product = getattr(request, "product", None)
    if product is None:
        product = Product.opened_by(actor, request.session.get("product"))
    person = actor.person
    asked = [] if product is None else panels.ask("counts", actor, product)
    counts = lists.counts({name: rows for said in asked for name, rows in said.items()})
    waiting = {name: str(count) for name, count in counts.items() if count}

    def here(name: str) -> str:
        return reverse(ADDRESS.get(name, name), args=[product.key]) if product else reverse("today")

    asks = Link("asks", "Asks", here("asks"), "asks", waiting.get("asks", ""), hot=True)
    today = Link("today", "Today", reverse("today"), "today")
    place: Place = getattr(request, "place", None) or Place()
    strip = panels.first("trace", actor, place.about or product) if (place.about or product) else None
    return Shell(
        place=place.name,
        crumbs=_crumbs(getattr(request, "product", None), place),
        company=Company.ours().name,
        person=Person(person.name, person.function.name if person.function else ""),
        product=product.name if product else "No product yet",
        products=tuple(Link(p.key, p.name, reverse("inbox", args=[p.key])) for p in products),
        top=(today, asks),
        line=tuple(Link(name, label, here(name), count=waiting.get(name, "")) for name, label in LINE),
        more=(
            *(Link(name, label, here(name), icon, counts.get(name, 0)) for name, label, icon in MORE),
            Link("practice", "Practice", reverse("practice"), "book"),
            Link("settings", "Settings", reverse("settings"), "list"),
        ),
        bottom=(
            today,
            asks,
            Link("opportunities", "Needs", here("opportunities"), "list"),
            Link("market", "Market", here("market"), "market"),
        ),
        account=(Link("account", "Your account", reverse("account")), Link("audit", "What was done", reverse("audit"))),
        demo=_persons(request),
        trace=_here(strip or (), place),
        home_url=reverse("today"),
        find_url=reverse("find"),
        sign_out_url=reverse("account_logout"),
        switch_person_url=reverse("switch_person") if settings.DEMO else "",
        undo_url=_undo_url(person),
    )


def _of_guest(request: HttpRequest, actor: Actor) -> Shell:
    """Around the few pages of a customer or a supplier: their own account, and a supplier's one page."""
    person, place = actor.guest, getattr(request, "place", None) or Place()
    demo, switch = _persons(request), reverse("switch_person") if settings.DEMO else ""
    if person is None:
        return Shell(demo=demo, switch_person_url=switch, find_url="")
    suppliers = Supplier.objects.visible_to(actor)
    pages = tuple(Link("supplying", "Milestones", reverse("supplying"), "list") for _ in suppliers[:1])
    return Shell(
        place=place.name,
        crumbs=_crumbs(None, place),
        person=Person(person.name, ", ".join(one.name for one in suppliers)),
        top=pages,
        bottom=(*pages, Link("account", "Your account", reverse("account"), "list")),
        account=(Link("account", "Your account", reverse("account")),),
        demo=demo,
        home_url=reverse("today"),
        find_url="",
        sign_out_url=reverse("account_logout"),
        switch_person_url=switch,
        undo_url=_undo_url(person),
    )


def _undo_url(person: User) -> str:
    rows = Event.objects.filter(person=person, can_undo=True, undone_by=None).exclude(summary="")
    last = rows.values_list("pk", flat=True).first()
    return f"{reverse('do', args=['undo'])}?event={last}" if last else ""


def _here(strip: tuple[Station, ...], place: Place) -> tuple[Station, ...]:
    """On a list the product's line says which station this is."""
    at = STATION_OF.get(place.name)
    if place.about is not None or at is None or not strip:
        return strip
    return tuple(replace(station, state="here") if i == at else station for i, station in enumerate(strip))


def _crumbs(product: Product | None, place: Place) -> tuple[Crumb, ...]:
    """The product, the list a page belongs to, the page."""
    if product is None:
        return tuple(Crumb(*crumb) for crumb in place.crumbs)
    start = Crumb(product.name, reverse("inbox", args=[product.key]))
    return (start, *(Crumb(*crumb) for crumb in place.crumbs))


def _persons(request: HttpRequest) -> tuple[Link, ...]:
    """In the sample company, and from this machine only, one may be anyone."""
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1"):
        return ()
    there = User.objects.filter(is_active=True).exclude(function=None, supplier_contact=None, contact=None)
    people = there.select_related("function", "supplier_contact__supplier", "contact__account")[:MOST_PERSONS]
    return tuple(Link(str(p.pk), p.name, str(p.pk), hint=_hint(p)) for p in people)


def _hint(person: User) -> str:
    if person.function:
        return person.function.name
    contact = getattr(person, "contact", None)
    return f"{contact.account.name}, a customer" if contact else person.supplier_contact.supplier.name
