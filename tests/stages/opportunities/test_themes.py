"""Themes proposed as needs, and suggestions for single pieces of feedback."""

from __future__ import annotations

import pytest

from clearspan.core import panels
from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities import studies
from clearspan.stages.opportunities.actions import accept_theme, create_opportunity, dismiss_theme, rename_theme
from clearspan.stages.opportunities.models import Mention, Opportunity, Theme, ThemeStudy
from clearspan.stages.opportunities.studies import suggestions
from tests.stages.opportunities.heard import needs, say
from tests.world import World

SAID = {
    "berth": ["Two boats on one berth again", "The berth was given to two boats", "One berth, two boats, one quarrel"],
    "tide": ["Tide times are missing at the mooring", "Where are tide times", "Show tide times at each mooring"],
    "mail": ["Invoice by mail please", "We want the invoice by mail", "Mail us the invoice each month"],
}  # fmt: skip


@pytest.fixture
def talk(world: World) -> World:
    for texts in SAID.values():
        for text in texts * 2:
            say(world, world.northmole, text=text)
    return world


@pytest.fixture
def theme(talk: World) -> Theme:
    studies.themes.run_now(talk.tideline)
    return Theme.objects.get(keywords__icontains="tide")


def test_unsorted_feedback_is_grouped_into_proposals(talk: World) -> None:
    study = studies.themes.run_now(talk.tideline)
    assert study.status == ThemeStudy.Status.DONE
    assert Theme.objects.filter(study=study, state=Theme.State.PROPOSED).count() >= 2
    assert Theme.objects.order_by("-size")[0].accounts == 1


def test_too_little_feedback_is_said_and_nothing_proposed(world: World) -> None:
    study = studies.themes.run_now(world.tideline)
    assert (study.status, Theme.objects.count()) == (ThemeStudy.Status.FAILED, 0)
    assert "Sort them by hand" in study.words


def test_an_accepted_theme_is_a_need_with_its_evidence_in_one_action(talk: World, theme: Theme) -> None:
    done = accept_theme.perform(talk.ines, theme=theme, title="See the tide at my mooring")
    assert done.result.title == "See the tide at my mooring"
    assert done.result.mentions.count() == theme.size
    assert not Feedback.objects.filter(mentions__opportunity=done.result, state="new").exists()
    undo(talk.ines, event=done.event)
    theme.refresh_from_db()
    assert (theme.state, Opportunity.objects.count(), Mention.objects.count()) == ("proposed", 0, 0)


def test_a_theme_may_be_linked_to_a_need_there_is_without_some_of_it(talk: World, theme: Theme) -> None:
    need = create_opportunity(talk.ines, product=talk.tideline, title="See the tide")
    first = Feedback.objects.get(pk=theme.members[0][0])
    accept_theme(talk.ines, theme=theme, opportunity=need, leave_out=[first])
    assert need.mentions.count() == theme.size - 1
    assert not need.mentions.filter(feedback=first).exists()


def test_a_theme_is_decided_on_once(talk: World, theme: Theme) -> None:
    dismiss_theme(talk.ines, theme=theme)
    with pytest.raises(Invalid, match="dismissed already"):
        accept_theme(talk.ines, theme=theme)


def test_a_new_study_keeps_what_was_decided(talk: World, theme: Theme) -> None:
    dismiss_theme(talk.ines, theme=theme)
    studies.themes.run_now(talk.tideline)
    assert Theme.objects.filter(pk=theme.pk, state="dismissed").exists()
    assert not Theme.objects.filter(state="proposed").exclude(study=ThemeStudy.objects.order_by("-pk")[0]).exists()


def test_who_does_not_work_on_the_product_decides_on_no_theme(talk: World, theme: Theme) -> None:
    with pytest.raises(Refused):
        dismiss_theme(talk.sol, theme=theme)
    assert rename_theme(talk.devi, theme=theme, label="Tide times").label == "Tide times"


def test_suggestions_are_learnt_from_needs_and_links(talk: World) -> None:
    tide, berth = needs(talk, "See the tide at my mooring", "One boat a berth")
    suggestions.rebuild(talk.tideline.pk)
    found = suggestions.likely(talk.sol, talk.tideline, ["When is the tide?", "Nice weather"])
    assert [one.need for one in found[0]] == [tide]
    assert found[1] == []
    assert berth.pk in suggestions.known(talk.tideline).needs  # type: ignore[union-attr]  # it was just built


def test_needs_one_may_not_see_are_not_suggested(talk: World) -> None:
    needs(talk, "See the tide at my mooring")
    suggestions.rebuild(talk.tideline.pk)
    assert suggestions.likely(talk.cora, talk.tideline, ["When is the tide?"]) == [[]]


def test_a_product_without_needs_suggests_nothing(talk: World) -> None:
    assert suggestions.rebuild(talk.tideline.pk) is None
    assert suggestions.likely(talk.ines, talk.tideline, ["tide"]) == [[]]


def test_the_inbox_is_told_what_a_piece_may_speak_of(talk: World) -> None:
    (tide,) = needs(talk, "See the tide at my mooring")
    suggestions.rebuild(talk.tideline.pk)
    piece = Feedback.objects.filter(text="Where are tide times")[0]
    (fragment,) = panels.ask("inbox.reader", talk.ines, piece)
    assert [row.need for row in fragment.context["likely"]] == [tide]
    (verbs,) = panels.ask("inbox.verbs", talk.ines, piece)
    assert verbs.context["first"].need == tide
    assert panels.ask("inbox.verbs", talk.otto, piece) == []


def test_an_ask_is_told_whose_need_it_is(talk: World) -> None:
    (tide,) = needs(talk, "See the tide at my mooring")
    (piece,) = say(talk, talk.saltings, tide)
    ask = Ask.objects.create(deal=talk.deal, feedback=piece, wants="Tide times")
    studies.run_now(talk.tideline)
    (said,) = panels.ask("ask.verdict", talk.sol, [ask])
    assert said[ask.pk].need == tide.title
    assert said[ask.pk].kind is not None
    assert said[ask.pk].asking == 1
