"""The first line of the first page."""

from __future__ import annotations

from clearspan.audiences.product.today import Today, today
from tests.one_of_each import one_of_each
from tests.world import World


def test_who_manages_a_product_is_told_how_many_asks_wait(world: World) -> None:
    one_of_each(world)
    said = _said(today(world.ines, None))
    assert said == "Know who lies where is worth most in Tideline; 1 ask waits for an answer."


def test_who_manages_nothing_is_told_what_waits_for_them(world: World) -> None:
    one_of_each(world)
    found = today(world.otto, None)
    first = f"{len(found.waiting)} things wait for you, the first since "
    assert _said(found).startswith(first) and _said(found).endswith("; Know who lies where is worth most in Tideline.")


def test_who_has_nothing_waiting_is_told_how_the_products_stand(world: World) -> None:
    one_of_each(world)
    assert not today(world.leda, None).waiting
    assert today(world.leda, None).answer.startswith("Know who lies where is worth most")


def _said(found: Today) -> str:
    return found.answer.replace("\xa0", " ")
