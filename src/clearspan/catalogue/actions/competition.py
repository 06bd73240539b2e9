"""Against whom we sell: competitors, what they and we offer, and what that costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import PersonName, change, clear, create
from clearspan.catalogue.models import Competitor, Offer, Price, Product
from clearspan.catalogue.rules import either, sells, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Company

knows_the_market = either(sells, works_on)
Better = Annotated[str, Field(max_length=20_000, description="Where they are better, and who says so")]
Worse = Annotated[str, Field(max_length=20_000, description="Where we are better, and who says so")]
Reply = Annotated[str, Field(max_length=20_000, description="What to say where they are better")]
Landmines = Annotated[
    str, Field(max_length=20_000, description="Questions a buyer should put to them; what not to walk into")
]
Site = Annotated[str, Field(max_length=200, pattern=r"^$|^https?://")]
Link = Annotated[str, Field(max_length=500, pattern=r"^$|^https?://")]
Plan = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=120), Field(description="Which plan, edition or size")
]
Amount = Annotated[
    Decimal | None, Field(ge=0, max_digits=14, decimal_places=2, description="None: told on request only")
]
Currency = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^$|^[A-Za-z]{3}$")]
Per = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60), Field(description="For what: a berth, a month")
]
SeenOn = Annotated[date | None, Field(description="The day it was seen or is valid from; None is today")]
SaysWho = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Field(description="Who says so")]
Remark = Annotated[str, Field(max_length=300)]
Confidential = Annotated[bool, Field(description="True: stays off battlecards and what is handed out")]


@action(rule=knows_the_market, says="added the competitor {result}")
def record_competitor(
    actor: Actor,
    *,
    product: Product,
    name: PersonName,
    strengths: Better = "",
    weaknesses: Worse = "",
    reply: Reply = "",
    landmines: Landmines = "",
    website: Site = "",
) -> Competitor:
    """Adds somebody the market can choose instead."""
    return create(
        Competitor, product=product, name=name, strengths=strengths, weaknesses=weaknesses, reply=reply,
        landmines=landmines, website=website,
    )  # fmt: skip


@action(rule=knows_the_market, says="changed the competitor {competitor}")
def change_competitor(
    actor: Actor,
    *,
    competitor: Competitor,
    name: PersonName | None = None,
    strengths: Better | None = None,
    weaknesses: Worse | None = None,
    reply: Reply | None = None,
    landmines: Landmines | None = None,
    website: Site | None = None,
) -> Competitor:
    """Changes what is given and leaves the rest."""
    return change(
        competitor, name=name, strengths=strengths, weaknesses=weaknesses, reply=reply, landmines=landmines,
        website=website,
    )  # fmt: skip


@action(rule=knows_the_market, says="went over what is known of {competitor}")
def look_over_competitor(actor: Actor, *, competitor: Competitor) -> Competitor:
    """Says that all of it was looked at today and stands: the battlecard shows the day."""
    return change(competitor, looked_on=timezone.localdate(), looked_by=actor.person)


@action(rule=works_on, says="removed the competitor {competitor}")
def remove_competitor(actor: Actor, *, competitor: Competitor) -> None:
    """Takes a competitor out with its offers and comparisons; what was heard of it and its deals stay."""
    competitor.delete()


@action(rule=knows_the_market, says="added the offer {result}")
def record_offer(
    actor: Actor,
    *,
    product: Product,
    competitor: Annotated[Competitor | None, Field(description="Whose it is; None: ours")] = None,
    name: PersonName,
    plan: Plan = "",
    note: Annotated[str, Field(max_length=5_000, description="What is in it, for whom it is")] = "",
    amount: Amount = None,
    currency: Currency = "",
    per: Per = "",
    seen_on: SeenOn = None,
    source: SaysWho = "",
    url: Link = "",
) -> Offer:
    """Adds something a competitor sells instead, or that we sell; with an amount, also what it costs, who says so."""
    if competitor is not None and competitor.product_id != product.pk:
        raise Invalid({"competitor": f"{competitor} is a competitor of another product"})
    try:
        with transaction.atomic():
            offer = Offer.objects.create(product=product, competitor=competitor, name=name, plan=plan, note=note)
    except IntegrityError:
        raise Invalid({"name": "there is such an offer already; add a price to it"}) from None
    if amount is not None or source:
        record_price(
            actor, offer=offer, amount=amount, currency=currency, per=per, seen_on=seen_on, source=source, url=url
        )
    return offer


@action(rule=knows_the_market, says="changed the offer {offer}")
def change_offer(
    actor: Actor,
    *,
    offer: Offer,
    name: PersonName | None = None,
    plan: Plan | None = None,
    note: Annotated[str, Field(max_length=5_000)] | None = None,
    ended_on: Annotated[date | None, Field(description="Since when it is sold no more")] = None,
    still_sold: Annotated[bool, Field(description="True: it is sold after all")] = False,
) -> Offer:
    """Changes what is given and leaves the rest. What it costs is its prices: add one."""
    clear(offer, ended_on=still_sold)
    return change(offer, name=name, plan=plan, note=note, ended_on=ended_on)


@action(rule=knows_the_market, says="removed the offer {offer}")
def remove_offer(actor: Actor, *, offer: Offer) -> None:
    """Removes an offer that never was one, with its prices. One that is sold no more has ended instead."""
    offer.delete()


@action(rule=knows_the_market, says="noted what {offer} costs")
def record_price(
    actor: Actor,
    *,
    offer: Offer,
    amount: Amount = None,
    currency: Currency = "",
    per: Per = "",
    seen_on: SeenOn = None,
    source: SaysWho,
    url: Link = "",
    note: Remark = "",
    is_confidential: Confidential = False,
) -> Price:
    """Adds what an offer cost on a day. What it cost before stays, so that one sees how the price moved."""
    if not source:
        raise Invalid({"source": "say who says so: a price list, a site, a buyer"})
    seen_on = _not_ahead(seen_on) or timezone.localdate()
    if offer.prices.filter(seen_on=seen_on).exists():
        raise Invalid({"seen_on": "there is a price of that day already; change that one"})
    last = offer.prices.first()
    price: Price = Price.objects.create(
        offer=offer, amount=amount, currency=currency or (last.currency if last else Company.ours().currency),
        per=per or (last.per if last else ""), seen_on=seen_on, source=source, url=url, note=note,
        is_confidential=is_confidential, recorded_by=actor.person,
    )  # fmt: skip
    return price


@action(rule=knows_the_market, says="put right what {price.offer} cost")
def change_price(
    actor: Actor,
    *,
    price: Price,
    amount: Amount = None,
    on_request: Annotated[bool, Field(description="True: the amount is told on request only")] = False,
    currency: Currency | None = None,
    per: Per | None = None,
    seen_on: SeenOn = None,
    source: SaysWho | None = None,
    url: Link | None = None,
    note: Remark | None = None,
    is_confidential: Confidential | None = None,
) -> Price:
    """Puts right what was noted wrongly, and leaves the rest. A price that has changed since is a new one: add it."""
    clear(price, amount=on_request)
    given: dict[str, Any] = {
        "amount": amount, "currency": currency or None, "per": per, "seen_on": _not_ahead(seen_on),
        "source": source or None, "url": url, "note": note, "is_confidential": is_confidential,
    }  # fmt: skip
    if seen_on and price.offer.prices.filter(seen_on=seen_on).exclude(pk=price.pk).exists():
        raise Invalid({"seen_on": "there is a price of that day already"})
    return change(price, **given)


@action(rule=knows_the_market, says="removed a price of {price.offer}")
def remove_price(actor: Actor, *, price: Price) -> None:
    """Removes a price that never was."""
    price.delete()


def _not_ahead(day: date | None) -> date | None:
    """A price list may be valid from a day to come; more than a year ahead is a slip."""
    if day is not None and (day - timezone.localdate()).days > 366:
        raise Invalid({"seen_on": "this lies more than a year ahead"})
    return day
