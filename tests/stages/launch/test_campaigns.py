"""Campaigns: planned from what is known, run, measured, and held against what the case can bear."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.imports.actions import run_import, start_import, undo_import
from clearspan.core.undo import undo
from clearspan.stages.definition.models import Definition
from clearspan.stages.launch import campaign_words
from clearspan.stages.launch.actions import (
    change_campaign,
    end_campaign,
    plan_campaign,
    record_campaign_result,
    remove_campaign_result,
    start_campaign,
    stop_campaign,
)
from clearspan.stages.launch.campaign_start import customers_of
from clearspan.stages.launch.models import Campaign, CampaignResult, Launch, LaunchOption
from clearspan.stages.launch.queries import campaigns as reads
from clearspan.stages.options import studies
from clearspan.stages.options.models import BusinessCase, CaseStudy, Option
from tests.world import World

ADOPTED = {
    "period": "year", "periods": 4,
    "drivers": {"market": {"fixed": 60}, "price": {"fixed": 1_000}},
    "adoption": {"p": 1.0, "q": 1.0, "market": "market", "starts": 1},
    "lines": [{"name": "sales", "kind": "revenue", "formula": "adopters * price", "starts": 1}],
}  # fmt: skip


def day(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def campaign(world: World, **given: Any) -> Campaign:
    made: Campaign = plan_campaign(
        world.ines, product=world.tideline, **{"name": "Boat show", "starts": day(), **given}
    )
    return made


def running(world: World, **given: Any) -> Campaign:
    made = campaign(world, **given)
    start_campaign(world.ines, campaign=made)
    made.refresh_from_db()
    return made


def stand(row: Campaign) -> reads.Stand:
    return reads.stands([Campaign.objects.get(pk=row.pk)])[0]


@pytest.fixture
def option(world: World) -> Option:
    made = Option.objects.create(product=world.tideline, title="Berth map", state="chosen")
    Definition.objects.create(
        product=world.tideline, option=made, title="Berth map", audience="Harbour masters of small marinas",
        alternative="a board with pegs", difference="Shows who lies where, now", proof="Northmole saves an hour a day",
    )  # fmt: skip
    return made


# --- planned --------------------------------------------------------------------------------------------------------


def test_audience_and_message_begin_with_the_positioning(world: World, option: Option) -> None:
    made = campaign(world, option=option)
    assert made.audience == "Harbour masters of small marinas"
    assert made.message == (
        "Shows who lies where, now\n\nInstead of: a board with pegs\n\nWhat shows it: Northmole saves an hour a day"
    )
    own = campaign(world, option=option, message="Come and see")
    assert (own.message, own.audience) == ("Come and see", made.audience)


def test_customers_and_what_one_may_cost_begin_with_the_case(world: World, option: Option) -> None:
    case = BusinessCase.objects.create(option=option, version=1, spec=ADOPTED)
    study = studies.run_now(case, draws=256)
    made = campaign(world, option=option)
    assert made.likely is not None
    assert 55 < made.likely <= 60
    assert made.low == pytest.approx(made.high)  # nothing in it is uncertain
    assert float(made.bears or 0) == pytest.approx((study.npv or 0) / made.likely, rel=0.02)
    assert made.source == f"business case 1 of Berth map ({study.ref})"


def test_the_customers_of_a_case_are_its_adopters_at_the_end_whatever_it_costs_to_build(
    world: World, option: Option
) -> None:
    from clearspan.core.models import Function
    from clearspan.stages.options.models import Effort

    Effort.objects.create(option=option, function=Function.objects.get(name="Design"), low=1, likely=2, high=9)
    spec = {**ADOPTED, "rates": {"Design": 50_000}}
    uncertain = {**spec, "drivers": {**ADOPTED["drivers"], "market": {"p10": 40, "p50": 60, "p90": 90}}}
    studied = [
        studies.run_now(BusinessCase.objects.create(option=option, version=n, spec=one), draws=256)
        for n, one in enumerate((spec, uncertain), 1)
    ]
    sure, unsure = (customers_of(CaseStudy.objects.get(pk=one.pk)) for one in studied)
    assert sure is not None
    assert unsure is not None
    assert sure[0] == pytest.approx(sure[2])
    assert unsure[0] == pytest.approx(sure[1] * 40 / 60, rel=0.05)
    assert unsure[2] == pytest.approx(sure[1] * 90 / 60, rel=0.05)


def test_a_case_without_adoption_says_nothing_of_customers(world: World, option: Option) -> None:
    spec = {name: value for name, value in ADOPTED.items() if name != "adoption"}
    spec["lines"] = [{"name": "savings", "kind": "revenue", "formula": "price", "starts": 1}]
    studies.run_now(BusinessCase.objects.create(option=option, version=1, spec=spec), draws=256)
    made = campaign(world, option=option)
    assert (made.likely, made.bears, made.source) == (None, None, "")


def test_without_a_case_a_segments_account_is_worth_what_the_market_says(world: World) -> None:
    made = campaign(world, segment=world.marinas)
    assert made.bears == Decimal(9_000)
    assert "Harbour register" in made.source


def test_a_campaign_for_a_launch_is_held_against_what_it_brings(world: World, option: Option) -> None:
    launch = Launch.objects.create(product=world.tideline, title="Berth map", planned_on=day(90))
    LaunchOption.objects.create(launch=launch, option=option)
    assert campaign(world, launch=launch).option == option


def test_who_works_on_the_product_plans_and_nobody_else(world: World) -> None:
    campaign(world)
    plan_campaign(world.devi, product=world.tideline, name="x", starts=day())
    for who, refusal in (("sol", Refused), ("otto", Refused), ("cora", NotThere), ("kit", NotThere)):
        with pytest.raises(refusal):
            plan_campaign(getattr(world, who), product=world.tideline, name="x", starts=day())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends": date(2020, 1, 1)}, "ends"),
        ({"low": 3, "likely": 2, "high": 4}, "likely"),
        ({"likely": 2}, "likely"),
        ({"low": float("nan"), "likely": 2, "high": 4}, "low"),
        ({"budget": -1}, "budget"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        campaign(world, **given)
    assert set(refused.value.faults) == {field}


def test_what_is_changed_may_be_taken_away_again(world: World) -> None:
    made = campaign(world, low=1, likely=2, high=3, bears=10, ends=day(5))
    change_campaign(world.ines, campaign=made, without_expectation=True, without_bears=True, without_end=True)
    made.refresh_from_db()
    assert (made.low, made.likely, made.high, made.bears, made.ends) == (None,) * 5


# --- run and measured -----------------------------------------------------------------------------------------------


def test_it_starts_ends_or_is_stopped_with_a_reason(world: World) -> None:
    made = running(world)
    end_campaign(world.ines, campaign=made, note="Fairs work, flyers do not")
    made.refresh_from_db()
    assert (made.state, made.ends) == ("ended", day())
    with pytest.raises(Invalid):
        stop_campaign(world.ines, campaign=made, note="too late")
    other = campaign(world)
    with pytest.raises(Invalid):
        end_campaign(world.ines, campaign=other)
    stop_campaign(world.ines, campaign=other, note="The show was called off")
    other.refresh_from_db()
    assert (other.state, other.note) == ("stopped", "The show was called off")


def test_a_day_that_is_noted_twice_counts_once(world: World) -> None:
    made = running(world)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=100, reached=50, responses=5, won=1)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=120, reached=60, responses=6, won=2)
    one = stand(made)
    assert (one.spend, one.reached, one.responses, one.won) == (120, 60, 6, 2)


def test_results_are_of_days_that_have_come_and_say_something(world: World) -> None:
    made = running(world)
    for given in ({"day": day(1), "spend": 1}, {"day": day()}, {"day": day(), "reached": 1, "responses": 2}):
        with pytest.raises(Invalid):
            record_campaign_result(world.ines, campaign=made, **given)
    with pytest.raises(Invalid, match="has not started"):
        record_campaign_result(world.ines, campaign=campaign(world), day=day(), won=1)


def test_a_result_is_removed_and_that_is_undone(world: World) -> None:
    made = running(world)
    result = record_campaign_result(world.ines, campaign=made, day=day(), spend=1)
    removed = remove_campaign_result.perform(world.ines, noted=result)
    assert not CampaignResult.objects.exists()
    undo(world.ines, event=removed.event)
    assert CampaignResult.objects.count() == 1


# --- held against the case ------------------------------------------------------------------------------------------


def test_the_first_line_says_what_each_has_cost_how_sure_and_what_the_case_can_bear(world: World) -> None:
    made = running(world, bears=900)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=8_200, won=20)
    assert campaign_words.of_campaign(stand(made), "GBP") == (
        "Each customer has cost £410 so far, likely between £290 and £600; the case can bear £900."
    )
    assert "more than 19 chances in 20" in campaign_words.under(stand(made))


def test_too_few_customers_is_said_first(world: World) -> None:
    made = running(world, bears=900)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=1_200, won=2)
    said = campaign_words.of_campaign(stand(made), "GBP").replace("\u00a0", " ")
    assert said.startswith("2 customers so far, too few to say: each has cost £600")


def test_nobody_won_says_what_one_costs_at_least(world: World) -> None:
    made = running(world)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=1_000)
    said = campaign_words.of_campaign(stand(made), "GBP")
    assert said.startswith("Nobody was won yet for £1,000: one customer likely costs more than £520")
    assert said.endswith("What the case can bear is not known.")


def test_after_its_end_what_came_is_held_against_what_was_expected(world: World) -> None:
    made = running(world, low=10, likely=20, high=30)
    record_campaign_result(world.ines, campaign=made, day=day(), spend=1_000, won=4)
    end_campaign(world.ines, campaign=made)
    said = campaign_words.under(stand(made)).replace("\u00a0", " ")
    assert "4 customers came, fewer than expected: 10 to 30 were expected" in said


def test_the_list_takes_as_many_queries_for_many_campaigns_as_for_one(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            reads.campaigns(world.ines, world.tideline)
        return len(taken)

    running(world)
    few = queries()
    for number in range(8):
        CampaignResult.objects.create(campaign=campaign(world, name=f"{number}"), day=day(), spend=1)
    assert queries() == few


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ines(world: World, client: Client) -> Client:
    client.force_login(world.ines.person)
    return client


def test_a_list_says_what_came_as_the_campaigns_page_does(world: World) -> None:
    row = running(world)
    for n in range(3):
        record_campaign_result(
            world.ines,
            campaign=row,
            day=day(-n),
            spend=Decimal(1_000),
            reached=70,
            responses=9,
            won=n,
            revenue=Decimal(40),
        )
    running(world, name="Nothing came yet")
    listed = {one.campaign.pk: one for one in reads.campaigns(world.ines, world.tideline)}
    whole = stand(row)
    for name in ("spend", "reached", "responses", "won", "revenue", "cost"):
        assert getattr(listed[row.pk], name) == getattr(whole, name)
    assert sorted(one.spend for one in listed.values()) == [0, 3_000]


def test_a_long_list_is_cut_and_its_first_line_counts_all(world: World, ines: Client) -> None:
    for n in range(53):
        running(world, name=f"Fair {n}")
    pages = [ines.get(f"/tideline/launch/campaigns?page={n}").content.decode() for n in (1, 2)]
    assert all("53 campaigns run" in page.replace("\u00a0", " ") for page in pages)
    assert [page.count('<th scope="row"') for page in pages] == [50, 3]


def test_a_campaign_is_planned_started_measured_and_stopped_from_its_pages(
    world: World, ines: Client, option: Option
) -> None:
    body = ines.get(f"/tideline/launch/campaigns/new?option={option.ref}").content.decode()
    assert "Harbour masters of small marinas" in body
    ines.post("/tideline/launch/campaigns/new", {"name": "Boat show", "starts": f"{day()}", "option": option.pk})
    made = Campaign.objects.get()
    at = f"/tideline/launch/campaigns/{made.pk}"
    ines.post("/do/start_campaign", {"campaign": made.ref})
    wrong = ines.post(f"{at}/result", {"day": f"{day()}", "reached": "10", "responses": "11"})
    assert wrong.status_code == 422
    assert "more responded than were reached" in wrong.content.decode().lower()
    ines.post(f"{at}/result", {"day": f"{day(-1)}", "spend": "900", "reached": "400", "responses": "40", "won": "9"})
    ines.post(f"{at}/result", {"day": f"{day()}", "spend": "100", "reached": "100", "responses": "20", "won": "1"})
    body = ines.get(at).content.decode()
    assert "Each customer has cost £100 so far" in body
    assert "60\u00a0responses so far, the last 20 noted on" in body
    ines.post(f"{at}/result", {"stop": "yes", "note": "The show was called off"})
    made.refresh_from_db()
    assert made.state == "stopped"


def test_a_launchs_page_has_its_campaigns(world: World, ines: Client) -> None:
    launch = Launch.objects.create(product=world.tideline, title="Berth map", planned_on=day(90))
    campaign(world, launch=launch)
    body = ines.get(f"/tideline/launch/{launch.pk}").content.decode()
    assert "Boat show" in body
    assert f"/tideline/launch/campaigns/new?launch={launch.ref}" in body


# --- from a file ----------------------------------------------------------------------------------------------------

GOOGLE = "Campaign,Day,Cost,Impr.,Clicks,Conversions,Conv. value\n"


def brought(world: World, content: str, **given: Any) -> Any:
    file = start_import(world.ines, name="ads.csv", content=content, options={"product": "tideline"})
    assert file.kind == "campaigns"
    return run_import(world.ines, file=file, **given)


def test_an_advertising_export_comes_in_by_day_and_its_ads_are_added_up(world: World) -> None:
    made = running(world)
    brought(world, f"{GOOGLE}boat show,2026-03-01,10.50,1000,40,2,900\nBoat Show,2026-03-01,4.50,500,10,1,300\n")
    one = CampaignResult.objects.get(campaign=made)
    assert (one.spend, one.reached, one.responses, one.won, one.revenue) == (15, 1500, 50, 3, 1200)


def test_the_same_file_again_adds_nothing_and_its_undo_takes_all_back(world: World) -> None:
    running(world)
    content = f"{GOOGLE}Boat show,2026-03-01,10,100,4,2,9\nBoat show,2026-03-02,10,100,4,2,9\n"
    first = brought(world, content)
    again = brought(world, content)
    assert CampaignResult.objects.count() == 2
    assert (again.added, again.known) == (0, 2)
    undo_import(world.ines, file=first)
    assert not CampaignResult.objects.exists()


def test_a_campaign_nobody_planned_is_a_fault_with_its_row(world: World) -> None:
    running(world)
    stopped = brought(world, f"{GOOGLE}Regatta,2026-03-01,10,100,4,2,9\n")
    assert stopped.status != "done"
    assert (stopped.faults[0]["row"], stopped.faults[0]["found"]) == (2, "“Regatta”")
    assert "Boat show" in stopped.faults[0]["expected"]
    brought(world, f"{GOOGLE}Regatta,2026-03-01,10,100,4,2,9\nBoat show,2026-03-01,1,1,1,1,1\n", skip_faulty=True)
    assert CampaignResult.objects.count() == 1


def test_who_does_not_work_on_the_product_brings_nothing_in(world: World) -> None:
    running(world)
    file = start_import(
        world.sol, name="ads.csv", content=f"{GOOGLE}Boat show,2026-03-01,1,1,1,1,1\n", options={"product": "tideline"}
    )
    with pytest.raises(Refused):
        run_import(world.sol, file=file)
