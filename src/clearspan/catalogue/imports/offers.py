from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.imports.of_product import OfProduct
from clearspan.catalogue.models import Competitor, Offer, Price, Product
from clearspan.catalogue.rules import either, sells, works_on
from clearspan.core.actions import without_keeping
from clearspan.core.imports.kinds import Brought, Field, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Day, Link, Money, Text
from clearspan.core.models import Company

_OURS = frozenset({"", "us", "we", "ours", "ourselves"})
_COLUMNS = ("competitor", "name", "plan", "amount", "currency", "per", "seen_on", "source", "url", "remark", "website")
_PRICE = ("amount", "currency", "per", "source", "url", "note")


@dataclass
class Planned:
    """What the file adds up to. Keys are names in lower case without spaces; no competitor is the empty key."""

    competitors: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    offers: dict[tuple[str, str, str], dict[str, Any]] = dataclasses.field(default_factory=dict)
    prices: dict[tuple[tuple[str, str, str], date], dict[str, Any]] = dataclasses.field(default_factory=dict)
    known: dict[tuple[tuple[str, str, str], date], Price] = dataclasses.field(default_factory=dict)

    def differs(self, key: tuple[tuple[str, str, str], date]) -> bool:
        there = self.known.get(key)
        return there is not None and any(getattr(there, name) != value for name, value in self.prices[key].items())


class Offers(OfProduct):
    """What competitors and we sell, and what it cost on which day. Competitors that are not here yet are made."""

    name = "offers"
    label = "Competitors and prices"
    order = 4
    words = ("price", "prices")
    about = "What competitors sell at what price, as seen on a day: a price comparison, a list kept by hand."
    fields = (
        Field("competitor", "Competitor", Text(120), "By name; made when it is not here yet. “Ours” is what we sell.",
          required=True, synonyms="competitorname rival vendor provider company supplier brand"),
        Field("name", "Offer", Text(120), "What it is called.", required=True,
          synonyms="offer product productname offering item title"),
        Field("plan", "Plan", Text(120), "Edition or size.", synonyms="tier edition package planname size variant"),
        Field("amount", "Price", Money(), "Empty: told on request only.",
          synonyms="price listprice cost unitprice fee monthlyprice amount"),
        Field("currency", "Currency", Text(3), "Three letters; empty is the company’s.",
          synonyms="currencycode curr iso ccy"),
        Field("per", "For what", Text(60), "A berth, a month.",
              synonyms="per unit billing period billedper"),
        Field("seen_on", "Seen on", Day(), "Empty is the day of the import.",
          synonyms="date seen validfrom effectivedate asof checkedon pricedate"),
        Field("source", "Who says so", Text(200, cut=True), "A list, a site, a buyer.", required=True,
          synonyms="source saidby origin evidence reference"),
        Field("url", "Where it can be read", Link(500), synonyms="url link address href page"),
        Field("remark", "Note", Text(300, cut=True), synonyms="note notes comment comments remarks"),
        Field("website", "Competitor’s website", Link(200), synonyms="homepage site web competitorwebsite"),
    )  # fmt: skip
    options = (finding.product_option("The product whose market this is."),)
    brings = (Brought(Price), Brought(Offer), Brought(Competitor))

    rule = staticmethod(either(sells, works_on))

    def complete(self, values: dict[str, Any]) -> None:
        currency = (values.get("currency") or "").strip().upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise ValueError("Currency", currency, "three letters, such as GBP")
        values["currency"] = currency or None
        if values.get("amount") is not None and values["amount"] < 0:
            raise ValueError("Price", str(values["amount"]), "nothing under 0")

    def plan(self, staging: Staging) -> None:
        product, planned = staging.chosen["product"], Planned()
        usual, today = Company.ours().currency, timezone.localdate()
        rows = staging.query(f"SELECT {', '.join(_COLUMNS)} FROM staged ORDER BY row")  # noqa: S608 own words
        repeated = 0
        for row in rows:
            given = dict(zip(_COLUMNS, row, strict=True))
            key = finding.key_of(given["competitor"])
            whose = "" if key in _OURS or key == finding.key_of(product.name) else key
            if whose:
                told = planned.competitors.setdefault(whose, {"name": given["competitor"], "website": ""})
                told["website"] = told["website"] or given["website"] or ""
            offer = (whose, finding.key_of(given["name"]), finding.key_of(given["plan"] or ""))
            planned.offers.setdefault(offer, {"name": given["name"], "plan": given["plan"] or ""})
            day = (offer, given["seen_on"] or today)
            repeated += day in planned.prices
            planned.prices[day] = {
                "amount": given["amount"], "currency": given["currency"] or usual, "per": given["per"] or "",
                "source": given["source"], "url": given["url"] or "", "note": given["remark"] or "",
            }  # fmt: skip
        if repeated:
            staging.notes.append(f"{repeated:,} rows are of an offer and day of another row: the last one counts.")
        planned.known = _known(product, planned)
        staging.planned = planned
        staging.known, staging.added = len(planned.known), len(planned.prices) - len(planned.known)
        staging.differing = sum(planned.differs(key) for key in planned.known)
        here = {
            finding.key_of(name) for name in Competitor.objects.filter(product=product).values_list("name", flat=True)
        }
        if new := len(set(planned.competitors) - here):
            staging.made["competitors"] = new

    def write(self, staging: Staging) -> None:
        product, planned = staging.chosen["product"], staging.planned
        if staging.update:  # first, while changes are kept, so that they can be put back
            for key, price in planned.known.items():
                if planned.differs(key):
                    Price.objects.filter(pk=price.pk).update(**planned.prices[key])
                    staging.updated += 1
            staging.differing -= staging.updated
        without_keeping()
        whose = _made_competitors(product, planned, staging)
        offers = _made_offers(product, planned, whose, staging)
        new = {key: given for key, given in planned.prices.items() if key not in planned.known}
        Price.objects.bulk_create(
            Price(
                offer_id=offers[offer], seen_on=day, brought_by=staging.file, recorded_by=staging.file.asked_by, **given
            )
            for (offer, day), given in new.items()
        )
        staging.added = len(new)


