"""Fills the shell around every page: who, which product, the menus with what waits, the line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.models import Company, Event, User
from clearspan.core.web import Place, actor_of
from clearspan.ui.shell import Crumb, Link, Person, Shell, Station

LINE = [
    ("inbox", "Inbox"),
    ("opportunities", "Opportunities"),
    ("options", "Options"),
    ("portfolio", "Portfolio"),
]
STATION_OF = {"inbox": 0, "asks": 0, "opportunities": 1, "options": 2, "portfolio": 3, "roadmap": 3, "decisions": 3}
MOST_PERSONS = 30
MORE = [
    ("roadmap", "Roadmap", "road"),
    ("market", "Market", "market"),
    ("decisions", "Decisions", "book"),
]


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context `shell`, made only when a page asks for it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The shell for this request: a constant number of queries, whatever the company's size."""
    actor = actor_of(request)
    if not actor.is_employee or actor.person is None:
        return Shell(demo=_persons(request), switch_person_url=reverse("switch_person") if settings.DEMO else "")
    products = list(Product.objects.visible_to(actor).filter(is_archived=False))
    product = getattr(request, "product", None)
    if product is None:
        key = request.session.get("product")
        product = next((p for p in products if p.key == key), products[0] if products else None)
    person = actor.person
    counts = (
        {}
        if product is None
        else {name: n for said in panels.ask("counts", actor, product) for name, n in said.items()}
    )

    def here(name: str) -> str:
        return reverse(name, args=[product.key]) if product else reverse("today")

    last = Event.objects.filter(person=person, can_undo=True, undone_by=None).exclude(summary="").first()
    asks = Link("asks", "Asks", here("asks"), "asks", counts.get("asks", 0), hot=True)
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
        line=tuple(Link(name, label, here(name), count=counts.get(name, 0)) for name, label in LINE),
        more=(
            *(Link(name, label, here(name), icon) for name, label, icon in MORE),
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
        undo_url=f"{reverse('do', args=['undo'])}?event={last.pk}" if last else "",
    )


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
    people = User.objects.filter(is_active=True).exclude(function=None).select_related("function")[:MOST_PERSONS]
    return tuple(Link(str(p.pk), p.name, str(p.pk), hint=p.function.name if p.function else "") for p in people)
