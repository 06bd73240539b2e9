"""What "/" gives each: their own question, answered in the first line, and no more than they may see."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clearspan.catalogue.models import Competitor, Offer, Price, Product
from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.decisions.actions import word_for_roadmap
from clearspan.stages.decisions.models import Decision, Outcome, PortfolioStudy
from clearspan.stages.development.models import Milestone, WorkItem
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.inlife.models import KPI, KPIReading
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.opportunities.actions import create_opportunity
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import Option
from clearspan.stages.portal.models import Portal
from clearspan.ui.numbers import percent_range
from tests.one_of_each import one_of_each
from tests.world import PASSWORD, World


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def rows(world: World, today: date) -> dict[type, Any]:
    """One of everything; the berth map is chosen, expected to earn, and begins this quarter."""
    made = one_of_each(world)
    Outcome.objects.all().delete()
    npv = {"mean": 90_000, "p05": -20_000, "p25": 40_000, "p75": 130_000, "p95": 200_000}
    Decision.objects.update(starts=today, expected={"npv": npv, "probability_of_loss": 0.3})
    Option.objects.filter(title="Berth map").update(state="chosen", duration=3)
    return made


def _page(who: str, url: str = "/") -> str:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\xa0", " ")


def _first_line(who: str, url: str = "/") -> str:
    found = re.search(r'<h1 class="answer">(.*?)</h1>', _page(who, url), re.DOTALL)
    assert found
    return found[1].strip()


def test_development_is_told_what_to_build_next_and_who_needs_it(world: World, rows: dict[type, Any]) -> None:
    said = _first_line("devi")
    assert said == "Next is “Draw the berths”, for “Berth map”: 4 accounts asked for it, worth £300 k a year."


def test_development_without_anything_decided_is_told_that(world: World) -> None:
    assert _first_line("devi").startswith("Nothing that was decided waits to be built.")


def test_development_sees_its_own_items_first(world: World, rows: dict[type, Any], today: date) -> None:
    for title, who in (("Mine", "devi"), ("Another’s", "kim")):
        WorkItem.objects.create(
            product=world.tideline, title=title, state="doing", assignee=who, added_on=today, started_on=today
        )
    shown = _page("devi")
    assert "In your hands" in shown and ">Mine<" in shown and "Another’s" not in shown


def test_sales_is_told_what_was_answered_and_what_may_be_promised(world: World, rows: dict[type, Any]) -> None:
    assert _first_line("sol") == "0 of your asks are answered, 1 waits; nothing that is coming may be promised yet."
    word_for_roadmap(world.ines, option=rows[Option], audience="sales", title="See every berth", publish=True)
    option = Option.objects.get(title="Berth map")
    word_for_roadmap(world.ines, option=option, audience="sales", title="See every berth", publish=True)
    assert "you may tell of 1 thing to come, first “See every berth" in _first_line("sol")


def test_sales_is_told_of_as_many_rivals_as_one_reads_with_the_way_to_the_others(world: World) -> None:
    for number in range(14):
        Competitor.objects.create(product=world.tideline, name=f"Rival {number:02}")
    shown = _page("sol")
    more = 14 + world.tideline.competitors.exclude(name__startswith="Rival").count() - 12
    assert shown.count(">Against ") == 12 and f"{more} more competitors" in shown
    assert "/tideline/market" in shown


def test_leadership_is_told_what_is_out_how_sure_it_is_and_what_waits(
    world: World, rows: dict[type, Any], today: date
) -> None:
    Launch.objects.update(decide_on=today + timedelta(days=5))
    said = _first_line("leda")
    assert said.startswith(
        "1 bet is out, likely worth £90 k (−£20 to 200 k), 1 of which may well lose money; "
        "1 launch waits for a decision"
    )
    assert "15 of 50 futures" in _page("leda")


def test_leadership_is_told_how_sure_a_number_is_beside_it(world: World, rows: dict[type, Any]) -> None:
    PortfolioStudy.objects.create(
        product=world.tideline, status="done", options={"force": None},
        result={
            "value": {"mean": 1.0, "p05": 0.0, "p25": 0.5, "p75": 1.5, "p95": 2.0}, "use": [], "selected": [],
            "capacity_value_throughout": [
                {"function": "Engineering", "per_unit": 99_000.0, "spread": {"p05": 10_000.0, "p95": 300_000.0}}
            ],
        },
    )  # fmt: skip
    shown = " ".join(_page("leda").split())
    assert "£99 k (£10 to 300 k), in" in shown
    verdict = Verdict.objects.get(opportunity__product=world.tideline)
    assert percent_range(verdict.share_p05, verdict.share_p95).replace("\xa0", " ") in shown


def test_all_bets_that_are_out_are_counted_and_the_largest_are_shown(world: World, rows: dict[type, Any]) -> None:
    one = Decision.objects.filter(option=rows[Option]).get()
    for number in range(14):
        option = Option.objects.create(product=world.tideline, title=f"Bet {number}", state="chosen")
        Decision.objects.create(
            product=one.product, option=option, kind="choose", title="B", decided_on=one.decided_on,
            expected=one.expected, reasons="It earns.",
        )  # fmt: skip
    shown = _page("leda")
    assert "15 bets are out, likely worth £1.4 m (−£0.3 to 3.0 m at the widest), 15 of which" in _first_line("leda")
    assert shown.count("of 50 futures") == 12 and "And 3 more" in shown


def test_leadership_is_told_of_launches_deliveries_and_kpis_that_are_at_risk(
    world: World, rows: dict[type, Any], today: date
) -> None:
    Launch.objects.update(planned_on=today + timedelta(days=20), state="planned")
    Commitment.objects.update(state="asked", must=True)
    Milestone.objects.update(state="planned", due_on=today - timedelta(days=3))
    KPI.objects.update(target=90, target_set_on=today - timedelta(days=30), target_on=today + timedelta(days=30))
    KPIReading.objects.all().delete()
    for days, value in ((30, 60.0), (1, 50.0)):
        KPIReading.objects.create(kpi=KPI.objects.get(), day=today - timedelta(days=days), value=value)
    said = _page("leda")
    assert "1 thing stands in its way" in said and "is 3 days late" in said and "is off its way" in said
    assert "3 things are at risk" in _first_line("leda")


def test_leadership_is_told_what_competitors_did_with_day_and_source_and_nothing_confidential(
    world: World, rows: dict[type, Any], today: date
) -> None:
    rival, about = rows[Competitor], {"product": world.tideline, "competitor": rows[Competitor]}
    seen = {"seen_on": today - timedelta(days=2), "source": "Their price list"}
    Intelligence.objects.create(**about, **seen, title="A berth is free in June")
    Intelligence.objects.create(**about, **seen, title="A secret of theirs", is_confidential=True)
    offer = Offer.objects.create(**about, name="Harbour kit", plan="Small")
    for days, amount in ((200, 49), (2, 39)):
        price = {"amount": amount, "currency": "GBP", "per": "a month", "source": "Their price list"}
        Price.objects.create(offer=offer, seen_on=today - timedelta(days=days), **price)
    assert 'hx-get="/for/leadership/moves"' in _page("leda")
    said = _page("leda", "/for/leadership/moves")
    assert f"{rival}: A berth is free in June" in said and "Their price list" in said
    assert "Harbour kit (small) costs £39, before £49" in said
    assert "A secret of theirs" not in said


@pytest.mark.parametrize(("who", "status"), [("ines", 200), ("leda", 200), ("devi", 404), ("sol", 404), ("kit", 404)])
def test_what_competitors_did_is_told_to_who_may_look_at_leaderships_page(world: World, who: str, status: int) -> None:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    assert client.get("/for/leadership/moves").status_code == status


def test_leadership_sees_money_against_plan_where_a_ledger_says_it(
    world: World, rows: dict[type, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def money(actor: Actor, products: list[Product]) -> dict[int, Standing]:
        return {world.tideline.pk: Standing("£1.2 m of £1.4 m", "behind by £0.2 m", is_behind=True)}

    monkeypatch.setitem(panels._providers, "first.money", [money])
    assert _first_line("leda").startswith("Tideline is behind plan; 1 bet")
    assert "£1.2 m of £1.4 m" in _page("leda")


def test_another_function_is_told_what_it_must_have_ready(world: World, rows: dict[type, Any], today: date) -> None:
    Commitment.objects.update(due_on=today + timedelta(days=3))
    said = _first_line("otto")
    assert said.startswith("1 thing is to be ready, by ") and said.endswith("; 1 launch is ahead.")


@pytest.mark.parametrize("who", ["leda", "devi", "sol", "otto"])
def test_what_waits_for_oneself_follows_ones_own_page_alone(world: World, rows: dict[type, Any], who: str) -> None:
    Commitment.objects.update(state="asked", owner=None, function=world.actors[who].person.function)
    assert 'hx-get="/waiting"' in _page(who) and "Answer: " not in _page(who)
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    followed = client.get("/waiting", headers={"HX-Request": "true"}).content.decode()
    assert "Answer: " in followed and "Changed since you were here" in followed and "<html" not in followed
    assert re.search("things? waits? for you", _first_line(who, "/waiting"))
    assert 'hx-get="/waiting"' not in _page("ines", "/for/functions")


def test_a_page_is_followed_by_a_few_changes_with_the_way_to_more(world: World) -> None:
    for number in range(7):
        create_opportunity(world.ines, product=world.tideline, title=f"Need {number}")
    client = Client()
    client.login(username="leda@example.org", password=PASSWORD)
    part = client.get("/waiting", headers={"HX-Request": "true"}).content.decode()
    assert part.count("Ines Maddox") == 5 and "What else was changed" in part
    page = client.get("/waiting").content.decode()
    assert page.count("<b>Ines Maddox</b>") == 7 and "What else was changed" not in page


def test_a_customer_is_led_to_the_portals_that_are_open(world: World, client: Client) -> None:
    client.force_login(world.cora.person)  # type: ignore[arg-type]
    assert "nothing is shared with you yet" in client.get("/").content.decode()
    for product, is_open in ((world.tideline, True), (world.umbra, False)):
        Portal.objects.create(product=product, is_open=is_open)
    page = client.get("/").content.decode()
    assert "stands on the portal" in page
    assert 'href="/portal/me/enter"' in page
    assert 'href="/portal/tideline"' in page
    assert "umbra" not in page.lower()


def test_in_the_sample_company_one_may_be_a_customer(world: World, client: Client, settings: Any) -> None:
    settings.DEMO = True
    page = client.get("/account/login/").content.decode()
    assert 'Come in<span class="vh"> as Cora Finch' in page
    assert "a customer" in page


@pytest.mark.parametrize("who", ["cora", "kit", "xan"])
def test_nothing_waits_for_who_is_no_employee(world: World, who: str) -> None:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    assert client.get("/waiting").status_code == 404


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ines", {"product", "leadership", "development", "functions", "sales"}),
        ("leda", {"product", "leadership", "development", "functions", "sales"}),
        ("devi", {"development", "functions", "sales"}),
        ("sol", {"sales", "functions"}),
        ("otto", {"functions"}),
        ("cora", set()),
        ("kit", set()),
        ("xan", set()),
    ],
)
def test_each_may_look_at_the_first_pages_of_those_they_see_as_much_as(
    world: World, rows: dict[type, Any], who: str, may: set[str]
) -> None:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    seen = {
        key
        for key in ("product", "leadership", "development", "functions", "sales", "customers", "nobody")
        if client.get(f"/for/{key}").status_code == 200
    }
    assert seen == may


@pytest.mark.parametrize("who", ["devi", "sol", "otto"])
def test_a_confidential_product_is_on_no_first_page_of_who_may_not_know_it(world: World, who: str) -> None:
    need = Option.objects.create(product=world.umbra, title="SECRET shade", state="chosen")
    Decision.objects.create(
        product=world.umbra, kind="choose", option=need, title="SECRET", reasons="x", decided_on=timezone.localdate(),
        starts=timezone.localdate(),
    )  # fmt: skip
    Launch.objects.create(product=world.umbra, title="SECRET launch", planned_on=timezone.localdate())
    assert "SECRET" not in _page(who) and "Umbra" not in _page(who)


@pytest.mark.parametrize("who", ["devi", "sol", "otto"])
def test_what_a_plan_earns_is_on_no_first_page_but_who_manages_and_leads(
    world: World, rows: dict[type, Any], who: str
) -> None:
    assert "£90 k" not in _page(who)
