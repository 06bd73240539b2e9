"""When it will be done."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.jobs import defer
from clearspan.stages.development import jobs
from clearspan.stages.development.models import DeliveryStudy, Team
from clearspan.stages.development.rules import builds
from clearspan.stages.options.models import Option


@action(rule=builds, says="asked when {product} will be done")
def run_delivery_study(
    actor: Actor,
    *,
    product: Product,
    team: Annotated[Team | None, Field(description="Only what this team has")] = None,
    option: Annotated[Option | None, Field(description="Only what is built for this option")] = None,
    seed: Annotated[int, Field(ge=0)] = 0,
) -> DeliveryStudy:
    """Forecasts when the open items of a product, a team or one option will be done. A product's includes its parts."""
    if team is not None and option is not None:
        raise Invalid({"option": "choose a team or an option, not both"})
    for name, part in (("team", team), ("option", option)):
        if part is not None and part.product_id != product.pk:
            raise Invalid({name: f"it is of another product than {product}"})
    waiting = DeliveryStudy.objects.filter(product=product, team=team, option=option, status="waiting", seed=seed)
    if (found := waiting.first()) is not None:
        return found
    study = DeliveryStudy.objects.create(product=product, team=team, option=option, seed=seed, asked_by=actor.person)
    defer(jobs.study_delivery, study)
    return study
