"""What the sample company does after its decisions: definitions, a build with drift, a late supplier, a launch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.interfaces.sample import defining, launching, planning, working
from clearspan.interfaces.sample.content import load, needs
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.definition.models import Definition, DefinitionVersion, SignOff
from clearspan.stages.development.models import Milestone, WorkItem
from clearspan.stages.development.queries.drift import Radar, radar
from clearspan.stages.development.queries.supply import waiting_milestones
from clearspan.stages.launch.drafts import gaps_of
from clearspan.stages.launch.models import Campaign, Collateral, Commitment, Launch, LaunchMeasure
from tests.interfaces.sample.conftest import SEED, TODAY

TEXT = " ".join((Path(__file__).parents[3] / "docs" / "tutorial" / "decision-to-launch.md").read_text("utf-8").split())
SCREENS = {
    "Definition", "Development", "Launch", "Today", "Read as a document", "Write a note", "Go or no-go",
    "Those without a reason",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(company: Rows, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:
    """The small company with everything after its decisions; taken away after the module, as the company is."""
    with django_db_blocker.unblock(), transaction.atomic():
        options = planning.options(company)
        planning.people_and_buckets(company, TODAY)
        planning.decisions(company, options, TODAY)
        defining.definitions(company, options, planning.opportunities(company), TODAY)
        working.items(company, options, TODAY, SEED)
        launching.campaigns(company, options, launching.launches(company, options, TODAY), TODAY)
        launching.suppliers(company, options, TODAY)
        yield company


@pytest.fixture
def seen(built: Rows, db: None) -> Radar:
    return radar(Actor.system(), built.products["rimewatch"], TODAY)


def test_definitions_stand_in_several_versions_one_of_them_not_signed_yet(built: Rows, db: None) -> None:
    versions = [row.versions.count() for row in Definition.objects.order_by("pk")]
    assert max(versions) == 4 and min(versions) == 0
    assert set(Definition.objects.values_list("state", flat=True)) == set(Definition.State.values)
    assert SignOff.objects.filter(state="objected").count() == 2


def test_what_was_objected_to_was_answered_by_the_next_version(built: Rows, db: None) -> None:
    for objection in SignOff.objects.filter(state="objected").select_related("version"):
        after = DefinitionVersion.objects.get(
            definition=objection.version.definition_id, number=objection.version.number + 1
        )
        assert after.sign_offs.get(function=objection.function_id).state == "agreed"


def test_history_tells_it_on_the_days_it_happened(built: Rows, db: None) -> None:
    days = {event.at.date() for event in Event.objects.filter(action="publish_version")}
    assert TODAY - timedelta(days=118) in days and max(days) < TODAY


def test_people_finish_items_until_yesterday_and_have_some_in_hand(built: Rows, db: None) -> None:
    items = WorkItem.objects.filter(product=built.products["rimewatch"])
    assert items.filter(state="done").count() > 60
    assert items.filter(state="doing").count() == len(load("build")["team"]["rimewatch"]["people"])
    assert not items.filter(finished_on__gte=TODAY).exists()
    assert not items.filter(started_on__gt=TODAY).exists()


def test_work_without_a_reason_has_grown(seen: Radar) -> None:
    change = seen.no_reason
    assert change is not None and change.before is not None
    assert change.now.seen > 0.2 > change.before.seen
    assert change.risen > 0.8


def test_something_that_was_decided_has_not_been_touched(seen: Radar) -> None:
    stuck = next(one for one in seen.promised if str(one.option) == "Limits and delays by unit and time of day")
    assert stuck.counts.done == 0 < stuck.counts.all


def test_every_item_of_a_defined_option_names_a_requirement(built: Rows, db: None) -> None:
    defined = WorkItem.objects.filter(option__definition__isnull=False)
    assert defined.exists() and not defined.filter(requirement=None).exists()


def test_one_supplier_is_late(built: Rows, db: None) -> None:
    late = [one for one in waiting_milestones(Actor.system()) if one.milestone.is_open]
    assert {str(one.milestone.supplier) for one in late} <= {"Orrvik Voice"}
    assert Milestone.objects.filter(title="Calls in nine languages", due_on__lt=TODAY, state="planned").exists()


def test_a_launch_is_half_ready_and_one_function_has_not_answered(built: Rows, db: None) -> None:
    launch = Launch.objects.get(title__startswith="The list that is rung")
    states = dict(launch.commitments.values_list("function__name", "state").order_by("state"))
    assert set(launch.commitments.filter(function__name="Support").values_list("state", flat=True)) == {"asked"}
    assert {"done", "promised", "asked"} <= set(launch.commitments.values_list("state", flat=True)), states
    silent = launch.commitments.filter(state=Commitment.State.ASKED)
    assert set(silent.values_list("function__name", flat=True)) == {"Support"}
    done = launch.commitments.filter(state=Commitment.State.DONE).count()
    assert 0.2 < done / launch.commitments.count() < 0.7


def test_a_document_of_what_is_done_has_no_gaps(built: Rows, db: None) -> None:
    finished = Collateral.objects.filter(commitment__state=Commitment.State.DONE)
    assert {one.kind for one in finished} >= {"sales_sheet", "battlecard", "support", "runbook", "release_notes"}
    assert {(one.state, *gaps_of(one.text)) for one in finished} == {("ready",)}


def test_of_what_was_expected_of_a_launch_two_numbers_came_and_one_did_not(built: Rows, db: None) -> None:
    came = [one.low <= one.came <= one.high for one in LaunchMeasure.objects.filter(came__isnull=False)]
    assert sorted(came) == [False, True, True]


def test_the_fair_won_as_many_as_the_tutorial_says(built: Rows, db: None) -> None:
    fair = Campaign.objects.get(name="Catering fair, stand and talk")
    won, spent = (sum(getattr(one, name) for one in fair.results.all()) for name in ("won", "spend"))
    assert won == 13 and "won thirteen customers" in TEXT
    assert round(spent / won, -2) == 1300 and "some £1,300 each" in TEXT
    assert fair.bears == 2100 and "borne £2,100" in TEXT


def test_every_name_in_bold_is_a_screen_or_stands_in_the_company() -> None:
    launches = load("launches")
    known = SCREENS | {need.title for need in needs()} | {row["title"] for row in load("options")["option"]}
    known |= {row["title"] for row in launches["launch"]} | {row["name"] for row in launches["campaign"]}
    known |= {row["name"] for row in load("company")["person"]} | {row["person"][0] for row in launches["supplier"]}
    assert set(re.findall(r"\*\*(.+?)\*\*", TEXT)) <= known
