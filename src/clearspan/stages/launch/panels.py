"""What launches say on earlier pages: how far a need has come, an option's way to market, what is being prepared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Competitor, Deal, Product
from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.once import once
from clearspan.core.panels import Fragment
from clearspan.core.records import Records
from clearspan.stages.decisions.queries.roadmap import DONE
from clearspan.stages.launch import answers, campaign_words, queries
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.launch.queries import battlecards, campaigns
from clearspan.stages.launch.rules import works_on
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.options.ways import met
from clearspan.ui.numbers import day, shorten

STATION = 7  # launches are the line's seventh
SOON = timedelta(days=90)  # within which leadership is told what a launch lacks
MOST_AT_RISK = 12  # of all products: the rest is on the launches' own pages


def provide() -> None:
    """Registers this stage's answers."""
    panels.provide("counts", counts)
    panels.provide("option", on_option)
    panels.provide("item.launch", launch_of)
    panels.provide("launch", campaigns_on_launch)
    panels.provide("opportunity.reached", reached)
    panels.provide("roadmap.progress", launched)
    panels.provide("roadmap.launch", ahead)
    panels.provide("competitor.links", battlecard_of)
    panels.provide("deal.beside", battlecards_of_deal)
    panels.provide("first.battle", battlecards_of_products)
    panels.provide("first.risks", launches_at_risk)


def counts(actor: Actor, product: Product) -> dict[str, Records]:
    """Launches that are being prepared, for the menu."""
    return {"launches": Launch.objects.filter(product=product, state__in=queries.OPEN)}


def battlecard_of(actor: Actor, competitor: Competitor) -> dict[str, str]:
    """The way from a competitor to its battlecard."""
    url = reverse("battlecard", args=[competitor.product.key, competitor.pk])
    return {"url": url, "label": "Battlecard", "key": "b"}


def battlecards_of_products(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """On the first page of sales: whom one meets, in what we are better, and the way to each battlecard. One query."""
    found: dict[int, list[Standing]] = {}
    keys = {product.pk: product.key for product in products}
    rows = Competitor.objects.visible_to(actor).filter(product__in=products).only("name", "weaknesses", "product")
    for one in rows.order_by("product", "name"):
        better = shorten(one.weaknesses, 160) or "where we are better nobody has written yet"
        url = reverse("battlecard", args=[keys[one.product_id], one.pk])
        found.setdefault(one.product_id, []).append(Standing(f"Against {one}", better, url))
    return found


def launches_at_risk(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """To leadership: launches soon, in whose way something stands or that are likely not built by their day; of the
    `MOST_AT_RISK` that come first."""
    now, named = timezone.localdate(), {product.pk: product for product in products}
    soon = Launch.objects.visible_to(actor).filter(
        product__in=products, state__in=queries.OPEN, planned_on__lte=now + SOON
    )
    blocks = Count("commitments", filter=queries.stands_in_its_way(now))
    rows = list(
        soon.annotate(blocks=blocks).only("title", "product", "planned_on").order_by("planned_on", "pk")[:MOST_AT_RISK]
    )
    built = queries.builds(actor, rows, now, with_plans=False)
    found: dict[int, list[Standing]] = {}
    for one in rows:
        detail = answers.of_risk(one.blocks, built[one.pk].chance)
        if detail:
            url = reverse("meeting", args=[named[one.product_id].key, one.pk])
            words = f"“{one}” on {day(one.planned_on, now)}"
            found.setdefault(one.product_id, []).append(Standing(words, detail, url, is_behind=True))
    return found


def battlecards_of_deal(actor: Actor, deal: Deal) -> Fragment | None:
    """Beside a deal, or an ask in it: how we win against whom the buyer looks at too."""
    found = battlecards.of_deal(actor, deal)
    if not found:
        return None
    said = {
        "product": deal.product, "competitors": found, "is_known": deal.competitor_id is not None,
        "finding": "Against whom" if deal.competitor_id else "Against whom nobody has said",
    }  # fmt: skip
    return Fragment("launch/_battlecards.html", said)


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """On an option's page: the launch that brings it, or the way to plan one. Nothing before it was chosen."""
    launch = queries.reached(actor, [option.pk]).get(option.pk)
    if launch is None and option.state != Option.State.CHOSEN:
        return None
    return Fragment("launch/_on_option.html", {"option": option, "launch": launch})


def launch_of(actor: Actor, option: Option) -> Launch | None:
    """Beside why an item is built: the launch that needs its option, the newest that was not called off. One query."""
    rows = Launch.objects.visible_to(actor).filter(brings__option=option).exclude(state=Launch.State.OFF)
    found: Launch | None = rows.only("title", "planned_on", "launched_on").order_by("-pk").first()
    return found


def campaigns_on_launch(actor: Actor, launch: Launch) -> Fragment:
    """On a launch's page: what is promoted, what a customer costs there, and the way to plan more."""
    currency = Company.ours().currency
    stands = campaigns.campaigns(actor, launch.product, launch=launch)
    said = {"launch": launch, "product": launch.product, "may_work": works_on(actor, {"launch": launch})}
    rows = [(one.campaign, campaign_words.of_campaign(one, currency)) for one in stands]
    return Fragment("launch/_campaigns.html", {**said, "rows": rows})


def reached(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, int]:
    """The needs of which an option is being launched have come to the seventh station."""
    brought = LaunchOption.objects.visible_to(actor).exclude(launch__state=Launch.State.OFF).order_by()
    come = met(actor, needs, lambda options: brought.filter(option__in=options).values_list("option", flat=True))
    return dict.fromkeys(come, STATION)


def launched(actor: Actor, options: Sequence[Option]) -> dict[int, str] | None:
    """What was brought to market is no longer coming."""
    return {option: DONE for option, state, _ in _brought(actor, options) if state == Launch.State.LAUNCHED} or None


def ahead(actor: Actor, options: Sequence[Option]) -> dict[int, date] | None:
    """The first day on which each is to be brought to market; nothing of what is on the market already."""
    there: set[int] = set()
    days: dict[int, date] = {}
    for option, state, planned in _brought(actor, options):
        if state == Launch.State.LAUNCHED:
            there.add(option)
        elif state in queries.OPEN:
            days[option] = min(planned, days.get(option, planned))
    return {option: planned for option, planned in days.items() if option not in there} or None


def _brought(actor: Actor, options: Sequence[Option]) -> list[tuple[int, str, date]]:
    """(option, state of a launch that brings it, its planned day): read once a page, which asks for both."""
    keys = tuple(option.pk for option in options)

    def read() -> list[tuple[int, str, date]]:
        rows = LaunchOption.objects.visible_to(actor).filter(option__in=keys).order_by()
        return list(rows.values_list("option", "launch__state", "launch__planned_on"))

    return once(("brought", actor.is_system, actor.person and actor.person.pk, keys), read)