def _known(product: Product, planned: Planned) -> dict[tuple[tuple[str, str, str], date], Price]:
    there = Price.objects.filter(offer__product=product).select_related("offer__competitor")
    by = {(_key(price.offer), price.seen_on): price for price in there}
    return {key: by[key] for key in planned.prices if key in by}


def _made_competitors(product: Product, planned: Planned, staging: Staging) -> dict[str, int | None]:
    here = {finding.key_of(one.name): one.pk for one in Competitor.objects.filter(product=product)}
    new = {key: given for key, given in planned.competitors.items() if key not in here}
    made = Competitor.objects.bulk_create(
        Competitor(product=product, brought_by=staging.file, **given) for given in new.values()
    )
    if new:
        staging.made["competitors"] = len(new)
    return {"": None, **here, **{key: one.pk for key, one in zip(new, made, strict=True)}}


def _made_offers(
    product: Product, planned: Planned, whose: Mapping[str, int | None], staging: Staging
) -> dict[tuple[str, str, str], int]:
    here = {_key(one): one.pk for one in Offer.objects.filter(product=product).select_related("competitor")}
    new = {key: given for key, given in planned.offers.items() if key not in here}
    made = Offer.objects.bulk_create(
        Offer(product=product, competitor_id=whose[key[0]], brought_by=staging.file, **given)
        for key, given in new.items()
    )
    if new:
        staging.made["offers"] = len(new)
    return {**here, **{key: one.pk for key, one in zip(new, made, strict=True)}}


def _key(offer: Offer) -> tuple[str, str, str]:
    whose = finding.key_of(offer.competitor.name) if offer.competitor else ""
    return whose, finding.key_of(offer.name), finding.key_of(offer.plan)


register(Offers())
