"""What suppliers deliver, on the pages of options and of development."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development import supply_words
from clearspan.stages.development.models import Milestone
from clearspan.stages.development.queries import supply
from clearspan.stages.options.models import Option
from clearspan.ui.numbers import plural

MOST = 20  # of all products: whoever has more late deliveries needs the suppliers' pages


def provide() -> None:
    """Registers what suppliers have to say."""
    panels.provide("option", on_option)
    panels.provide("development", on_development)
    panels.provide("first.risks", late)


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """What suppliers deliver for an option; nothing is said where there is nothing."""
    due = supply.of_option(actor, option)
    return Fragment("development/_suppliers_on_option.html", {"due": due}) if due else None


def on_development(actor: Actor, product: Product) -> Fragment | None:
    """One line: who is late, what waits for our answer."""
    rows = supply.suppliers(actor, product)
    if not any(row.owed or row.quotes for row in rows):
        return None
    said = {"product": product, "finding": supply_words.of_suppliers(rows)}
    return Fragment("development/_suppliers_on_development.html", said)


def late(actor: Actor, products: Sequence[Product]) -> dict[int, list[Standing]]:
    """To leadership: what suppliers were to have delivered by now and have not, the longest first. One query."""
    today = timezone.localdate()
    found: dict[int, list[Standing]] = {}
    due = Milestone.objects.visible_to(actor).filter(
        product__in=products, due_on__lt=today, state__in=(Milestone.State.PLANNED, Milestone.State.REJECTED)
    )
    keys = {product.pk: product.key for product in products}
    named = due.select_related("supplier").only("title", "due_on", "product", "supplier__name")
    for one in named.order_by("due_on", "pk")[:MOST]:
        words = f"“{one}” is {plural((today - one.due_on).days, 'day')} late"
        url = reverse("milestone", args=[keys[one.product_id], one.pk])
        found.setdefault(one.product_id, []).append(Standing(words, f"from {one.supplier}", url, is_behind=True))
    return found
