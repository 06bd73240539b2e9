"""Rows by very many keys."""

from __future__ import annotations

from clearspan.catalogue.models import Product, ProductRole
from tests.world import World


def test_one_of_many_is_asked_as_one_of_a_few(world: World) -> None:
    both = {world.tideline.pk, world.umbra.pk}
    assert set(Product.objects.filter(pk__among=both)) == {world.tideline, world.umbra}
    assert list(Product.objects.filter(pk__among=[world.umbra.pk])) == [world.umbra]
    assert not Product.objects.filter(pk__among=[]).exists()
    of_one = ProductRole.objects.filter(product__among=[world.tideline.pk])
    assert set(of_one) == set(ProductRole.objects.filter(product__in=[world.tideline]))
    assert not ProductRole.objects.exclude(product__among=both).exists()
