"""Products, lines, and who has which role on them."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from clearspan.catalogue.actions import (
    change_product,
    change_role,
    create_product,
    give_role,
    remove_line,
    remove_role,
    rename_line,
    take_role,
)
from clearspan.catalogue.actions.products import RESERVED
from clearspan.catalogue.models import Line, Product, ProductRole, Role
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from tests.world import World


def role(name: str) -> Role:
    return Role.objects.get(name=name)


def test_who_adds_a_product_manages_it_and_its_line_is_its_own_unless_named(world: World) -> None:
    done = create_product.perform(world.ines, name="Berth Watch")
    made = done.result
    assert (made.key, made.line.name) == ("berth-watch", "Berth Watch")
    assert made.roles.get().person == world.ines.person
    other = create_product(world.ines, name="Quay Lights", line="Harbour")
    assert other.line == world.tideline.line
    undo(world.ines, event=done.event)
    assert not Product.objects.filter(name="Berth Watch").exists()


def test_a_name_that_would_be_an_address_of_clearspan_itself_is_refused(world: World) -> None:
    for name in ("Settings", "API", "…"):
        with pytest.raises(Invalid, match="Clearspan's own words"):
            create_product(world.ines, name=name)


def test_every_address_that_is_no_products_is_reserved() -> None:
    firsts = {first for pattern in get_resolver().url_patterns for first in _first_words(pattern)}
    assert firsts - {""} <= RESERVED


def test_two_products_never_share_an_address(world: World) -> None:
    with pytest.raises(Invalid, match="of this name already"):
        create_product(world.ines, name="TIDELINE")


def test_a_renamed_product_keeps_its_address(world: World) -> None:
    change_product(world.ines, product=world.tideline, name="Tidemark", line="Quayside")
    world.tideline.refresh_from_db()
    assert (world.tideline.name, world.tideline.key, world.tideline.line.name) == ("Tidemark", "tideline", "Quayside")


def test_only_its_manager_changes_a_product(world: World) -> None:
    with pytest.raises(Refused):
        change_product(world.devi, product=world.tideline, name="Mine")
    with pytest.raises(NotThere):
        change_product(world.devi, product=world.umbra, name="Mine")


def test_a_line_with_products_is_renamed_but_not_removed(world: World) -> None:
    rename_line(world.ines, line=world.tideline.line, name="Quayside")
    with pytest.raises(Invalid, match="move them first"):
        remove_line(world.ines, line=world.tideline.line)
    empty = Line.objects.create(name="Nothing yet")
    remove_line(world.ines, line=empty)
    assert not Line.objects.filter(name="Nothing yet").exists()


def test_a_role_takes_the_place_of_the_one_before(world: World) -> None:
    give_role(world.ines, product=world.tideline, person=world.devi.person, role=role("Designer"))
    assert ProductRole.objects.get(product=world.tideline, person=world.devi.person).role.name == "Designer"


def test_a_customer_and_who_left_get_no_role(world: World) -> None:
    with pytest.raises(Invalid, match="people of the company"):
        give_role(world.ines, product=world.tideline, person=world.cora.person, role=role("Designer"))
    person = world.otto.person
    assert person is not None
    person.is_active = False
    person.save()
    with pytest.raises(Invalid, match="may sign in"):
        give_role(world.ines, product=world.tideline, person=person, role=role("Designer"))


def test_somebody_always_manages_a_product(world: World) -> None:
    with pytest.raises(Invalid, match="nobody else manages"):
        take_role(world.ines, product=world.tideline, person=world.ines.person)
    with pytest.raises(Invalid, match="nobody else manages"):
        give_role(world.ines, product=world.tideline, person=world.ines.person, role=role("Sponsor"))
    give_role(world.ines, product=world.tideline, person=world.devi.person, role=role("Product owner"))
    take_role(world.ines, product=world.tideline, person=world.ines.person)
    assert not ProductRole.objects.filter(product=world.tideline, person=world.ines.person).exists()


def test_a_manager_who_may_not_sign_in_manages_nothing(world: World) -> None:
    give_role(world.ines, product=world.tideline, person=world.devi.person, role=role("Product owner"))
    person = world.devi.person
    assert person is not None
    person.is_active = False
    person.save()
    with pytest.raises(Invalid, match="nobody else manages"):
        take_role(world.ines, product=world.tideline, person=world.ines.person)


def test_a_role_that_products_hang_on_keeps_what_it_grants(world: World) -> None:
    with pytest.raises(Invalid, match="nobody else would manage Tideline"):
        change_role(world.ines, role=role("Product manager"), grants=Role.Grants.SEE)
    with pytest.raises(Invalid, match="nobody else would manage"):
        remove_role(world.ines, role=role("Product manager"))
    remove_role(world.ines, role=role("Product owner"))
    with pytest.raises(Invalid, match="only role that manages"):
        change_role(world.ines, role=role("Product manager"), grants=Role.Grants.SEE)


def test_roles_on_a_confidential_product_are_seen_by_who_sees_it(world: World) -> None:
    assert ProductRole.objects.visible_to(world.ines).filter(product=world.umbra).exists()
    assert not ProductRole.objects.visible_to(world.devi).filter(product=world.umbra).exists()


def _first_words(pattern: URLPattern | URLResolver) -> set[str]:
    """What the addresses of a pattern begin with; nothing for those that begin with a product."""
    words = str(pattern.pattern).split("/")[0]
    if "<" in words:
        return set()
    if words or isinstance(pattern, URLPattern):
        return {words.removesuffix(".xml")}
    return {first for below in pattern.url_patterns for first in _first_words(below)}
