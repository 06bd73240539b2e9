"""Briefs: one set of facts, worded for each audience, written into by hand, sent and kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.catalogue.slots import Standing
from clearspan.core import panels
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.models import Function
from clearspan.stages.briefs.actions import send_brief, take_facts, write_brief
from clearspan.stages.briefs.models import Brief, BriefSending
from clearspan.stages.briefs.queries import brief, briefs, markdown
from clearspan.stages.decisions.actions import decide, word_for_roadmap
from clearspan.stages.decisions.audiences import AUDIENCES, CUSTOMERS, DEVELOPMENT, LEADERSHIP, SALES
from clearspan.stages.decisions.models import Decision, PortfolioStudy
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import Effort, Option
from clearspan.ui.numbers import money, money_range, percent_range
from tests.one_of_each import one_of_each
from tests.world import PASSWORD, World

TO_ALL = {to.key: to for to in AUDIENCES}


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def berths(world: World, today: date) -> Option:
    """Something that is coming, with a launch for which support must have something ready."""
    option = Option.objects.create(product=world.tideline, title="Berth map", state="chosen", summary="SECRET summary")
    Effort.objects.create(option=option, function=Function.objects.get(name="Engineering"), low=3, likely=4, high=9)
    decide(world.ines, kind="choose", reasons="It earns.", option=option, starts=today + timedelta(days=100))
    npv = {"mean": 654_321, "p05": -20_000, "p25": 40_000, "p75": 130_000, "p95": 200_000}
    Decision.objects.update(expected={"npv": npv, "probability_of_loss": 0.3})
    launch = Launch.objects.create(
        product=world.tideline, title="SECRET launch", planned_on=today + timedelta(days=200)
    )
    support = Function.objects.get(name="Support")
    due = {"due_on": today + timedelta(days=90)}
    Commitment.objects.create(launch=launch, function=support, title="Support knows it", **due)
    return option


def text(world: World, to: str, today: date, who: str = "ines") -> str:
    return markdown(brief(getattr(world, who), world.tideline, TO_ALL[to], today)).replace("\xa0", " ")


def test_each_audience_is_told_the_same_facts_in_its_own_words(world: World, berths: Option, today: date) -> None:
    word_for_roadmap(world.ines, option=berths, audience="customers", title="See every berth", publish=True)
    said = {to: text(world, to, today) for to in TO_ALL}
    assert "expected to earn £650 k" in said["leadership"] and "Berth map" in said["leadership"]
    assert "nine of ten futures in −£20 to 200 k" in said["leadership"]
    assert "It takes 4 of Engineering" in said["development"] and "£650 k" not in said["development"]
    assert "Support knows it" in said["functions"] and "Engineering" not in said["functions"]
    for to in ("sales", "customers"):
        assert "See every berth" in said[to] and "Berth map" not in said[to] and "SECRET" not in said[to]


def test_no_number_of_the_market_money_or_people_stands_without_how_sure_it_is(
    world: World, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_of_each(world)
    likely = Standing("£1.19 m likely", "ahead by £110 k", sure="£1.15 to 1.23 m")
    monkeypatch.setitem(panels._providers, "first.money", [lambda actor, products: {products[0].pk: likely}])
    spread = {"p05": 10_000.0, "p95": 300_000.0}
    worth = {"function": "Engineering", "per_unit": 99_000.0, "spread": spread}
    use = {"function": "Engineering", "period": "2026-10-01", "used": 1.0, "capacity": 1.0}
    PortfolioStudy.objects.create(
        product=world.tideline, status="done", options={"force": None},
        result={"value": {"mean": 1.0}, "use": [use], "selected": [], "capacity_value_throughout": [worth]},
    )  # fmt: skip
    found = text(world, "leadership", today)
    assert "One more in engineering is worth £99 k over the plan, nine of ten futures in £10 to 300 k." in found
    assert "Contribution this year: £1.19 m likely, £1.15 to 1.23 m nine times in ten, ahead by £110 k." in found
    verdict = Verdict.objects.get(opportunity__product=world.tideline)
    share = percent_range(verdict.share_p05, verdict.share_p95)
    value = money_range(verdict.value_p05, verdict.value_p95)
    told = f"of the market has this need (nine times in ten {share}), worth {money(verdict.value)} a year ({value})."
    assert told.replace("\xa0", " ") in found
    assert f"(nine times in ten {share}).".replace("\xa0", " ") in text(world, "development", today)


def test_what_is_written_by_hand_stays_and_says_when_its_facts_have_changed(
    world: World, berths: Option, today: date
) -> None:
    key = f"coming:{berths.pk}"
    write_brief(world.ines, product=world.tideline, audience="development", part=key, text="The map is next.")
    found = brief(world.ines, world.tideline, DEVELOPMENT, today)
    part = next(one for one in found.parts if one.key == key)
    assert part.text == "The map is next." and not part.has_changed
    Option.objects.update(title="Berth atlas")
    part = next(one for one in brief(world.ines, world.tideline, DEVELOPMENT, today).parts if one.key == key)
    assert part.text == "The map is next." and part.has_changed and "Berth atlas" in part.facts
    take_facts(world.ines, product=world.tideline, audience="development", part=key)
    assert "Berth atlas" in text(world, "development", today)


def test_mine_still_holds_is_to_write_the_same_again(world: World, berths: Option, today: date) -> None:
    key = f"coming:{berths.pk}"
    for title in ("Berth map", "Berth atlas"):
        Option.objects.update(title=title)
        write_brief(world.ines, product=world.tideline, audience="development", part=key, text="The map is next.")
    assert not brief(world.ines, world.tideline, DEVELOPMENT, today).changed


def test_what_was_written_into_facts_that_are_gone_is_kept_and_marked(
    world: World, berths: Option, today: date
) -> None:
    key = f"coming:{berths.pk}"
    write_brief(world.ines, product=world.tideline, audience="development", part=key, text="The map is next.")
    Option.objects.update(state="parked")
    part = brief(world.ines, world.tideline, DEVELOPMENT, today).parts[-1]
    assert part.is_gone and part.text == "The map is next."


def test_an_emptied_paragraph_is_left_out_and_can_be_put_back(world: World, berths: Option, today: date) -> None:
    key = f"coming:{berths.pk}"
    write_brief(world.ines, product=world.tideline, audience="development", part=key, text="")
    assert "**Berth map**" not in text(world, "development", today)
    take_facts(world.ines, product=world.tideline, audience="development", part=key)
    assert "**Berth map**" in text(world, "development", today)


def test_one_begins_with_ones_own_words(world: World, berths: Option, today: date) -> None:
    write_brief(world.ines, product=world.tideline, audience="development", part="lead", text="A calm quarter.")
    first, lead = text(world, "development", today).split("\n\n")[:2]
    assert first.startswith("# ") and lead == "A calm quarter."


def test_a_brief_that_is_sent_is_kept_as_it_was_with_to_whom(world: World, berths: Option, today: date) -> None:
    sent: BriefSending = send_brief(
        world.ines, product=world.tideline, audience="development", everyone=True, people=[world.leda.person]
    )
    assert {one["name"] for one in sent.to} == {"Devi Rao", "Leda Quist"} and sent.number == 1
    letters = [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail")]
    assert {letter["to"] for letter in letters} == {"devi@example.org", "leda@example.org"}
    assert all("Berth map" in letter["text"] for letter in letters)
    before = sent.text
    Option.objects.update(title="Berth atlas")
    again: BriefSending = send_brief(world.ines, product=world.tideline, audience="development", everyone=True)
    sent.refresh_from_db()
    assert sent.text == before and again.number == 2 and "Berth atlas" in again.text


def test_whether_a_brief_has_news_is_read_no_further_than_to_the_first(
    world: World, berths: Option, today: date
) -> None:
    write_brief(world.ines, product=world.tideline, audience="development", part="lead", text="A calm quarter.")
    send_brief(world.ines, product=world.tideline, audience="development", everyone=True)
    assert not brief(world.ines, world.tideline, DEVELOPMENT, today).has_news
    Option.objects.update(title="Berth atlas")
    found = brief(world.ines, world.tideline, DEVELOPMENT, today)
    assert found.has_news and "drift" not in vars(found.facts)
    assert markdown(found).startswith(f"# {found.answer}\n\nA calm quarter.\n\n## What is coming\n\n**Berth atlas**")


def test_nobody_is_sent_what_they_may_not_see(world: World, berths: Option) -> None:
    for audience, person in (("leadership", world.devi), ("development", world.otto), ("sales", world.cora)):
        with pytest.raises(Invalid, match="may not see"):
            send_brief(world.ines, product=world.tideline, audience=audience, people=[person.person])
    with pytest.raises(Invalid, match="may not see"):
        send_brief(world.ines, product=world.umbra, audience="development", people=[world.devi.person])
    assert not BriefSending.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="core.mail").exists()


def test_customers_are_those_who_sign_in_and_are_told_no_inside_address(world: World, berths: Option) -> None:
    word_for_roadmap(world.ines, option=berths, audience="customers", title="See every berth", publish=True)
    sent: BriefSending = send_brief(world.ines, product=world.tideline, audience="customers", everyone=True)
    assert [one["name"] for one in sent.to] == ["Cora Finch"]
    (letter,) = [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail")]
    assert "See every berth" in letter["text"] and "/briefs/" not in letter["text"]


def test_a_customer_is_not_named_to_customers(world: World, berths: Option) -> None:
    with pytest.raises(Invalid, match="Northmole"):
        write_brief(world.ines, product=world.tideline, audience="customers", part="lead", text="Northmole Marina, hi")


def test_of_a_confidential_product_there_is_no_brief_for_customers(world: World, today: date) -> None:
    assert "customers" not in {one.audience.key for one in briefs(world.ines, world.umbra, today)}
    with pytest.raises(NotThere):
        brief(world.ines, world.umbra, CUSTOMERS, today)
    with pytest.raises(Invalid, match="nothing may be told"):
        send_brief(world.ines, product=world.umbra, audience="customers", everyone=True)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("devi", {"development", "functions", "sales", "customers"}),
        ("sol", {"sales", "functions", "customers"}),
        ("otto", {"functions", "customers"}),
        ("cora", set()),
        ("xan", set()),
    ],
)
def test_each_reads_the_briefs_of_the_audiences_they_may_look_at(world: World, who: str, sees: set[str]) -> None:
    client = Client()
    client.login(username=f"{who}@example.org", password=PASSWORD)
    assert {to for to in TO_ALL if client.get(f"/tideline/briefs/{to}").status_code == 200} == sees
    assert {to for to in TO_ALL if client.get(f"/tideline/briefs/{to}/as/md").status_code == 200} == sees


def test_only_who_manages_the_product_writes_and_sends(world: World, berths: Option) -> None:
    for who in (world.devi, world.sol, world.leda, world.otto):
        with pytest.raises(Refused):
            write_brief(who, product=world.tideline, audience="functions", part="lead", text="Mine")
        with pytest.raises(Refused):
            send_brief(who, product=world.tideline, audience="functions", everyone=True)


def test_what_was_sent_to_leadership_is_not_seen_by_others(world: World, berths: Option) -> None:
    send_brief(world.ines, product=world.tideline, audience="leadership", everyone=True)
    sees = {who for who in world.actors if BriefSending.objects.visible_to(getattr(world, who)).exists()}
    assert sees == {"ines", "leda"}


@pytest.mark.parametrize("kind", ["md", "pdf"])
def test_a_brief_is_taken_along_as_a_file(world: World, berths: Option, kind: str) -> None:
    client = Client()
    client.login(username="ines@example.org", password=PASSWORD)
    answer = client.get(f"/tideline/briefs/leadership/as/{kind}")
    assert answer.status_code == 200 and f"tideline-for-leadership.{kind}" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"# ")


def test_a_brief_is_written_and_sent_from_its_page(world: World, berths: Option) -> None:
    client, url = Client(), "/tideline/briefs/development"
    client.login(username="ines@example.org", password=PASSWORD)
    assert client.post(f"{url}/write?part=lead", {"text": "A calm quarter."}).status_code == 302
    assert "Development: 1\xa0person" in client.get(f"{url}/send").content.decode()
    assert client.post(f"{url}/send", {"everyone": "on"}).status_code == 302
    sent = BriefSending.objects.get()
    assert "A calm quarter." in sent.text
    assert "It was sent as it reads" in client.get(url).content.decode()
    shown = client.get(f"/tideline/briefs/sent/{sent.pk}").content.decode()
    assert "Devi Rao" in shown and "A calm quarter." in shown


def test_a_brief_without_readers_is_refused_at_its_form(world: World, berths: Option) -> None:
    client = Client()
    client.login(username="ines@example.org", password=PASSWORD)
    answer: Any = client.post("/tideline/briefs/sales/send", {})
    assert answer.status_code == 422 and "Say to whom" in answer.content.decode()


def test_the_form_to_send_a_brief_is_for_who_manages_the_product(world: World, berths: Option) -> None:
    client = Client()
    client.login(username="devi@example.org", password=PASSWORD)
    assert client.get("/tideline/briefs/development/send").status_code == 403


def test_reading_a_brief_writes_nothing(world: World, berths: Option, today: date) -> None:
    for to in (LEADERSHIP, SALES):
        brief(world.leda, world.tideline, to, today)
    assert not Brief.objects.exists()
