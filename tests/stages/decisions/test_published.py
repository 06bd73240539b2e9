"""What is coming, as each audience may see it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.actions import (
    decide,
    publish_on_roadmap,
    withdraw_from_roadmap,
    word_for_roadmap,
)
from clearspan.stages.decisions.audiences import AUDIENCES, CUSTOMERS, DEVELOPMENT, FUNCTIONS, LEADERSHIP, SALES
from clearspan.stages.decisions.models import Decision, RoadmapWording
from clearspan.stages.decisions.queries import coming, published
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Effort, Meets, Option
from tests.world import World

VISITOR = Actor()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def berths(world: World, today: date) -> Option:
    """An option that is chosen, with everything that only some may know."""
    option = Option.objects.create(
        product=world.tideline, title="SECRET berth map", state="chosen", duration=2, summary="SECRET summary"
    )
    need = Opportunity.objects.create(product=world.tideline, title="SECRET need of Northmole Marina")
    Meets.objects.create(option=option, opportunity=need)
    Effort.objects.create(option=option, function=Function.objects.get(name="Engineering"), low=3, likely=4, high=9)
    decide(world.ines, kind="choose", reasons="It earns most.", option=option, starts=quarters.after(today, 1))
    Decision.objects.update(expected={"npv": {"mean": 123456.0}})
    return option


def word(world: World, option: Option, **given: Any) -> RoadmapWording:
    given = {"audience": "customers", "title": "See every berth", "text": "One map.", "publish": True} | given
    made: RoadmapWording = word_for_roadmap(world.ines, option=option, **given)
    return made


def built(option: Option, today: date, *days: int) -> None:
    """Work on it has begun, and a forecast says when it will be done."""
    WorkItem.objects.create(product=option.product, option=option, title="Draw", state="doing", added_on=today)
    p10, p50, p85, p95 = (today + timedelta(days=n) for n in days)
    DeliveryStudy.objects.create(
        product=option.product, option=option, status="done", result={}, p10=p10, p50=p50, p85=p85, p95=p95
    )


def test_nothing_is_shown_to_customers_before_it_is_published(world: World, berths: Option, today: date) -> None:
    assert published(VISITOR, world.tideline, CUSTOMERS, today) == []
    wording = word(world, berths, publish=False)
    assert published(VISITOR, world.tideline, CUSTOMERS, today) == []
    publish_on_roadmap(world.ines, wording=wording)
    (one,) = published(VISITOR, world.tideline, CUSTOMERS, today)
    assert (one.title, one.text) == ("See every berth", "One map.")
    withdraw_from_roadmap(world.ines, wording=wording)
    assert published(VISITOR, world.tideline, CUSTOMERS, today) == []


@pytest.mark.parametrize("to", [SALES, CUSTOMERS])
def test_who_is_told_what_was_published_is_told_nothing_of_the_option_itself(
    world: World, berths: Option, today: date, to: Any
) -> None:
    word(world, berths, audience=to.key)
    (one,) = published(world.ines, world.tideline, to, today)
    said = {name: value for name, value in asdict(one).items() if name not in ("option", "wording")}
    assert "SECRET" not in repr(said) and "123456" not in repr(said) and "Engineering" not in repr(said)


def test_only_leadership_is_shown_money_and_only_who_builds_people(world: World, berths: Option, today: date) -> None:
    shown = {to.key: published(world.ines, world.tideline, to, today) for to in (LEADERSHIP, DEVELOPMENT, FUNCTIONS)}
    assert [rows[0].npv for rows in shown.values()] == [123456.0, None, None]
    assert [bool(rows[0].people) for rows in shown.values()] == [True, True, False]


def test_sales_reads_what_customers_are_told_where_nothing_else_is_written(
    world: World, berths: Option, today: date
) -> None:
    word(world, berths)
    assert published(world.sol, world.tideline, SALES, today)[0].title == "See every berth"
    word(world, berths, audience="sales", title="Berth map, to sell")
    assert published(world.sol, world.tideline, SALES, today)[0].title == "Berth map, to sell"
    assert published(world.sol, world.tideline, CUSTOMERS, today)[0].title == "See every berth"


def test_what_is_written_for_sales_is_not_shown_to_customers(world: World, berths: Option, today: date) -> None:
    word(world, berths, audience="sales")
    assert published(VISITOR, world.tideline, CUSTOMERS, today) == []


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ines", {"leadership", "development", "functions", "sales", "customers"}),
        ("leda", {"leadership", "development", "functions", "sales", "customers"}),
        ("devi", {"development", "functions", "sales", "customers"}),
        ("sol", {"functions", "sales", "customers"}),
        ("otto", {"functions", "customers"}),
        ("cora", {"customers"}),
        ("kit", {"customers"}),
        ("xan", {"customers"}),
    ],
)
def test_each_looks_at_the_roadmaps_that_are_theirs(world: World, today: date, who: str, may: set[str]) -> None:
    assert {to.key for to in AUDIENCES if _may(getattr(world, who), world, to, today)} == may


def test_of_a_confidential_product_customers_are_told_nothing(world: World, today: date) -> None:
    option = Option.objects.create(product=world.umbra, title="Shade", state="chosen")
    decide(world.ines, kind="choose", reasons="It earns most.", option=option, starts=today)
    with pytest.raises(Invalid, match="confidential"):
        word(world, option)
    word(world, option, audience="sales")
    RoadmapWording.objects.create(option=option, audience="customers", title="Leaked", is_published=True)
    with pytest.raises(NotThere):
        published(VISITOR, world.umbra, CUSTOMERS, today)
    with pytest.raises(NotThere):
        published(world.sol, world.umbra, SALES, today)
    assert not RoadmapWording.objects.visible_to(world.sol).exists()


def test_customers_are_not_named_to_customers(world: World, berths: Option) -> None:
    with pytest.raises(Invalid, match="Northmole Marina"):
        word(world, berths, text="As Northmole Marina asked.")
    word(world, berths, audience="sales", text="As Northmole Marina asked.")


def test_a_wording_is_written_and_published_by_who_manages_the_product(world: World, berths: Option) -> None:
    wording = word(world, berths)
    for who in (world.devi, world.sol, world.leda, world.otto):
        with pytest.raises(Refused):
            word_for_roadmap(who, option=berths, audience="customers", title="Mine")
        with pytest.raises((Refused, NotThere)):
            withdraw_from_roadmap(who, wording=wording)


def test_wordings_that_were_not_published_are_seen_by_who_manages_or_leads(world: World, berths: Option) -> None:
    word(world, berths, publish=False)
    sees = {who for who in world.actors if RoadmapWording.objects.visible_to(getattr(world, who)).exists()}
    assert sees == {"ines", "leda"}


def test_a_date_is_said_as_exactly_as_the_forecast_and_the_rule_allow(
    world: World, berths: Option, today: date
) -> None:
    word(world, berths)
    last = today.replace(month=12, day=31)
    built(berths, today, *[(last - today).days] * 4)
    assert published(VISITOR, world.tideline, CUSTOMERS, today)[0].when == f"expected in {today.year}"
    word(world, berths, precision="quarter")
    assert published(VISITOR, world.tideline, CUSTOMERS, today)[0].when == f"likely in Q4 {today.year}"
    DeliveryStudy.objects.update(p85=last + timedelta(days=1), p95=last + timedelta(days=1))
    when = published(VISITOR, world.tideline, CUSTOMERS, today)[0].when
    assert when == f"likely between December {today.year} and February {today.year + 1}"
    DeliveryStudy.objects.update(p85=last + timedelta(days=800), p95=last + timedelta(days=800))
    assert "not known" in published(VISITOR, world.tideline, CUSTOMERS, today)[0].when


def test_a_picture_for_customers_knows_no_day_within_the_period_that_is_said(
    world: World, berths: Option, today: date
) -> None:
    word(world, berths)
    built(berths, today, 3, 5, 9, 12)
    (one,) = published(VISITOR, world.tideline, CUSTOMERS, today)
    assert one.dates and {*one.dates, one.starts} == {one.said.first, one.said.last}


def test_no_more_exact_date_may_be_asked_for_than_the_audience_is_told(world: World, berths: Option) -> None:
    with pytest.raises(Invalid, match="precision"):
        word(world, berths, precision="month")


def test_what_nobody_builds_yet_is_promised_to_customers_by_the_year_at_most(
    world: World, berths: Option, today: date
) -> None:
    word(world, berths, precision="quarter")
    Effort.objects.update(low=4, high=4)
    assert published(VISITOR, world.tideline, CUSTOMERS, today)[0].said.precision == "year"


def test_what_should_have_been_begun_takes_from_today_what_it_was_planned_to_take(
    world: World, berths: Option, today: date
) -> None:
    WorkItem.objects.create(product=world.tideline, title="Other work", state="doing", added_on=today)
    Decision.objects.update(starts=quarters.after(today, -3))
    (one,) = coming(world.ines, world.tideline, today)
    assert one.is_overdue and one.group(today) == "Next" and one.starts == today
    assert one.p50 - today >= timedelta(days=180) and one.p10 > today


def test_what_is_begun_late_and_not_forecast_is_as_unsure_as_it_was_planned(
    world: World, berths: Option, today: date
) -> None:
    Decision.objects.update(starts=quarters.after(today, -8))
    WorkItem.objects.create(product=world.tideline, option=berths, title="Draw", state="doing", added_on=today)
    (one,) = coming(world.ines, world.tideline, today)
    assert not one.is_overdue and one.group(today) == "Now"
    assert one.p10 == today and one.p85 - one.p10 > timedelta(days=90)


def test_what_is_finished_or_launched_is_not_coming(world: World, berths: Option, today: date) -> None:
    item = WorkItem.objects.create(
        product=world.tideline, option=berths, title="Draw", state="done", added_on=today, finished_on=today
    )
    assert coming(world.ines, world.tideline, today) == []
    item.delete()
    assert coming(world.ines, world.tideline, today)
    launch = Launch.objects.create(product=world.tideline, title="There", planned_on=today, state="launched")
    LaunchOption.objects.create(launch=launch, option=berths)
    assert coming(world.ines, world.tideline, today) == []


def test_what_is_finished_and_waits_for_its_launch_comes_on_that_day(world: World, berths: Option, today: date) -> None:
    WorkItem.objects.create(
        product=world.tideline, option=berths, title="Draw", state="done", added_on=today, finished_on=today
    )
    day = today + timedelta(days=30)
    launches = [Launch.objects.create(product=world.tideline, title=f"Quay {n}", planned_on=day + timedelta(days=n))
                for n in range(2)]  # fmt: skip
    for launch in launches:
        LaunchOption.objects.create(launch=launch, option=berths)
    (one,) = coming(world.ines, world.tideline, today)
    assert (one.p10, one.p95, one.is_from_build) == (day, day, True)
    launches[0].state = Launch.State.LAUNCHED
    launches[0].save()
    assert coming(world.ines, world.tideline, today) == [], "it is on the market, though not on every quay"


def _may(actor: Actor, world: World, to: Any, today: date) -> bool:
    try:
        published(actor, world.tideline, to, today)
    except NotThere:
        return False
    return True
