"""What one page asks again and again is asked once, and is never stale."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.catalogue.actions.products import change_product, give_role
from clearspan.catalogue.models import Product, ProductRole
from clearspan.catalogue.rules import manages
from clearspan.core.once import is_remembering, once, remembering
from clearspan.stages.evidence.models import Feedback
from tests.world import World


def test_a_request_reads_once_what_it_asks_twice() -> None:
    read = iter(range(9))
    with remembering():
        assert [once("a", lambda: next(read)), once("a", lambda: next(read)), once("b", lambda: next(read))] == [
            0,
            0,
            1,
        ]


def test_outside_a_request_nothing_is_remembered() -> None:
    read = iter(range(9))
    assert [once("a", lambda: next(read)), once("a", lambda: next(read))] == [0, 1]


def test_the_next_request_reads_again() -> None:
    read = iter(range(9))
    for expected in (0, 1):
        with remembering():
            assert once("a", lambda: next(read)) == expected
    assert not is_remembering()


def test_products_are_looked_up_once_for_all_lists_of_a_page(world: World) -> None:
    world.feedback("The harbour cannot be reached by phone.")
    with remembering(), CaptureQueriesContext(connection) as queries:
        assert Feedback.objects.visible_to(world.ines).count() == 1
        assert Feedback.objects.visible_to(world.ines).exists()
        assert Product.all_for(world.ines)
    assert len(queries) == 3


def test_each_sees_what_is_theirs_although_it_is_remembered(world: World) -> None:
    with remembering():
        for actor in (world.ines, world.leda, world.sol):
            seen = {product.pk for product in Product.objects.visible_to(actor)}
            assert set(Product.objects.seen_by(actor)) == set(Product.objects.seen_by(actor)) == seen
        assert list(Product.objects.seen_by(world.cora)) == []


def test_an_action_forgets_what_was_remembered_before_it(world: World) -> None:
    with remembering():
        assert not manages(world.devi, {"product": world.tideline})
        role = ProductRole.objects.get(person=world.ines.person, product=world.tideline).role
        give_role(world.ines, product=world.tideline, person=world.devi.person, role=role)
        assert manages(world.devi, {"product": world.tideline})


def test_what_an_action_opens_is_seen_right_after_it(world: World) -> None:
    with remembering():
        assert world.umbra.pk not in Product.objects.seen_by(world.sol)
        change_product(world.ines, product=world.umbra, is_confidential=False)
        assert world.umbra.pk in Product.objects.seen_by(world.sol)
