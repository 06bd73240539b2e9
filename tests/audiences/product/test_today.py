"""The first line of the first page."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearspan.audiences.product.today import Today, today
from clearspan.audiences.product.waiting import managed_by, waiting_for
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.actions import create_opportunity, link_evidence
from clearspan.stages.options.actions import create_option
from clearspan.stages.portal.actions import send_idea
from clearspan.stages.portal.models import Telling
from tests.one_of_each import one_of_each
from tests.stages.portal.small import SYSTEM, open_portal, public_idea
from tests.world import World


def test_who_manages_a_product_is_told_how_many_asks_wait(world: World) -> None:
    one_of_each(world)
    said = _said(today(world.ines, None))
    assert said == "“Know who lies where” is worth most in Tideline; 1 ask waits for an answer."


def test_who_manages_nothing_is_told_what_waits_for_them(world: World) -> None:
    one_of_each(world)
    found = today(world.otto, None)
    first = f"{len(found.waiting)} things wait for you, the first since "
    assert _said(found).startswith(first) and _said(found).endswith(
        "; “Know who lies where” is worth most in Tideline."
    )


def test_who_has_nothing_waiting_is_told_how_the_products_stand(world: World) -> None:
    one_of_each(world)
    assert not today(world.leda, None).waiting
    assert today(world.leda, None).answer.startswith("“Know who lies where” is worth most")


def test_an_idea_that_nobody_has_read_waits_for_who_manages_the_product(world: World) -> None:
    send_idea(SYSTEM, portal=open_portal(world), text="Free berths?", address="ada@quay.example", confirmed=True)
    found = today(world.ines, None)
    (read,) = [one for one in found.waiting if one.verb == "Read"]
    assert (read.what, read.url) == ("Read 1\xa0idea for Tideline", "/tideline/portal")
    assert _said(found) == "2 things wait for you.", "to be read, and to be sorted"
    assert today(world.devi, None).waiting == []


def test_it_waits_until_those_who_asked_in_public_are_told_that_it_is_here(world: World) -> None:
    idea = public_idea(world, "Know who lies where")
    need = create_opportunity(world.ines, product=world.tideline, title="Know who lies where")
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback])
    option = create_option(world.ines, product=world.tideline, title="Berth map", opportunities=[need])
    launch = Launch.objects.create(product=world.tideline, title="Berth map", planned_on=timezone.localdate())
    LaunchOption.objects.create(launch=launch, option=option)
    assert not _to_tell(world)
    Launch.objects.update(state=Launch.State.LAUNCHED)
    assert _to_tell(world) == [f"/tideline/portal/tell/{need.pk}?of=launched"]
    Telling.objects.create(opportunity=need, occasion=Telling.Occasion.LAUNCHED, subject="It is here", text="It is.")
    assert not _to_tell(world)


def test_what_has_no_day_is_not_asked_for_where_what_has_one_fills_the_list(world: World) -> None:
    one_of_each(world)
    mine = managed_by(world.ines)
    with CaptureQueriesContext(connection) as all_:
        every = waiting_for(world.ines, mine, 50)
    with CaptureQueriesContext(connection) as few:
        dated = waiting_for(world.ines, mine, 1)
    assert [one.due is None for one in every] == sorted(one.due is None for one in every)
    assert dated == every[:1] and dated[0].due is not None
    assert len(few) < len(all_)


def _to_tell(world: World) -> list[str]:
    return [one.url for one in today(world.ines, None).waiting if one.verb == "Tell"]


def _said(found: Today) -> str:
    return found.answer.replace("\xa0", " ")
