"""Opening and closing a product's portal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.portal.models import Portal
from clearspan.stages.portal.rules import manages

Text = Annotated[str, Field(max_length=5_000, description="Markdown")]


@action(rule=manages, says="set up the portal of {product}")
def set_up_portal(
    actor: Actor,
    *,
    product: Product,
    is_open: Annotated[bool | None, Field(description="Whether the public may read it, and write to it")] = None,
    headline: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] | None = None,
    how: Annotated[Text | None, Field(description="How you choose")] = None,
    privacy: Annotated[Text | None, Field(description="Who answers for what is kept, and how to reach them")] = None,
) -> Portal:
    """Opens or closes a product's public pages, and says what they say of themselves. What is not given stays."""
    if is_open and product.is_confidential:
        raise Invalid({"is_open": f"{product} is confidential; a portal would tell everybody that it exists"})
    given = {"is_open": is_open, "headline": headline, "how": how, "privacy": privacy}
    portal, _ = Portal.objects.update_or_create(
        product=product, defaults={name: value for name, value in given.items() if value is not None}
    )
    return portal
