"""What leadership is told to look at in-life: KPIs off their way, and decisions whose promise was not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Promise, promises
from clearspan.stages.inlife import kpi_words
from clearspan.stages.inlife.models import KPI
from clearspan.stages.inlife.queries.kpis import Standing as KPIStanding
from clearspan.stages.inlife.queries.kpis import standings
from clearspan.ui.numbers import day, money, money_range

NEWEST, MOST_KPIS = 60, 60  # decisions and KPIs that are judged, of all products
OF_A_PRODUCT = 2  # of each kind: the worst in the list, the rest on its own page

T = TypeVar("T")


def provide() -> None:
    """Registers these answers."""
    panels.provide("first.risks", at_risk)


def at_risk(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """What each product that has such a thing is behind with: as many queries for all as for one."""
    today, found = timezone.localdate(), dict[int, list[Standing]]()
    named = {product.pk: product for product in products}
    for kpi in _first(_kpis_off(actor, products, today), lambda one: one.kpi.product_id):
        found.setdefault(kpi.kpi.product_id, []).append(_of_kpi(kpi, named[kpi.kpi.product_id], today))
    currency = Company.ours().currency
    for promise in _first(_promises_broken(actor, named), lambda one: one.decision.product_id):
        found.setdefault(promise.decision.product_id, []).append(_of_promise(promise, currency, today))
    return found


def _first(rows: Iterable[T], product: Callable[[T], int]) -> Iterator[T]:
    """The first `OF_A_PRODUCT` of each product; nothing is put into words that is not shown."""
    taken: Counter[int] = Counter()
    for one in rows:
        taken[product(one)] += 1
        if taken[product(one)] <= OF_A_PRODUCT:
            yield one


def _kpis_off(actor: Actor, products: Sequence[Product], today: date) -> list[KPIStanding]:
    rows = KPI.objects.visible_to(actor).filter(product__in=products, is_archived=False, target__isnull=False)
    listed = standings(rows.defer("text").order_by("target_on", "pk")[:MOST_KPIS], today)
    return [one for one in listed if one.is_on is False and one.last is not None]


def _of_kpi(one: KPIStanding, product: Product, today: date) -> Standing:
    words = f"{one.kpi} {'missed its target' if one.was_reached is False else 'is off its way'}"
    return Standing(words, _stands(one, today), reverse("kpi", args=[product.key, one.kpi.pk]), is_behind=True)


def _stands(one: KPIStanding, today: date) -> str:
    """ "64 in 100 on 1 Nov, to be 85 in 100 by 25 Apr"."""
    kpi, last = one.kpi, one.last
    assert last is not None and kpi.target is not None and kpi.target_on is not None
    verb = "was to be" if kpi.target_on <= today else "to be"
    wanted = f"{verb} {kpi_words.value(one, kpi.target)} by {day(kpi.target_on, today)}"
    return f"{kpi_words.value(one, last.value)} on {day(last.day, today)}, {wanted}"


def _promises_broken(actor: Actor, products: Mapping[int, Product]) -> list[Promise]:
    rows = Decision.objects.visible_to(actor).filter(
        product__in=products, kind=Decision.Kind.CHOOSE, expected__has_key="npv"
    )
    shown = ("kind", "title", "product", "option__title", "decided_on", "starts", "expected")
    newest = list(rows.select_related("option").only(*shown).order_by("-decided_on", "-pk")[:NEWEST])
    for decision in newest:
        decision.product = products[decision.product_id]
    return [one for one in promises(actor, newest) if one.is_inside is False and (one.came or 0.0) < _low(one)]


def _of_promise(one: Promise, currency: str, today: date) -> Standing:
    assert one.by_then is not None and one.outcome is not None
    words = f"“{one.decision.option or one.decision}” brought less than was promised"
    came, by = money(one.came, currency), day(one.outcome.day, today)
    detail = f"{came} by {by}, not {money_range(one.by_then[0], one.by_then[4], currency)}"
    url = reverse("decision", args=[one.decision.product.key, one.decision.pk])
    return Standing(words, detail, url, is_behind=True)


def _low(one: Promise) -> float:
    return one.by_then[0] if one.by_then else 0.0
