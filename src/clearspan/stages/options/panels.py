"""What options say on the pages of needs: which there are, what they earn, and how far a need has come by them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.urls import reverse

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.options.queries import priced
from clearspan.stages.options.ways import ways
from clearspan.ui.marks import Scale

STATION = 3  # options are the line's third


def provide() -> None:
    """Registers this stage's answers."""
    panels.provide("opportunity.options", on_need)
    panels.provide("opportunity.tree", in_tree)
    panels.provide("opportunity.reached", reached)
    panels.provide("opportunity.merged", merged)


def on_need(actor: Actor, need: Opportunity) -> Fragment:
    """The options that would meet a need, on its page."""
    rows = priced(Option.objects.visible_to(actor).filter(meets__opportunity=need).defer("search", "summary"))
    rows.sort(key=lambda row: (row.npv is None, -(row.npv or 0)))
    values = [value for row in rows if row.five for value in row.five]
    scale = Scale.amounts(values, about=3) if values else None
    return Fragment(
        "options/_on_need.html", {"need": need, "rows": rows, "scale": scale, "currency": Company.ours().currency}
    )


def in_tree(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, list[tuple[str, str]]]:
    """The options under each need of the tree: one query."""
    found: dict[int, list[tuple[str, str]]] = {}
    meets = Meets.objects.visible_to(actor).filter(opportunity__in=[need.pk for need in needs]).order_by("option")
    address = cache(lambda key, option: reverse("option", args=[key, option]))  # an option meets several needs
    for need, option, title, key in meets.values_list("opportunity", "option", "option__title", "option__product__key"):
        found.setdefault(need, []).append((title, address(key, option)))
    return found


def reached(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, int]:
    """The needs that have an option have come to the third station."""
    return dict.fromkeys((need for _, need in ways(actor, needs)), STATION)


def merged(actor: Actor, given: tuple[Sequence[Opportunity], Opportunity]) -> None:
    """When needs become one, what meets them meets the one that stays."""
    needs, into = given
    kept = set(Meets.objects.filter(opportunity=into).values_list("option", flat=True))
    for meets in Meets.objects.filter(opportunity__in=[need.pk for need in needs]).order_by("pk"):
        if meets.option_id in kept:
            meets.delete()
        else:
            meets.opportunity = into
            meets.save(update_fields=["opportunity"])
            kept.add(meets.option_id)
