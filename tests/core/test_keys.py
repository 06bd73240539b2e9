"""Rows are found by their keys, however those are handed over."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.catalogue.models import Product
from tests.world import World


def names(rows: Any) -> set[str]:
    return set(rows.values_list("name", flat=True))


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset, dict.fromkeys, iter])
def test_rows_are_found_by_several_keys(world: World, kind: Any) -> None:
    keys = [world.tideline.pk, world.umbra.pk, world.umbra.pk, 2**62]
    assert names(Product.objects.filter(pk__in=kind(keys))) == {"Tideline", "Umbra"}


def test_rows_are_found_by_keys_of_others(world: World) -> None:
    lines = [world.tideline.line_id, world.umbra.line_id, 0]
    assert {"Tideline", "Umbra"} <= names(Product.objects.filter(line__in=lines))
    assert names(Product.objects.filter(line_id__in=lines)) == names(Product.objects.filter(line__in=lines))


def test_what_is_left_out_by_keys_is_left_out(world: World) -> None:
    left = names(Product.objects.exclude(pk__in=[world.tideline.pk, world.umbra.pk]))
    assert left == names(Product.objects.all()) - {"Tideline", "Umbra"}


def test_of_no_keys_nothing_is_found_and_nothing_asked(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert not list(Product.objects.filter(pk__in=[]))
    assert not asked


def test_what_is_no_number_is_found_as_before(world: World) -> None:
    one, other = world.tideline, world.umbra
    for keys in ([str(one.pk), str(other.pk)], [one.pk, None, other.pk], Product.objects.filter(pk__in=[one.pk])):
        assert "Tideline" in names(Product.objects.filter(pk__in=keys))
    assert {"Tideline", "Umbra"} <= names(Product.objects.filter(line__in=[one.line, other.line]))


def test_a_number_larger_than_any_key_finds_nothing(world: World) -> None:
    assert names(Product.objects.filter(pk__in=[world.tideline.pk, 10**30])) == {"Tideline"}


def test_many_keys_are_one_value(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Product.objects.filter(pk__in=range(10_000, 10_100)))
    assert "ANY" in asked[0]["sql"] and "IN (" not in asked[0]["sql"]
