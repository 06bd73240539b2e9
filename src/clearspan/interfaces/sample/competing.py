"""Writes whom Marrowby sells against: offers with their prices, who meets which need, feeds, lost deals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from clearspan.catalogue.actions import record_offer, record_price
from clearspan.catalogue.models import Competitor, Deal
from clearspan.core.actor import Actor
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.rows import Rows, at_noon, backdate
from clearspan.stages.definition.actions import say_who_does
from clearspan.stages.definition.models import Requirement
from clearspan.stages.evidence import feed_taking
from clearspan.stages.evidence.feed_reading import Entry
from clearspan.stages.evidence.feed_source import Fetched
from clearspan.stages.evidence.models import Feed, Intelligence
from clearspan.stages.opportunities.actions import allow_quote, link_intelligence, say_who_meets
from clearspan.stages.opportunities.models import Mention, Opportunity

NAMED = 0.45  # of decided deals whose reason names no competitor: sales knew whom the buyer looked at too
QUOTES = 2  # customers who agreed to be quoted, of each need that is compared


def market(rows: Rows, needs: dict[str, Opportunity], today: date, seed: int) -> None:
    """All of it, as sales and the managers of the products wrote it down."""
    rivals = {(one.product_id, one.name): one for one in Competitor.objects.all()}
    deals_against(rivals, seed)
    _cards(rows, rivals, today)
    _offers(rows, rivals, today)
    _meets(rows, rivals, needs, today)
    _does(rows, rivals, today)
    _feeds(rows, rivals, today)
    _speaks(rows, needs)


def deals_against(rivals: dict[tuple[int, str], Competitor], seed: int) -> None:
    """Whom a deal was lost to stands in its reason, where it does; of others sales knew in nearly half."""
    rng = np.random.default_rng([seed, 55])
    deals = list(Deal.objects.order_by("pk"))
    for deal in deals:
        own = [one for (product, _), one in rivals.items() if product == deal.product_id]
        named = next((one for one in own if one.name in deal.reason), None)
        guess = own[int(rng.integers(len(own)))] if rng.random() < NAMED and deal.state != Deal.State.OPEN else None
        deal.competitor = named or guess
    Deal.objects.bulk_update(deals, ["competitor"])


def _cards(rows: Rows, rivals: dict[tuple[int, str], Competitor], today: date) -> None:
    for given in load("market")["card"]:
        one = rivals[rows.products[given["product"]].pk, given["competitor"]]
        one.reply, one.landmines = given["reply"], given["landmines"]
        one.looked_on, one.looked_by = today - timedelta(days=given["looked"]), rows.people["fergus"]
        one.save()


def _offers(rows: Rows, rivals: dict[tuple[int, str], Competitor], today: date) -> None:
    sales = Actor(rows.people["fergus"])
    for given in load("market")["offer"]:
        product = rows.products[given["product"]]
        offer = record_offer(
            sales, product=product, competitor=rivals.get((product.pk, given.get("competitor", ""))),
            name=given["name"], plan=given.get("plan", ""), note=given.get("note", ""),
        )  # fmt: skip
        for price in given["prices"]:
            record_price(
                sales, offer=offer, amount=Decimal(str(price["amount"])) if "amount" in price else None,
                per=price.get("per", ""), seen_on=today - timedelta(days=price["ago"]), source=price["source"],
                is_confidential=price.get("confidential", False),
            )  # fmt: skip


def _meets(rows: Rows, rivals: dict[tuple[int, str], Competitor], needs: dict[str, Opportunity], today: date) -> None:
    """Who meets a need, and for what we do well a customer or two who let us say so."""
    for given in load("market")["meets"]:
        product, need = rows.products[given["product"]], needs[given["need"]]
        for name, told in given.items():
            if name in ("product", "need"):
                continue
            says, ago, source, note = told
            say_who_meets(
                _manager(rows, given), opportunity=need, competitor=rivals.get((product.pk, name)), says=says,
                seen_on=today - timedelta(days=ago), source=source, note=note,
            )  # fmt: skip
        if given["ours"][0] == "yes":
            _agreed(rows, need)


def _does(rows: Rows, rivals: dict[tuple[int, str], Competitor], today: date) -> None:
    """Who does today what is required of what is being defined."""
    for given in load("market")["does"]:
        product = rows.products[given["product"]]
        requirement = Requirement.objects.get(definition__product=product, title=given["requirement"])
        for name, told in given.items():
            if name in ("product", "requirement"):
                continue
            says, ago, source, note = told
            say_who_does(
                _manager(rows, given), requirement=requirement, competitor=rivals.get((product.pk, name)), says=says,
                seen_on=today - timedelta(days=ago), source=source, note=note,
            )  # fmt: skip


def _agreed(rows: Rows, need: Opportunity) -> None:
    quotes = Mention.objects.filter(opportunity=need, answer=True, feedback__account__is_customer=True)
    quotes = quotes.exclude(quote="").select_related("feedback__account").order_by("-importance", "-heard_at", "-pk")
    seen: set[int] = set()
    for mention in quotes[:40]:
        account = mention.feedback.account
        if account is None or account.pk in seen:
            continue
        seen.add(account.pk)
        allow_quote(Actor(rows.people["fergus"]), mention=mention, agreed=f"{account}, by mail to F. Adeyemi")
        if len(seen) == QUOTES:
            return


def _feeds(rows: Rows, rivals: dict[tuple[int, str], Competitor], today: date) -> None:
    """Feeds as if they had been read this morning; their addresses lead nowhere, so none is read again."""
    for given in load("market")["feed"]:
        product = rows.products[given["product"]]
        feed = Feed.objects.create(
            product=product, name=given["name"], address=given["address"], only=given.get("only", ""), every=0,
            competitor=rivals.get((product.pk, given.get("competitor", ""))), asked_by=rows.people["fergus"],
        )  # fmt: skip
        entries = [
            Entry((f"{feed.pk}-{place}",), one["title"], one["text"], f"{given['address']}#{place}",
                  today - timedelta(days=one["ago"]))
            for place, one in enumerate(given["entries"])
        ]  # fmt: skip
        feed_taking.take_in(feed, Fetched(b""), entries)
    came = Intelligence.objects.filter(feed__isnull=False)
    backdate(Intelligence, {one.pk: at_noon(one.seen_on) for one in came})


def _speaks(rows: Rows, needs: dict[str, Opportunity]) -> None:
    for given in load("market")["speaks"]:
        piece = Intelligence.objects.get(product=rows.products[given["product"]], title=given["title"])
        link_intelligence(
            _manager(rows, given), opportunity=needs[given["need"]], intelligence=piece, note=given["note"]
        )


def _manager(rows: Rows, given: dict[str, Any]) -> Actor:
    managers = {row["key"]: row["manager"] for row in load("company")["product"]}
    return Actor(rows.people[managers[given["product"]]])
