"""The line through a row, from either end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development.models import Milestone, WorkItem
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.inlife.models import Attribution, LedgerEntry, Proposal
from clearspan.stages.launch.models import Campaign, Commitment, Launch
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.trace.queries import line_of
from tests.one_of_each import one_of_each
from tests.world import World

Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World) -> Rows:
    return one_of_each(world)


@pytest.mark.parametrize("kind", [Feedback, Opportunity, Option, Decision, Definition, WorkItem, Launch])
def test_every_row_of_a_line_has_the_same_line(world: World, rows: Rows, kind: type[models.Model]) -> None:
    line = line_of(world.ines, rows[kind])
    assert line is not None
    assert rows[Opportunity] in line.opportunities and rows[Option] in line.options
    assert line.decisions == [rows[Decision]] and line.definitions == [rows[Definition]]
    assert line.items == [rows[WorkItem]] and line.launches == [rows[Launch]]
    assert (line.mentions, line.done, line.all) == (1, 0, 1)


def test_a_part_has_the_line_of_what_it_is_part_of(world: World, rows: Rows) -> None:
    for part, whole in ((Requirement, Definition), (Commitment, Launch)):
        line = line_of(world.ines, rows[part])
        assert line is not None and line.about == rows[whole]
    line = line_of(world.ines, rows[Ask])
    assert line is not None and isinstance(line.about, Feedback)


def test_what_is_part_of_nothing_has_no_line(world: World, rows: Rows) -> None:
    assert rows[Milestone].option is None
    assert line_of(world.ines, rows[Milestone]) is None


def test_work_without_a_reason_stands_alone(world: World, rows: Rows) -> None:
    item = WorkItem.objects.create(product=world.tideline, title="A darker blue", added_on=date(2026, 3, 1))
    line = line_of(world.ines, item)
    assert line is not None and line.items == [item] and not line.options and not line.opportunities


def test_a_campaign_without_an_option_has_its_launch(world: World, rows: Rows) -> None:
    campaign: Campaign = rows[Campaign]
    campaign.launch = rows[Launch]
    line = line_of(world.ines, campaign)
    assert line is not None and line.launches == [rows[Launch]] and line.here == 6


def test_a_figure_of_the_ledger_leads_back_to_who_needed_it(world: World, rows: Rows) -> None:
    entry: LedgerEntry = rows[LedgerEntry]
    Attribution.objects.exclude(decision=rows[Decision]).delete()
    Attribution.objects.update(line=entry.line, region="")
    line = line_of(world.ines, entry)
    assert line is not None and line.here == 7
    assert line.options == [rows[Option]] and rows[Opportunity] in line.opportunities and line.mentions == 1
    Attribution.objects.update(region="North")
    assert not entry.region
    alone = line_of(world.ines, entry)
    assert alone is not None and not alone.options


def test_dropped_work_does_not_count(world: World, rows: Rows) -> None:
    WorkItem.objects.update(state="dropped")
    line = line_of(world.ines, rows[Option])
    assert line is not None and line.all == 0


def test_what_an_outsider_asks_about_hangs_together_with_nothing(world: World, rows: Rows) -> None:
    line = line_of(world.xan, rows[Option])
    assert line is not None and not any((line.opportunities, line.decisions, line.definitions, line.items))


def test_a_line_takes_as_many_queries_for_much_as_for_little(world: World, rows: Rows) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            line_of(world.ines, rows[Opportunity])
        return len(asked)

    few = queries()
    for i in range(10):
        WorkItem.objects.create(
            product=world.tideline, title=f"Item {i}", added_on=date(2026, 3, 1), option=rows[Option]
        )
    assert queries() == few <= 16


def test_the_line_ends_with_what_came_and_the_proposal_an_option_was_made_of(world: World, rows: Rows) -> None:
    proposal = rows[Proposal]
    Proposal.objects.filter(pk=proposal.pk).update(state="option", option=rows[Option])
    line = line_of(world.ines, rows[Feedback])
    assert line is not None
    assert [one.came for one in line.came] == [1_200]
    assert line.proposals == [proposal]
    proposal.refresh_from_db()
    back = line_of(world.ines, proposal)
    assert back is not None
    assert (back.here, back.options, back.opportunities) == (7, [rows[Option]], [rows[Opportunity]])
