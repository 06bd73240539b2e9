"""Needs on screen."""

from __future__ import annotations

import csv

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clearspan.stages.opportunities import queries, studies
from clearspan.stages.opportunities.actions import create_opportunity, link_evidence
from clearspan.stages.opportunities.models import DemandStudy, Opportunity
from clearspan.stages.opportunities.queries import Filters
from tests.stages.opportunities.heard import common_and_loud, needs, say
from tests.world import World


@pytest.fixture
def ines(world: World) -> Client:
    client = Client()
    client.force_login(world.actors["ines"].person)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(f"/tideline/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_empty_list_teaches_what_a_need_is(ines: Client) -> None:
    page = text(ines, "opportunities")
    assert "No need of the market has been written down yet." in page
    assert "Write down the first" in page


def test_the_list_answers_whose_the_needs_are(world: World, ines: Client) -> None:
    common_and_loud(world)
    assert "no study has looked" in text(ines, "opportunities")
    studies.run_now(world.tideline)
    page = text(ines, "opportunities")
    assert "One need is the market’s. “Never book a berth twice” stands first" in page


@pytest.mark.parametrize("view", ["ranked", "tree", "map"])
def test_every_view_shows_the_needs(world: World, ines: Client, view: str) -> None:
    common_and_loud(world)
    studies.run_now(world.tideline)
    assert "Never book a berth twice" in text(ines, f"opportunities?view={view}")


def test_the_list_asks_as_many_queries_for_many_needs_as_for_few(world: World) -> None:
    counts = []
    for size in (2, 30):
        for need in needs(world, *(f"Need {i}" for i in range(size))):
            say(world, world.northmole, need)
        with CaptureQueriesContext(connection) as asked:
            queries.table(world.ines, world.tideline, Filters())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_searched_and_sorted(world: World) -> None:
    common, loud = common_and_loud(world)
    studies.run_now(world.tideline)

    def shown(**given: str) -> list[Opportunity]:
        return [row.need for row in queries.table(world.ines, world.tideline, Filters.read(given)).rows]

    assert shown() == [common, loud]
    assert shown(sort="value") == [loud, common]
    assert shown(q="berth") == [common]
    assert shown(verdict="market") == [common]
    assert shown(segment=str(world.clubs.pk)) == [common]
    assert shown(state="closed") == []
    assert shown(sort="nonsense", verdict="nonsense") == [common, loud]


def test_the_page_of_a_need_says_how_many_need_it_and_where(world: World, ines: Client) -> None:
    common, loud = common_and_loud(world)
    assert "no study has looked" in text(ines, f"opportunities/{common.pk}")
    studies.run_now(world.tideline)
    page = text(ines, f"opportunities/{common.pk}")
    assert "accounts need it, in all two segments" in page
    assert "Why this verdict" in page
    assert "Marina 0" in text(ines, f"opportunities/{loud.pk}")


def test_the_page_asks_as_many_queries_for_much_evidence_as_for_little(world: World, ines: Client) -> None:
    counts = []
    (need,) = needs(world, "Never book a berth twice")
    text(ines, f"opportunities/{need.pk}")
    for size in (3, 60):
        say(world, world.northmole, need, times=size)
        studies.run_now(world.tideline)
        with CaptureQueriesContext(connection) as asked:
            text(ines, f"opportunities/{need.pk}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_need_of_a_confidential_product_is_not_there_for_others(world: World) -> None:
    hidden = create_opportunity(world.ines, product=world.umbra, title="Hidden")
    client = Client()
    client.force_login(world.actors["devi"].person)
    assert client.get(f"/umbra/opportunities/{hidden.pk}").status_code == 404
    assert client.get(f"/tideline/opportunities/{hidden.pk}").status_code == 404


def test_a_need_is_added_with_its_evidence(world: World, ines: Client) -> None:
    piece = world.feedback("We book berths twice.")
    assert "We book berths twice." in text(ines, f"opportunities/new?feedback={piece.ref}")
    given = {"title": "Never book a berth twice", "feedback": piece.ref, "quote": "berths twice"}
    answer = ines.post("/tideline/opportunities/new", given)
    made = Opportunity.objects.get()
    assert answer.url == f"/tideline/opportunities/{made.pk}"  # type: ignore[attr-defined]  # a redirect
    assert made.mentions.get().quote == "berths twice"


def test_what_an_action_refuses_stands_on_the_form(world: World, ines: Client) -> None:
    piece = world.feedback("We book berths twice.")
    given = {"title": "Never book twice", "feedback": piece.ref, "quote": "something else"}
    answer = ines.post("/tideline/opportunities/new", given)
    assert answer.status_code == 422
    assert "word for word" in answer.content.decode()
    assert not Opportunity.objects.exists()


def test_a_need_is_changed_and_moved_by_one_form(world: World, ines: Client) -> None:
    wide, narrow = needs(world, "Berths", "Never twice")
    given = {"title": "Never book twice", "parent": wide.pk}
    assert ines.post(f"/tideline/opportunities/{narrow.pk}/change", given).status_code == 302
    narrow.refresh_from_db()
    assert (narrow.title, narrow.parent) == ("Never book twice", wide)


def test_a_study_gives_its_inputs_as_the_command_reads_them(world: World, ines: Client) -> None:
    common_and_loud(world)
    study = studies.run_now(world.tideline)
    path = f"opportunities/studies/{study.pk}"
    assert "were weighed for" in text(ines, path)
    rows = list(csv.DictReader(text(ines, f"{path}/evidence.csv").splitlines()))
    assert len(rows) == 150
    assert {row["opportunity"] for row in rows} == {"", *(need.ref for need in Opportunity.objects.all())}
    assert "Marinas,320.0,9000.0" in text(ines, f"{path}/market.csv")
    assert '"opportunities"' in text(ines, f"{path}/result.json")
    assert ines.get(f"/tideline/{path}/people.csv").status_code == 404


def test_progress_reads_the_page_anew_when_the_study_has_ended(world: World, ines: Client) -> None:
    study = DemandStudy.objects.create(product=world.tideline)
    assert "Waiting for the worker" in text(ines, "opportunities/under-way/demand")
    DemandStudy.objects.filter(pk=study.pk).update(status="done")
    assert ines.get("/tideline/opportunities/under-way/demand").headers["HX-Refresh"] == "true"


def test_mentions_are_listed_and_a_quote_is_cut(world: World, ines: Client) -> None:
    (need,) = needs(world, "Never book a berth twice")
    link_evidence(world.ines, opportunity=need, feedback=[world.feedback("We book berths twice.")])
    mention = need.mentions.get()
    assert "We book berths twice." in text(ines, f"opportunities/{need.pk}/mentions")
    path = f"/tideline/opportunities/{need.pk}/mentions/{mention.pk}"
    ines.post(path, {"quote": "book berths twice", "importance": "3", "answer": "on"})
    mention.refresh_from_db()
    assert (mention.quote, mention.importance, mention.answer) == ("book berths twice", 3, True)


def test_the_page_of_themes_teaches_when_there_are_none(ines: Client) -> None:
    assert "No themes to decide on" in text(ines, "opportunities/themes")
