"""Who may see a product: the rule of `Product.objects.visible_to`, asked from the product's side."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clearspan.catalogue.models import Product, ProductRole
from clearspan.core.actor import Kind
from clearspan.core.models import User


def employees_seeing(product: Product) -> QuerySet[User]:
    """The active employees who may see a product, with their functions."""
    people = User.objects.filter(is_active=True, function__isnull=False).select_related("function")
    if not product.is_confidential:
        return people
    with_a_role = ProductRole.objects.filter(product=product).values("person")
    return people.filter(Q(function__kind=Kind.LEADERSHIP) | Q(pk__in=with_a_role))
