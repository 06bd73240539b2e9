"""Which evidence speaks of which need."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.evidence.actions import change_feedback
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.actions import change_mention, create_opportunity, link_evidence, unlink_evidence
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.world import World


@pytest.fixture
def need(world: World) -> Opportunity:
    made: Opportunity = create_opportunity(world.ines, product=world.tideline, title="Never book a berth twice")
    return made


def test_linked_feedback_is_sorted(world: World, need: Opportunity) -> None:
    feedback = world.feedback()
    link_evidence(world.ines, opportunity=need, feedback=[feedback])
    feedback.refresh_from_db()
    assert feedback.state == Feedback.State.SORTED
    assert need.mentions.get().linked_by == world.ines.person


def test_a_copy_that_is_linked_stays_a_copy(world: World, need: Opportunity) -> None:
    copy = world.feedback(state=Feedback.State.COPY, copy_of=world.feedback())
    link_evidence(world.ines, opportunity=need, feedback=[copy])
    copy.refresh_from_db()
    assert copy.state == Feedback.State.COPY


def test_many_are_linked_at_once_and_undone_at_once(world: World, need: Opportunity) -> None:
    feedback = [world.feedback(f"Said {i}") for i in range(3)]
    done = link_evidence.perform(world.ines, opportunity=need, feedback=feedback)
    assert done.event.summary == "linked 3 pieces of feedback to Never book a berth twice"
    undo(world.ines, event=done.event)
    assert not Mention.objects.exists()
    assert set(Feedback.objects.values_list("state", flat=True)) == {"new"}


def test_a_mention_is_as_old_as_what_was_said_whoever_writes_it(world: World, need: Opportunity) -> None:
    feedback = world.feedback()
    link_evidence(world.ines, opportunity=need, feedback=[feedback])
    assert need.mentions.get().heard_at == feedback.said_at
    change_feedback(world.ines, feedback=feedback, said_at=datetime(2025, 3, 1, tzinfo=UTC))
    assert need.mentions.get().heard_at == datetime(2025, 3, 1, tzinfo=UTC)
    need.mentions.update(heard_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert need.mentions.get().heard_at == datetime(2025, 3, 1, tzinfo=UTC)
    need.mentions.update(feedback=world.feedback("Later", said_at=datetime(2025, 4, 1, tzinfo=UTC)))
    assert need.mentions.get().heard_at == datetime(2025, 4, 1, tzinfo=UTC)


def test_a_mention_is_from_whom_its_feedback_is_whoever_writes_it(world: World, need: Opportunity) -> None:
    feedback, other = world.feedback(), world.feedback("Later", account=world.saltings)
    link_evidence(world.ines, opportunity=need, feedback=[feedback])
    assert need.mentions.get().heard_from == world.northmole
    changed = change_feedback.perform(world.ines, feedback=feedback, account=world.saltings)
    assert need.mentions.get().heard_from == world.saltings
    undo(world.ines, event=changed.event)
    assert need.mentions.get().heard_from == world.northmole
    need.mentions.update(heard_from=world.saltings)
    assert need.mentions.get().heard_from == world.northmole
    need.mentions.update(feedback=other)
    assert need.mentions.get().heard_from == world.saltings
    change_feedback(world.ines, feedback=other, without_account=True)
    assert need.mentions.get().heard_from is None


def test_a_day_put_right_since_does_not_keep_a_link_from_being_undone(world: World, need: Opportunity) -> None:
    feedback = world.feedback()
    linked = link_evidence.perform(world.ines, opportunity=need, feedback=[feedback])
    unlinked = unlink_evidence.perform(world.ines, opportunity=need, feedback=[feedback])
    change_feedback(world.ines, feedback=feedback, said_at=datetime(2025, 3, 1, tzinfo=UTC))
    undo(world.ines, event=unlinked.event)
    assert need.mentions.get().heard_at == datetime(2025, 3, 1, tzinfo=UTC)
    undo(world.ines, event=linked.event)
    assert not need.mentions.exists()


def test_what_is_linked_already_is_left_as_it_is(world: World, need: Opportunity) -> None:
    first, second = world.feedback(), world.feedback("And again")
    link_evidence(world.ines, opportunity=need, feedback=[first], importance=4)
    link_evidence(world.ines, opportunity=need, feedback=[first, second])
    assert list(need.mentions.order_by("pk").values_list("importance", flat=True)) == [4, 2]
    with pytest.raises(Invalid, match="already"):
        link_evidence(world.ines, opportunity=need, feedback=[first])


def test_a_quote_is_cut_word_for_word(world: World, need: Opportunity) -> None:
    feedback = world.feedback("We book berths\n  twice, every week.")
    link_evidence(world.ines, opportunity=need, feedback=[feedback], quote="book berths twice")
    with pytest.raises(Invalid, match="word for word"):
        change_mention(world.ines, mention=need.mentions.get(), quote="They need a calendar")


def test_a_quote_belongs_to_one_piece_of_feedback(world: World, need: Opportunity) -> None:
    with pytest.raises(Invalid, match="one by one"):
        link_evidence(world.ines, opportunity=need, feedback=[world.feedback(), world.feedback()], quote="twice")


def test_feedback_about_another_product_is_not_evidence(world: World, need: Opportunity) -> None:
    strange = world.feedback(product=world.umbra)
    with pytest.raises(Invalid, match="another product"):
        link_evidence(world.ines, opportunity=need, feedback=[strange])


def test_what_one_may_not_see_cannot_be_linked(world: World, need: Opportunity) -> None:
    with pytest.raises(NotThere):
        link_evidence(world.devi, opportunity=need, feedback=[world.feedback(product=world.umbra)])


def test_who_works_on_the_product_may_link_and_sales_may_not(world: World, need: Opportunity) -> None:
    feedback = world.feedback()
    with pytest.raises(Refused):
        link_evidence(world.sol, opportunity=need, feedback=[feedback])
    link_evidence(world.devi, opportunity=need, feedback=[feedback])
    assert need.mentions.exists()


def test_what_speaks_of_no_need_any_more_is_unsorted_again(world: World, need: Opportunity) -> None:
    other = create_opportunity(world.ines, product=world.tideline, title="Move a booking")
    both, one = world.feedback("both"), world.feedback("one")
    link_evidence(world.ines, opportunity=need, feedback=[both, one])
    link_evidence(world.ines, opportunity=other, feedback=[both])
    unlink_evidence(world.ines, opportunity=need, feedback=[both, one])
    assert dict(Feedback.objects.values_list("text", "state")) == {"both": "sorted", "one": "new"}


def test_a_mention_says_what_was_answered_when_asked(world: World, need: Opportunity) -> None:
    link_evidence(world.ines, opportunity=need, feedback=[world.feedback()], importance=3)
    changed = change_mention(world.ines, mention=need.mentions.get(), prompted=True, answer=False)
    changed.refresh_from_db()
    assert (changed.prompted, changed.answer, changed.importance) == (True, False, 3)


def test_many_links_ask_for_one_new_study(world: World, need: Opportunity) -> None:
    for i in range(3):
        link_evidence(world.ines, opportunity=need, feedback=[world.feedback(f"Said {i}")])
    assert ProcrastinateJob.objects.filter(task_name="opportunities.refresh").count() == 1
