"""From what was heard to whose need it is."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearspan.catalogue.models import Account, MarketSize, Segment
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.models import Import
from clearspan.core.studies import CannotStudy, unpacked
from clearspan.stages.evidence.actions import put_away
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities import queries, studies
from clearspan.stages.opportunities.actions import link_evidence, run_demand_study, stop_demand_study, unlink_evidence
from clearspan.stages.opportunities.models import DemandStudy, Mention, Opportunity, Verdict
from clearspan.stages.opportunities.studies import arrays, whatif
from tests.stages.opportunities.heard import accounts, common_and_loud, needs, say
from tests.world import World


def test_what_many_accounts_need_is_the_markets_and_what_one_repeats_is_its_own(world: World) -> None:
    common, loud = common_and_loud(world)
    study = studies.run_now(world.tideline)
    assert study.status == DemandStudy.Status.DONE
    verdicts = {verdict.opportunity: verdict for verdict in Verdict.objects.select_related("opportunity")}
    assert verdicts[common].kind == Verdict.Kind.MARKET
    assert verdicts[loud].kind in (Verdict.Kind.SINGLE, Verdict.Kind.LITTLE)
    assert (verdicts[common].rank, verdicts[loud].rank) == (1, 2)
    assert verdicts[loud].mentions == 30
    assert verdicts[loud].largest_account == Account.objects.get(name="Marina 0")


def test_the_same_seed_gives_the_same_result(world: World) -> None:
    common_and_loud(world)
    one, two = studies.run_now(world.tideline, seed=3), studies.run_now(world.tideline, seed=3)
    assert one.result == two.result
    assert one.inputs_id == two.inputs_id


def test_a_study_writes_over_the_verdicts_before_it(world: World) -> None:
    common, _ = common_and_loud(world)
    first = studies.run_now(world.tideline)
    second = studies.run_now(world.tideline)
    assert Verdict.objects.get(opportunity=common).study == second
    assert DemandStudy.objects.filter(pk=first.pk, status="done").exists()


def test_nothing_said_of_a_need_is_an_occasion_on_which_it_was_not_said(world: World) -> None:
    (need,) = needs(world, "Never book a berth twice")
    first, second = accounts(world, 2, 0)
    say(world, first, need)
    say(world, second, state=Feedback.State.AWAY)
    heard = arrays.heard(world.tideline)
    assert heard.evidence.opportunity.tolist() == [0, -1]
    assert len(heard.accounts.names) == 2


def test_an_import_nobody_has_begun_to_read_is_no_silence(world: World) -> None:
    (need,) = needs(world, "Never book a berth twice")
    first, second, third = accounts(world, 3, 0)
    file = Import.objects.create(kind="evidence", name="tickets.csv", digest="0", asked_by=world.ines.person)
    say(world, first, need)
    say(world, second)
    waiting = say(world, third, times=2, brought_by=file)
    heard = arrays.heard(world.tideline)
    assert heard.accounts.names == (first.ref, second.ref)
    assert heard.left_out == ("2\u00a0pieces of feedback of imports nobody has begun to read",)
    put_away(world.ines, feedback=waiting[:1])
    begun = arrays.heard(world.tideline)
    assert begun.accounts.names == (first.ref, second.ref, third.ref)
    assert begun.evidence.opportunity.tolist() == [0, -1, -1, -1]
    assert begun.left_out == ()


def test_a_copy_is_one_occasion_with_its_original(world: World) -> None:
    (need,) = needs(world, "Never book a berth twice")
    (account,) = accounts(world, 1, 0)
    (original,) = say(world, account, need)
    (copy,) = say(world, account, need, state=Feedback.State.COPY, copy_of=original)
    say(world, account, state=Feedback.State.COPY, copy_of=copy)
    heard = arrays.heard(world.tideline)
    assert set(heard.evidence.occasion.tolist()) == {0}
    assert heard.occasions.tolist() == [original.pk]


def test_what_is_linked_to_a_need_put_away_is_silence(world: World) -> None:
    kept, away = needs(world, "Never book a berth twice", "Fax the list")
    Opportunity.objects.filter(pk=away.pk).update(state=Opportunity.State.CLOSED)
    (account,) = accounts(world, 1, 0)
    say(world, account, away)
    heard = arrays.heard(world.tideline)
    assert heard.evidence.opportunities == (kept.ref,)
    assert heard.evidence.opportunity.tolist() == [-1]


def test_who_stands_for_no_part_of_the_market_is_left_out_and_said(world: World) -> None:
    (need,) = needs(world, "Never book a berth twice")
    yards = Segment.objects.create(name="Boat yards")
    say(world, accounts(world, 1, 0)[0], need)
    say(world, Account.objects.create(name="Nobody knows"), need)
    say(world, Account.objects.create(name="Slipway", segment=yards), need, times=2)
    say(world, None)
    assert set(arrays.heard(world.tideline).left_out) == {
        "1\u00a0piece of feedback without an account",
        "1\u00a0piece of feedback from accounts without a segment",
        "2\u00a0pieces of feedback from accounts of Boat yards, whose market size is not known",
    }


@pytest.mark.parametrize("missing", ["market", "needs", "evidence"])
def test_a_study_says_what_is_missing(world: World, missing: str) -> None:
    if missing != "needs":
        needs(world, "Never book a berth twice")
    if missing == "market":
        MarketSize.objects.all().delete()
    with pytest.raises(CannotStudy):
        arrays.heard(world.tideline)
    assert studies.run_now(world.tideline).status == DemandStudy.Status.FAILED


def test_a_saved_study_holds_no_word_anybody_said(world: World) -> None:
    common_and_loud(world)
    study = studies.run_now(world.tideline)
    kept = unpacked(study.inputs)
    texts = [str(value) for array in kept.values() if array.dtype.kind == "U" for value in np.unique(array)]
    assert set(texts) == {"Marinas", "Sailing clubs"}
    assert "Marina 0" not in str(study.result)


def test_reading_what_was_heard_takes_as_many_queries_for_much_as_for_little(world: World) -> None:
    (need,) = needs(world, "Never book a berth twice")
    counts = []
    for size in (2, 40):
        for account in accounts(world, size, 0):
            say(world, account, need)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            arrays.heard(world.tideline)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_links_since_the_study_are_counted_once_each(world: World) -> None:
    common, _ = common_and_loud(world)
    assert queries.unseen(world.ines, world.tideline).never
    studies.run_now(world.tideline)
    assert not queries.unseen(world.ines, world.tideline).anything
    (feedback,) = say(world, world.northmole)
    link_evidence(world.ines, opportunity=common, feedback=[feedback])
    unlink_evidence(world.ines, opportunity=common, feedback=[feedback])
    since = queries.unseen(world.ines, world.tideline)
    assert (since.links, since.heard.number) == (1, 1)
    assert str(since) == "1\u00a0link and 1 heard"


def test_a_study_that_waits_is_stopped_before_it_begins(world: World) -> None:
    common_and_loud(world)
    study = run_demand_study(world.ines, product=world.tideline)
    with pytest.raises(Invalid, match="under way"):
        run_demand_study(world.ines, product=world.tideline)
    stop_demand_study(world.ines, study=study)
    assert studies.demand.run(study.pk).status == DemandStudy.Status.STOPPED
    assert not Verdict.objects.exists()


def test_each_night_only_what_has_changed_is_studied(world: World) -> None:
    common_and_loud(world)
    studies.nightly()
    studies.nightly()
    assert DemandStudy.objects.count() == 1


def test_one_more_account_asking_raises_the_estimate(world: World) -> None:
    common, _ = common_and_loud(world)
    study = studies.run_now(world.tideline)
    (feedback,) = say(world, world.northmole)
    found = whatif.if_linked(study, common, Feedback.objects.select_related("account__segment").get(pk=feedback.pk))
    assert found is not None
    assert found.then.asking == found.now.asking + 1
    assert found.then.prevalence.mean > found.now.prevalence.mean


def test_what_is_linked_already_changes_nothing_more(world: World) -> None:
    common, _ = common_and_loud(world)
    study = studies.run_now(world.tideline)
    linked = Mention.objects.filter(opportunity=common).select_related("feedback__account__segment")[0].feedback
    assert whatif.if_linked(study, common, linked) is None


def test_every_employee_sees_verdicts_and_no_customer_does(world: World) -> None:
    common_and_loud(world)
    studies.run_now(world.tideline)
    assert Verdict.objects.visible_to(world.otto).count() == 2
    assert not Verdict.objects.visible_to(world.cora).exists()
    assert Verdict.objects.visible_to(Actor.system()).count() == 2
