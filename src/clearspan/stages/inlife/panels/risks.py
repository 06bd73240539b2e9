"""What leadership is told to look at in-life: KPIs off their way, and decisions whose promise was not kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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


def provide() -> None:
    """Registers these answers."""
    panels.provide("first.risks", at_risk)


def at_risk(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """What each product that has such a thing is behind with: as many queries for all as for one."""
    today, found = timezone.localdate(), dict[int, list[Standing]]()
    for some in (_kpis_off(actor, products, today), _promises_broken(actor, products, today)):
        listed: dict[int, list[Standing]] = {}
        for product, one in some:
            listed.setdefault(product, []).append(one)
        for product, rows in listed.items():
            found.setdefault(product, []).extend(rows[:OF_A_PRODUCT])
    return found


def _kpis_off(actor: Actor, products: Sequence[Product], today: date) -> Iterator[tuple[int, Standing]]:
    rows = KPI.objects.visible_to(actor).filter(product__in=products, is_archived=False, target__isnull=False)
    for one in standings(rows.select_related("product").order_by("target_on", "pk")[:MOST_KPIS], today):
        if one.is_on is False and one.last is not None:
            words = f"{one.kpi} {'missed its target' if one.was_reached is False else 'is off its way'}"
            url = reverse("kpi", args=[one.kpi.product.key, one.kpi.pk])
            yield one.kpi.product_id, Standing(words, _stands(one, today), url, is_behind=True)


def _stands(one: KPIStanding, today: date) -> str:
    """ "64 in 100 on 1 Nov, to be 85 in 100 by 25 Apr"."""
    kpi, last = one.kpi, one.last
    assert last is not None and kpi.target is not None and kpi.target_on is not None
    verb = "was to be" if kpi.target_on <= today else "to be"
    wanted = f"{verb} {kpi_words.value(one, kpi.target)} by {day(kpi.target_on, today)}"
    return f"{kpi_words.value(one, last.value)} on {day(last.day, today)}, {wanted}"


def _promises_broken(actor: Actor, products: Sequence[Product], today: date) -> Iterator[tuple[int, Standing]]:
    rows = Decision.objects.visible_to(actor).filter(
        product__in=products, kind=Decision.Kind.CHOOSE, expected__has_key="npv"
    )
    newest = rows.select_related("option", "product").order_by("-decided_on", "-pk")[:NEWEST]
    below = [one for one in promises(actor, newest) if one.is_inside is False and (one.came or 0.0) < _low(one)]
    currency = Company.ours().currency
    for one in below:
        assert one.by_then is not None and one.outcome is not None
        words = f"“{one.decision.option or one.decision}” brought less than was promised"
        by = day(one.outcome.day, today)
        detail = f"{money(one.came, currency)} by {by}, not {money_range(one.by_then[0], one.by_then[4], currency)}"
        url = reverse("decision", args=[one.decision.product.key, one.decision.pk])
        yield one.decision.product_id, Standing(words, detail, url, is_behind=True)


def _low(one: Promise) -> float:
    return one.by_then[0] if one.by_then else 0.0
