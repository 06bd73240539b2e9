"""A need has come as far as any option that would meet it."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.core.once import remembering
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.options.ways import met, ways
from tests.world import World


def need(world: World, title: str, *options: Option) -> Opportunity:
    made = Opportunity.objects.create(product=world.tideline, title=title)
    Meets.objects.bulk_create([Meets(option=one, opportunity=made) for one in options])
    return made


def test_a_need_is_met_by_each_option_and_an_option_meets_several(world: World) -> None:
    first, second = (Option.objects.create(product=world.tideline, title=title) for title in ("Map", "List"))
    both, one = need(world, "Where is it?", first, second), need(world, "How many?", second)
    alone = need(world, "Why?")
    assert sorted(ways(world.ines, [both, one, alone])) == sorted(
        [(first.pk, both.pk), (second.pk, both.pk), (second.pk, one.pk)]
    )
    assert met(world.ines, [both, one, alone], lambda options: options - {second.pk}) == {both.pk}
    assert met(world.ines, [both, one, alone], lambda options: [second.pk, None]) == {both.pk, one.pk}


def test_of_needs_without_an_option_nobody_asks_further(world: World) -> None:
    assert met(world.ines, [need(world, "Why?")], lambda options: 1 / 0) == set()  # type: ignore[arg-type,return-value]  # never called


def test_a_page_asks_once_for_the_same_needs(world: World) -> None:
    found = need(world, "Where is it?", Option.objects.create(product=world.tideline, title="Map"))
    with remembering(), CaptureQueriesContext(connection) as asked:
        assert ways(world.ines, [found]) == ways(world.ines, [found])
    assert len([one for one in asked if "options_meets" in one["sql"]]) == 1
