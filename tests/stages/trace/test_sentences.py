"""Why are we building this, and what became of what I asked?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models

from clearspan.core.actor import Actor
from clearspan.core.records import Record
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.definition.models import Definition
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife.models import Attribution, LedgerEntry
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.trace.queries import line_of
from clearspan.stages.trace.sentences import became, plain, why
from tests.one_of_each import one_of_each
from tests.world import World

Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World) -> Rows:
    made = one_of_each(world)
    Option.objects.filter(pk=made[Option].pk).update(state="chosen")
    Decision.objects.update(expected={"npv": {"mean": 1_940_000}})
    return made


def reason(actor: Actor, row: Record) -> str:
    line = line_of(actor, row)
    assert line is not None
    return plain(why(actor, line)).replace("\xa0", " ")


def fate(actor: Actor, row: Record) -> str:
    line = line_of(actor, row)
    assert line is not None
    return plain(became(actor, line)).replace("\xa0", " ")


def test_work_is_for_a_decision_for_a_need_for_money(world: World, rows: Rows) -> None:
    Outcome.objects.all().delete()
    assert reason(world.devi, rows[WorkItem]) == (
        "It serves “Berth map”, chosen on 1 March 2026, because about 2 in 7 of the market’s accounts need "
        "“Know who lies where” (4 accounts asked for it); it is expected to earn £1.9 m."
    )


def test_what_is_expected_says_how_sure_it_is(world: World, rows: Rows) -> None:
    npv = {"p05": 300_000, "p25": 1e6, "mean": 1_940_000, "p75": 2.5e6, "p95": 4_100_000}
    Decision.objects.update(expected={"npv": npv})
    Outcome.objects.all().delete()
    told = reason(world.devi, rows[WorkItem])
    assert told.endswith("; it is expected to earn £1.9 m (£0.3 to 4.1 m, nine times in ten).")


def test_where_it_is_known_what_came_that_is_said_beside_what_was_expected(world: World, rows: Rows) -> None:
    npv = {"p05": 300_000, "p25": 1e6, "mean": 1_940_000, "p75": 2.5e6, "p95": 4_100_000}
    Decision.objects.update(expected={"npv": npv})
    Outcome.objects.all().delete()
    Outcome.objects.create(decision=rows[Decision], day=date(2026, 9, 30), amount=420_000)
    assert reason(world.devi, rows[WorkItem]).endswith(
        "; it was expected to earn £1.9 m (£0.3 to 4.1 m, nine times in ten) and had brought £420 k by September 2026, "
        "low, but inside."
    )


def test_every_part_that_names_something_leads_there(world: World, rows: Rows) -> None:
    line = line_of(world.devi, rows[WorkItem])
    assert line is not None
    addresses = [part.url.split("/")[2] for part in why(world.devi, line) if part.url]
    assert addresses == ["options", "decisions", "opportunities", "opportunities", "decisions", "decisions"]


def test_one_customer_s_need_is_said_to_be_one(world: World, rows: Rows) -> None:
    Verdict.objects.update(kind="single_customer")
    assert "because one customer needs" in reason(world.devi, rows[WorkItem])


def test_work_for_nothing_decided_says_so(world: World, rows: Rows) -> None:
    item = WorkItem.objects.create(product=world.tideline, title="A darker blue", added_on=date(2026, 3, 1))
    assert reason(world.devi, item) == "Nobody has said why: it names nothing that was decided."


def test_of_several_needs_the_one_with_most_at_stake_is_the_reason(world: World, rows: Rows) -> None:
    small = Opportunity.objects.create(product=world.tideline, title="A pink map")
    Meets.objects.create(option=rows[Option], opportunity=small)
    assert "“Know who lies where”" in reason(world.devi, rows[WorkItem])


def test_a_need_says_how_often_it_was_heard(world: World, rows: Rows) -> None:
    assert fate(world.ines, rows[Opportunity]).startswith("It was heard in 1 mention; “Berth map” was chosen for it")


def test_what_was_heard_and_not_sorted_waits(world: World) -> None:
    assert fate(world.ines, world.feedback()) == "It was heard, and waits to be sorted."


def test_what_speaks_of_no_need_says_so(world: World) -> None:
    heard = world.feedback(state="sorted")
    assert fate(world.ines, heard) == "It was read, and speaks of no need that we know."


def test_a_need_without_an_option_waits_for_one(world: World) -> None:
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    assert fate(world.ines, need).endswith("; nobody has worked out yet what could be done.")


def test_a_need_that_was_declined_is_told_why(world: World, rows: Rows) -> None:
    Option.objects.update(state="declined")
    Decision.objects.update(kind="decline", reasons="One marina only.")
    assert fate(world.ines, rows[Feedback]) == (
        "It is heard as “Know who lies where”; declined on 1 March 2026: One marina only."
    )


def test_what_is_being_built_says_how_far_it_is_and_when_it_comes(world: World, rows: Rows) -> None:
    DeliveryStudy.objects.create(
        product=world.tideline, option=rows[Option], status="done", result={}, p50=date(2030, 3, 14)
    )
    said = fate(world.ines, rows[Feedback])
    assert "“Berth map” was chosen for it, 0 of 1 pieces of work are done, the rest likely by 14 Mar 2030" in said
    assert "“Berth map, for marinas” is planned for" in said


def test_what_is_only_defined_says_so(world: World, rows: Rows) -> None:
    WorkItem.objects.all().delete()
    Launch.objects.update(state="off")
    assert fate(world.ines, rows[Feedback]).endswith("was chosen for it, and is being defined: “Berth map”.")
    Definition.objects.all().delete()
    assert fate(world.ines, rows[Feedback]).endswith("was chosen for it, and work on it has not begun.")


def test_what_was_launched_is_there(world: World, rows: Rows) -> None:
    Launch.objects.update(state="launched", launched_on=date(2026, 5, 3))
    assert "and launched on 3 May" in fate(world.ines, rows[Feedback])


def test_what_was_launched_says_what_it_brought_to_the_people_of_the_company(world: World, rows: Rows) -> None:
    Launch.objects.update(state="launched", launched_on=date(2026, 5, 4))
    Outcome.objects.all().delete()
    Outcome.objects.create(decision=rows[Decision], day=date(2026, 9, 30), amount=420_000)
    assert fate(world.ines, rows[Feedback]).endswith("it had brought £420 k by September 2026.")


def test_an_entry_says_whose_doing_it_is(world: World, rows: Rows) -> None:
    entry: LedgerEntry = rows[LedgerEntry]
    Attribution.objects.all().delete()
    assert reason(world.ines, entry).startswith("Nobody has said whose doing it is")
    Attribution.objects.create(decision=rows[Decision], line=entry.line, share=0.1)
    assert reason(world.ines, entry).startswith("It is in part the doing of “Berth map”")
    entry.option = rows[Option]
    assert reason(world.ines, entry).startswith("It serves “Berth map”")
