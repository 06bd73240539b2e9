"""What an audience may not see is absent from every way out: pages, files, machines' reads, letters."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.actions import NotThere
from clearspan.core.models import Function
from clearspan.interfaces import reads
from clearspan.stages.briefs import jobs
from clearspan.stages.briefs.actions import choose_digest, send_brief, write_brief
from clearspan.stages.decisions.actions import word_for_roadmap
from clearspan.stages.decisions.models import Decision, RoadmapWording
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Effort, Meets, Option
from tests.world import PASSWORD, World

SECRETS = ("SECRET", "1234567", "1.2 m", "Engineering, ")
AUDIENCES = ("leadership", "development", "functions", "sales", "customers")


@pytest.fixture
def planted(world: World) -> Option:
    """An option with something secret in every field, published to sales and customers in other words; and another
    that is not published at all, one of a confidential product, and a brief for leadership that was sent."""
    today = timezone.localdate()
    option = _chosen(world.tideline, "SECRET map")
    _chosen(world.tideline, "SECRET alarm")
    shade = _chosen(world.umbra, "SECRET shade")
    RoadmapWording.objects.create(option=shade, audience="customers", title="SECRET leak", is_published=True)
    for audience in ("sales", "customers"):
        word_for_roadmap(world.ines, option=option, audience=audience, title="See every berth", publish=True)
    word_for_roadmap(
        world.ines, option=Option.objects.get(title="SECRET alarm"), audience="sales", title="SECRET words"
    )
    for audience in ("leadership", "development"):
        write_brief(world.ines, product=world.tideline, audience=audience, part="lead", text="SECRET lead")
        send_brief(world.ines, product=world.tideline, audience=audience, everyone=True)
    ProcrastinateJob.objects.all().delete()
    assert today
    return option


def _chosen(product: Any, title: str) -> Option:
    option = Option.objects.create(product=product, title=title, summary="SECRET summary", state="chosen")
    need = Opportunity.objects.create(product=product, title="SECRET need", description="SECRET")
    Meets.objects.create(option=option, opportunity=need)
    Effort.objects.create(option=option, function=Function.objects.get(name="Engineering"), low=1, likely=2, high=3)
    npv = {"mean": 1_234_567.0, "p05": 0.0, "p25": 1.0, "p75": 2.0, "p95": 3.0}
    Decision.objects.create(
        product=product, kind="choose", option=option, title=f"SECRET {title}", reasons="SECRET reasons",
        decided_on=timezone.localdate(), starts=timezone.localdate() + timedelta(days=90), expected={"npv": npv},
    )  # fmt: skip
    return option


def _clean(text: str) -> None:
    for secret in SECRETS:
        assert secret not in text.replace("\xa0", " "), text[max(0, text.find(secret) - 200) :][:400]


def test_sales_is_told_by_no_page_or_file_what_was_not_published_to_it(world: World, planted: Option) -> None:
    client = Client()
    client.login(username="sol@example.org", password=PASSWORD)
    for audience in ("sales", "customers"):
        _clean(client.get(f"/tideline/roadmap?for={audience}").content.decode())
        _clean(client.get(f"/tideline/roadmap?for={audience}&view=groups").content.decode())
        _clean(client.get(f"/tideline/roadmap?for={audience}&take=timeline.csv").content.decode())
        _clean(client.get(f"/tideline/briefs/{audience}").content.decode())
        _clean(client.get(f"/tideline/briefs/{audience}/print").content.decode())
        _clean(client.get(f"/tideline/briefs/{audience}/as/md").content.decode())
    assert "See every berth" in client.get("/tideline/briefs/customers/as/md").content.decode()


@pytest.mark.parametrize("who", ["sol", "otto"])
def test_machines_are_told_no_more_than_their_person(world: World, planted: Option, who: str) -> None:
    actor = getattr(world, who)
    product = next(read for read in reads.READS if read.name == "products")
    told = reads.row(actor, product, world.tideline.ref)
    assert set(told["roadmap"]) == ({"sales", "functions", "customers"} if who == "sol" else {"functions", "customers"})
    published = {key: rows for key, rows in told["roadmap"].items() if key != "functions"}
    _clean(json.dumps([published, told["brief"] if who == "sol" else ""]))
    assert "1234567" not in json.dumps(told["roadmap"])
    for name in ("briefs", "sendings", "roadmap_wordings", "digests"):
        _clean(json.dumps(reads.rows(actor, next(read for read in reads.READS if read.name == name))))


@pytest.mark.parametrize("who", ["cora", "kit", "xan"])
def test_guests_read_none_of_it_by_machine(world: World, planted: Option, who: str) -> None:
    for name in ("briefs", "sendings", "roadmap_wordings", "digests", "products"):
        with pytest.raises(NotThere):
            reads.rows(getattr(world, who), next(read for read in reads.READS if read.name == name))


def test_letters_tell_each_what_they_may_see(world: World, planted: Option) -> None:
    for audience in ("sales", "customers"):
        send_brief(world.ines, product=world.tideline, audience=audience, everyone=True)
    jobs.send(choose_digest(world.sol, product=world.tideline, every="day").pk, timezone.localdate())
    letters = [job.args for job in ProcrastinateJob.objects.filter(task_name="core.mail")]
    assert {letter["to"] for letter in letters} == {"sol@example.org", "cora@example.org"} and len(letters) == 3
    for letter in letters:
        _clean(letter["subject"] + letter["text"] + letter.get("html", ""))
        assert "See every berth" in letter["text"]


def test_leadership_is_told_all_of_it(world: World, planted: Option) -> None:
    product = next(read for read in reads.READS if read.name == "products")
    told = json.dumps(reads.row(world.leda, product, world.tideline.ref))
    assert "SECRET map" in told and "1234567" in told and set(AUDIENCES) == set(json.loads(told)["roadmap"])
