"""How far options are in the build, as the roadmap asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.queries.roadmap import BEGUN, DONE, WAITING
from clearspan.stages.development.models import WorkItem
from clearspan.stages.options.models import Option

OPEN = (WorkItem.State.TODO, WorkItem.State.DOING)


def progress_of(actor: Actor, options: Iterable[Option]) -> dict[int, str]:
    """Waiting, begun or done: of the options of products that keep their work here. Two queries.

    Done is an option with finished items and none that is open; waiting, one of which no item was ever begun.
    """
    by_product = {option.pk: option.product_id for option in options}
    items = WorkItem.objects.visible_to(actor).order_by()
    here = Product.objects.filter(Exists(items.filter(product=OuterRef("pk"))), pk__in={*by_product.values()})
    kept = {*here.values_list("pk", flat=True)}
    rows = items.filter(option__in=by_product).exclude(kind=WorkItem.Kind.EPIC).values("option")
    counted = rows.annotate(
        left=Count("state", filter=Q(state__in=OPEN)),
        done=Count("state", filter=Q(state=WorkItem.State.DONE)),
        doing=Count("state", filter=Q(state=WorkItem.State.DOING) | Q(started_on__isnull=False)),
    )
    found = {option: WAITING for option, product in by_product.items() if product in kept}
    for row in counted:
        if row["done"] and not row["left"]:
            found[row["option"]] = DONE
        elif row["done"] or row["doing"]:
            found[row["option"]] = BEGUN
    return found
