"""Who may see a product, asked from the product's side."""

from __future__ import annotations

import pytest

from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.seeing import employees_seeing
from clearspan.core.actor import Actor
from clearspan.core.models import User
from tests.world import World


@pytest.mark.parametrize("is_confidential", [False, True])
def test_the_employees_who_see_a_product_are_those_to_whom_it_is_visible(world: World, is_confidential: bool) -> None:
    Product.objects.filter(pk=world.tideline.pk).update(is_confidential=is_confidential)
    world.tideline.refresh_from_db()
    seeing = {
        person
        for person in User.objects.filter(function__isnull=False)
        if Product.objects.visible_to(Actor(person)).filter(pk=world.tideline.pk).exists()
    }
    assert set(employees_seeing(world.tideline)) == seeing


def test_who_has_left_sees_nothing(world: World) -> None:
    User.objects.filter(pk=world.devi.person.pk).update(is_active=False)
    assert world.devi.person not in employees_seeing(world.tideline)
