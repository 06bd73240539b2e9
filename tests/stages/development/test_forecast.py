"""When it will be done: the saved study, its page, and what the roadmap makes of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.stages.decisions.audiences import LEADERSHIP
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries.published import published
from clearspan.stages.decisions.queries.roadmap import coming
from clearspan.stages.development import forecast_words
from clearspan.stages.development.actions import run_delivery_study
from clearspan.stages.development.models import DeliveryStudy, Team, WorkItem
from clearspan.stages.development.queries import forecast as read
from clearspan.stages.development.studies import delivery
from clearspan.stages.development.studies.delivery import Scope
from clearspan.stages.options.models import Option
from tests.world import PASSWORD, World


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def berths(world: World) -> Option:
    return Option.objects.create(product=world.tideline, title="Berth map", state="chosen", duration=2)


def finish(world: World, weeks: int = 10, each: int = 5, **fields: Any) -> None:
    """So many items finished in each of the last weeks, which were all there before."""
    today = timezone.localdate()
    WorkItem.objects.bulk_create(
        WorkItem(
            product=world.tideline, title=f"Finished {week}-{n}", state="done", added_on=today - timedelta(days=400),
            started_on=today - timedelta(days=7 * week + 4), finished_on=today - timedelta(days=7 * week + 1), **fields,
        )
        for week in range(weeks) for n in range(each)
    )  # fmt: skip


def leave(world: World, count: int = 20, **fields: Any) -> None:
    """So many items left to do."""
    fields = {"added_on": timezone.localdate() - timedelta(days=400), "state": "todo"} | fields
    WorkItem.objects.bulk_create(WorkItem(product=world.tideline, title=f"Open {n}", **fields) for n in range(count))


def made(world: World, **of: Any) -> DeliveryStudy:
    return delivery.run_now(Scope(world.tideline, **of))


def test_a_steady_team_is_done_when_its_open_items_are(world: World, today: date) -> None:
    finish(world)
    leave(world, 20)
    study = made(world)
    assert study.status == "done", study.words
    assert {study.p10, study.p50, study.p85, study.p95} == {today + timedelta(days=27)}
    assert study.result["dates"]["p85"] == (today + timedelta(days=27)).isoformat()


def test_epics_and_what_was_dropped_are_not_counted(world: World) -> None:
    finish(world)
    leave(world, 20)
    leave(world, 3, kind="epic")
    leave(world, 3, state="dropped", finished_on=timezone.localdate())
    leave(world, 3, state="done")  # nobody knows when
    assert made(world).result["remaining"] == 20


def test_other_products_are_not_counted(world: World) -> None:
    finish(world)
    leave(world, 20)
    WorkItem.objects.create(product=world.umbra, title="Secret", added_on=timezone.localdate())
    assert made(world).result["remaining"] == 20


def test_an_option_is_forecast_from_what_was_finished_of_it(world: World, berths: Option, today: date) -> None:
    finish(world, each=5)
    finish(world, each=2, option=berths)
    leave(world, 20, option=berths)
    assert made(world, option=berths).p50 == today + timedelta(days=69)


def test_a_team_is_forecast_from_what_it_has(world: World, today: date) -> None:
    slipway = Team.objects.create(product=world.tideline, name="Slipway")
    finish(world, each=5)
    finish(world, each=2, team=slipway)
    leave(world, 4, team=slipway)
    leave(world, 50)
    assert made(world, team=slipway).p50 == today + timedelta(days=13)


def test_what_is_finished_today_makes_today_past(world: World, today: date) -> None:
    finish(world)
    leave(world, 5)
    WorkItem.objects.create(product=world.tideline, title="Just done", state="done", added_on=today, finished_on=today)
    assert made(world).result["from"] == (today + timedelta(days=1)).isoformat()


def test_what_comes_into_a_product_waits_its_turn_and_what_it_would_do_is_said(world: World, today: date) -> None:
    finish(world, weeks=20)
    leave(world, 20)
    for week in range(1, 19):
        leave(world, 1, added_on=today - timedelta(days=7 * week))
    told = made(world).result
    assert told["growth"] == [1.0, 1.0]
    assert told["usual_growth"][1] > 1 and len(told["if_growth"]) == 3


def test_an_option_s_scope_that_grew_is_taken_to_grow_again(world: World, berths: Option, today: date) -> None:
    finish(world, weeks=20, option=berths)
    leave(world, 20, option=berths)
    for week in range(1, 19):
        leave(world, 1, option=berths, added_on=today - timedelta(days=7 * week))
    study = made(world, option=berths)
    assert study.result["growth_known"] and study.result["growth"][1] > 1
    nothing, usual, half = study.result["if_growth"]
    assert nothing["growth"] == [1.0, 1.0] and half["growth"] == [1.5, 1.5]
    assert nothing["p85"] <= usual["p85"] <= half["p85"]


def test_too_little_history_is_said_and_leaves_no_dates(world: World) -> None:
    finish(world, weeks=2)
    leave(world)
    study = made(world)
    assert study.status == "failed"
    assert study.words.startswith("There is too little to go by: 2 weeks since the first finish")


def test_where_nothing_is_open_there_is_nothing_to_forecast(world: World) -> None:
    finish(world)
    assert "Nothing is open" in made(world).words


def test_the_same_items_and_seed_give_the_same_result(world: World) -> None:
    finish(world)
    finish(world, weeks=5, each=2)
    leave(world)
    one, other = made(world), made(world)
    assert one.result == other.result
    assert one.inputs == other.inputs


def test_asking_queues_one_study_however_often(world: World, django_capture_on_commit_callbacks: Any) -> None:
    first, second = (run_delivery_study(world.devi, product=world.tideline) for _ in range(2))
    assert first == second
    assert first.status == "waiting"


def test_the_study_of_a_product_does_its_parts(world: World, berths: Option) -> None:
    slipway = Team.objects.create(product=world.tideline, name="Slipway")
    finish(world, option=berths, team=slipway)
    leave(world, option=berths, team=slipway)
    delivery.run(run_delivery_study(world.devi, product=world.tideline).pk)
    done = DeliveryStudy.objects.filter(status="done")
    assert {(one.team, one.option) for one in done} == {(None, None), (slipway, None), (None, berths)}


def test_a_part_of_another_product_is_refused(world: World) -> None:
    other = Option.objects.create(product=world.umbra, title="Secret")
    with pytest.raises(Invalid, match="another product"):
        run_delivery_study(world.ines, product=world.tideline, option=other)


def test_a_team_and_an_option_at_once_are_refused(world: World, berths: Option) -> None:
    slipway = Team.objects.create(product=world.tideline, name="Slipway")
    with pytest.raises(Invalid, match="not both"):
        run_delivery_study(world.ines, product=world.tideline, team=slipway, option=berths)


def test_sales_and_suppliers_may_not_ask(world: World) -> None:
    with pytest.raises(Refused):
        run_delivery_study(world.sol, product=world.tideline)
    with pytest.raises((NotThere, Refused)):
        run_delivery_study(world.kit, product=world.tideline)


def test_at_night_only_what_changed_is_forecast_anew(world: World, berths: Option) -> None:
    finish(world, option=berths)
    leave(world, option=berths)
    delivery.nightly()
    assert DeliveryStudy.objects.count() == 2
    delivery.nightly()
    assert DeliveryStudy.objects.count() == 2
    WorkItem.objects.filter(state="todo").first().delete()
    delivery.nightly()
    assert DeliveryStudy.objects.count() == 4


def test_at_night_a_forecast_of_a_week_ago_is_made_anew(world: World) -> None:
    finish(world)
    leave(world)
    delivery.nightly()
    DeliveryStudy.objects.update(created_at=timezone.now() - timedelta(days=8))
    delivery.nightly()
    assert DeliveryStudy.objects.count() == 2


def test_at_night_what_cannot_be_forecast_is_not_tried_until_it_changes(world: World) -> None:
    finish(world, weeks=2)
    leave(world)
    delivery.nightly()
    delivery.nightly()
    assert [one.status for one in DeliveryStudy.objects.all()] == ["failed"]


def test_the_roadmap_takes_its_dates_from_the_build(world: World, berths: Option, today: date) -> None:
    decide(world, berths)
    (planned,) = coming(world.ines, world.tideline, today)
    assert not planned.is_from_build
    finish(world, option=berths)
    leave(world, 20, option=berths)
    made(world, option=berths)
    (built,) = coming(world.ines, world.tideline, today)
    assert built.is_from_build
    assert built.p50 == built.p85 == today + timedelta(days=27)


def test_the_roadmap_says_dates_from_the_build_as_roughly_as_any(world: World, berths: Option, today: date) -> None:
    decide(world, berths)
    finish(world, option=berths)
    leave(world, 20, option=berths)
    made(world, option=berths)
    (built,) = published(world.leda, world.tideline, LEADERSHIP, today)
    done = today + timedelta(days=27)
    assert built.is_from_build and built.when == f"likely in {done:%B %Y}"


def test_an_old_forecast_and_one_of_what_is_done_are_not_on_the_roadmap(world: World, berths: Option) -> None:
    finish(world, option=berths)
    leave(world, 20, option=berths)
    study = made(world, option=berths)
    assert read.dates_of(world.ines, [berths])
    WorkItem.objects.filter(state="todo").update(state="done", finished_on=timezone.localdate())
    assert not read.dates_of(world.ines, [berths])
    WorkItem.objects.filter(title__startswith="Open").update(state="todo", finished_on=None)
    DeliveryStudy.objects.filter(pk=study.pk).update(created_at=timezone.now() - timedelta(days=40))
    assert not read.dates_of(world.ines, [berths])


def decide(world: World, option: Option) -> None:
    Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title=f"Chosen: {option}", reasons="It earns most.",
        decided_on=timezone.localdate(), starts=timezone.localdate() - timedelta(days=20),
    )  # fmt: skip


def page(world: World, query: str = "", who: str = "ines") -> str:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    answer = client.get(reverse("forecast", args=["tideline"]) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_before_the_first_forecast_the_page_teaches(world: World) -> None:
    shown = page(world)
    assert "When it will be done is not known yet." in shown and "Nothing is open here yet" in shown
    leave(world)
    assert "Forecast it now" in page(world)


@pytest.mark.parametrize("of", ["", "team", "option"])
def test_the_button_asks_for_the_forecast_of_what_is_shown(world: World, berths: Option, of: str) -> None:
    slipway = Team.objects.create(product=world.tideline, name="Slipway")
    leave(world, option=berths, team=slipway)
    wanted = {"": None, "team": slipway, "option": berths}[of]
    shown = page(world, f"?of={wanted.ref}" if wanted else "")
    form = shown.partition('action="/do/run_delivery_study"')[2].partition("</form>")[0]
    given = dict(re.findall(r'name="(product|team|option|next)" value="([^"]*)"', form))
    client = Client()
    client.login(username="devi@example.org", password=PASSWORD)
    assert client.post("/do/run_delivery_study", given).status_code == 302
    study = DeliveryStudy.objects.get()
    assert (study.team or study.option) == wanted
    assert "Weighing what was finished" in page(world, f"?of={wanted.ref}" if wanted else "")


def test_the_page_s_first_line_is_the_answer(world: World, today: date) -> None:
    finish(world)
    leave(world, 20)
    made(world)
    due = forecast_words.of_dates(today + timedelta(days=27), today + timedelta(days=27), today).replace("\xa0", " ")
    shown = page(world)
    assert due in shown
    assert "20 items open, about 5 finished a week" in shown
    assert "dates came true" in shown or "too little history" in shown


def test_the_page_names_what_is_under_way_for_too_long(world: World, today: date) -> None:
    finish(world)
    leave(world, 1, state="doing", started_on=today - timedelta(days=30))
    made(world)
    shown = page(world)
    assert "longer than 95 in 100 took" in shown


def test_what_if_is_answered_on_the_page(world: World, today: date) -> None:
    finish(world)
    leave(world, 20)
    made(world)
    later = today + timedelta(days=7)
    asked = f"?remaining=40&start={later:%Y-%m-%d}"
    due = forecast_words.of_dates(later + timedelta(days=55), None, today).partition(";")[0].replace("\xa0", " ")
    assert "40 items from" in page(world, asked)
    assert due.lower().removeprefix("likely ") in page(world, asked).lower()


@pytest.mark.parametrize("asked", ["?remaining=0&start=2026-01-01", "?remaining=x&start=y", "?remaining=5"])
def test_what_if_of_nonsense_is_said_beside_the_field(world: World, asked: str) -> None:
    finish(world)
    leave(world, 20)
    made(world)
    shown = page(world, asked)
    assert "Write how many: 1 or more." in shown or "Choose a day, such as 2026-03-31." in shown


def test_a_name_of_nothing_is_the_whole_product(world: World) -> None:
    assert page(world, "?of=TM-999999") and page(world, "?of=nonsense")


def test_a_failed_forecast_says_why_and_keeps_the_one_before(world: World) -> None:
    finish(world)
    leave(world, 20)
    made(world)
    WorkItem.objects.filter(state="todo").update(state="dropped", finished_on=timezone.localdate())
    made(world)
    shown = page(world)
    assert "There is no forecast of today" in shown and "Likely" in shown


def test_the_page_takes_as_many_queries_for_many_options_as_for_one(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            read.forecast(world.ines, world.tideline, timezone.localdate())
        return len(seen)

    finish(world)
    for n in range(2):
        option = Option.objects.create(product=world.tideline, title=f"Option {n}", state="chosen")
        finish(world, option=option)
        leave(world, 5, option=option)
    delivery.run(run_delivery_study(world.devi, product=world.tideline).pk)
    few = queries()
    for n in range(2, 7):
        option = Option.objects.create(product=world.tideline, title=f"Option {n}", state="chosen")
        finish(world, option=option)
        leave(world, 5, option=option)
        made(world, option=option)
    assert queries() == few
