"""Who meets what the market needs: we and the competitors, weighed by what is at stake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue import comparing
from clearspan.catalogue.models import Competitor
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.definition.actions import say_who_does
from clearspan.stages.definition.models import Definition, Ground, Requirement, RequirementStanding
from clearspan.stages.definition.queries import comparison as required
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.opportunities.actions import (
    allow_quote,
    link_intelligence,
    merge_opportunities,
    say_who_meets,
)
from clearspan.stages.opportunities.models import DemandStudy, Mention, NeedStanding, Opportunity, Verdict
from clearspan.stages.opportunities.queries import comparison as reads
from clearspan.stages.options.models import Option
from tests.one_of_each import NUMBERS
from tests.world import World


@pytest.fixture
def rivals(world: World) -> list[Competitor]:
    return [Competitor.objects.create(product=world.tideline, name=name) for name in ("Harbourly", "Moorings Plus")]


@pytest.fixture
def needs(world: World) -> list[Opportunity]:
    """Three needs at stake for 300, 200 and 100 thousand a year."""
    study = DemandStudy.objects.create(product=world.tideline, status="done", result={"opportunities": []})
    made = []
    for rank, title in enumerate(("Know who lies where", "Be warned of the tide", "Print a list"), 1):
        need = Opportunity.objects.create(product=world.tideline, title=title)
        numbers = {f"share{'' if k == 'mean' else '_' + k}": v for k, v in NUMBERS.items()}
        numbers |= {f"value{'' if k == 'mean' else '_' + k}": v for k, v in NUMBERS.items()}
        numbers["value"] = (4 - rank) * 100_000
        Verdict.objects.create(
            opportunity=need, study=study, kind="market", probability=0.9, rank=rank, heard=1, asking=1, **numbers
        )
        made.append(need)
    return made


def say(world: World, need: Opportunity, ours: str = "", **theirs: str) -> None:
    """say(world, need, "yes", Harbourly="no")"""
    if ours:
        say_who_meets(world.sol, opportunity=need, says=ours, source="We tried it")
    for name, says in theirs.items():
        rival = Competitor.objects.get(name=name.replace("_", " "))
        say_who_meets(world.sol, opportunity=need, competitor=rival, says=says, source="Their manual")


def found(world: World, *rivals: Competitor) -> comparing.Comparison:
    return reads.comparison(world.ines, world.tideline, rivals or list(Competitor.objects.all()))


def answer(comparison: comparing.Comparison) -> str:
    return comparing.answer(comparison, "GBP").replace("\u00a0", " ")


def page(world: World, name: str, *parts: Any, query: str = "", who: str = "sol") -> str:
    client = Client()
    client.force_login(getattr(world, who).person)
    response = client.get(reverse(name, args=["tideline", *parts]) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_the_first_line_weighs_what_we_are_ahead_and_behind_on(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    say(world, needs[0], "no", Harbourly="yes", Moorings_Plus="no")
    say(world, needs[1], "yes", Harbourly="partly", Moorings_Plus="no")
    say(world, needs[2], "partly", Harbourly="no")
    assert answer(found(world)) == (
        "We are ahead of every competitor on 2 needs, “Be warned of the tide” first, alone worth £200 k a year; "
        "behind on 1 need, worth £300 k a year: “Know who lies where”."
    )
    assert "We are ahead of every competitor on 2 needs" in page(world, "comparison")


def test_what_nobody_has_said_is_no_no(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    say(world, needs[0], "yes")
    say(world, needs[1], Harbourly="yes")
    assert answer(found(world)) == "How we stand against every competitor nobody has said yet."
    assert comparing.under(found(world)).startswith("3\u00a0needs of 3 cannot be compared yet")


def test_being_as_good_as_one_and_better_than_another_is_not_being_ahead(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    say(world, needs[0], "yes", Harbourly="yes", Moorings_Plus="no")
    assert found(world).ahead == [] and found(world).behind == []
    assert [row.key for row in found(world).against(rivals[1].pk).ahead] == [needs[0].pk]


def test_one_competitor_is_compared_with_alone(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    say(world, needs[0], "partly", Harbourly="yes", Moorings_Plus="no")
    text = page(world, "comparison", query=f"?competitor={rivals[1].pk}")
    assert "We are ahead of Moorings Plus on 1 need" in text
    assert "ahead of Moorings Plus on 1 need" in page(world, "competitor", rivals[1].pk)


def test_the_order_is_what_is_at_stake(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    assert [row.title for row in found(world).rows] == ["Know who lies where", "Be warned of the tide", "Print a list"]


def test_each_need_says_how_sure_its_value_is(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    Verdict.objects.update(value_p05=250_000, value_p95=360_000)
    assert [row.sure for row in found(world, rivals[0]).against(rivals[0].pk).rows] == [(250_000, 360_000)] * 3
    assert "£250 to 360 k" in page(world, "comparison")
    assert "nine times in ten" in comparing.under(found(world))


def test_said_again_replaces_and_can_be_taken_back(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    say(world, needs[0], "no")
    done = say_who_meets.perform(world.ines, opportunity=needs[0], says="yes", source="The new release")
    assert NeedStanding.objects.get().says == "yes"
    undo(world.ines, event=done.event)
    assert NeedStanding.objects.get().says == "no"


def test_who_says_so_and_when_must_make_sense(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    with pytest.raises(Invalid, match="source"):
        say_who_meets(world.sol, opportunity=needs[0], says="yes", source=" ")
    with pytest.raises(Invalid, match="future"):
        ahead = timezone.localdate() + timedelta(days=2)
        say_who_meets(world.sol, opportunity=needs[0], says="yes", source="x", seen_on=ahead)
    other = Competitor.objects.create(product=world.umbra, name="Penumbra")
    with pytest.raises(Invalid, match="another product"):
        say_who_meets(world.ines, opportunity=needs[0], competitor=other, says="yes", source="x")
    with pytest.raises(NotThere):
        say_who_meets(world.sol, opportunity=needs[0], competitor=other, says="yes", source="x")
    with pytest.raises(Refused):
        say_who_meets(world.otto, opportunity=needs[0], says="yes", source="x")


def test_an_old_standing_says_so(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    say(world, needs[0], "yes")
    say_who_meets(
        world.sol, opportunity=needs[0], competitor=rivals[0], says="no", source="Their manual",
        seen_on=timezone.localdate() - timedelta(days=430),
    )  # fmt: skip
    assert "14 months ago" in page(world, "comparison")
    Verdict.objects.all().delete()  # these have no reasons to show on the page of a need
    assert "look again" in page(world, "opportunity", needs[0].pk, who="ines")


def test_a_cell_is_said_on_its_form(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    client = Client()
    client.force_login(world.sol.person)
    url = reverse("need_standing", args=["tideline", needs[0].pk]) + f"?competitor=CP-{rivals[0].pk}"
    assert "Does Harbourly do this" in client.get(url).content.decode()
    assert client.post(url, {"says": "maybe", "source": "x"}).status_code == 422
    assert client.post(url, {"says": "partly", "source": "A buyer"}).status_code == 302
    assert NeedStanding.objects.get().competitor == rivals[0]


def test_merged_needs_keep_what_was_said_of_them(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    say(world, needs[0], "yes", Harbourly="no")
    say(world, needs[1], "no", Harbourly="yes", Moorings_Plus="partly")
    merge_opportunities(world.ines, opportunities=[needs[1]], into=needs[0])
    standings = {str(one.competitor): one.says for one in reads.standings(world.ines, needs[0])}
    assert standings == {"None": "yes", "Harbourly": "no", "Moorings Plus": "partly"}


def test_more_needs_ask_no_more_queries(world: World, needs: list[Opportunity], rivals: list[Competitor]) -> None:
    say(world, needs[0], "yes", Harbourly="no")
    page(world, "comparison")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(world, "comparison")
        return len(captured)

    before = asked()
    for one in needs[1:]:
        say(world, one, "no", Harbourly="yes", Moorings_Plus="partly")
    assert asked() == before


# --- requirements ---------------------------------------------------------------------------------------------------


def test_requirements_are_weighed_by_the_needs_they_stand_on(
    world: World, needs: list[Opportunity], rivals: list[Competitor]
) -> None:
    option = Option.objects.create(product=world.tideline, title="Berth map")
    definition = Definition.objects.create(product=world.tideline, option=option, title="Berth map")
    small, large = (Requirement.objects.create(definition=definition, title=title) for title in ("Prints", "Shows"))
    Ground.objects.create(requirement=small, opportunity=needs[2])
    for need in needs[:2]:
        Ground.objects.create(requirement=large, opportunity=need)
    say_who_does(world.sol, requirement=large, says="yes", source="The test")
    say_who_does(world.sol, requirement=large, competitor=rivals[0], says="no", source="Their manual")
    compared = required.comparison(world.ines, world.tideline, rivals)
    assert [(row.title, row.value) for row in compared.rows] == [("Shows", 500_000.0), ("Prints", 100_000.0)]
    one = (NUMBERS["p05"], NUMBERS["p95"])
    assert [row.sure for row in compared.rows] == [(2 * one[0], 2 * one[1]), one]
    assert answer(compared).startswith("We are ahead of every competitor on 1 requirement, worth £500 k a year")
    assert "ahead of every competitor on 1 requirement" in page(world, "requirement_comparison")
    for guest in (world.cora, world.kit):
        assert not RequirementStanding.objects.visible_to(guest).exists()
        assert not NeedStanding.objects.visible_to(guest).exists()


# --- intelligence and quotes ----------------------------------------------------------------------------------------


def test_what_is_known_of_the_market_becomes_evidence_for_a_need(world: World, needs: list[Opportunity]) -> None:
    piece = Intelligence.objects.create(
        product=world.tideline, title="Harbour law", source="Gazette", seen_on=date(2026, 2, 1)
    )
    Verdict.objects.all().delete()  # these have no reasons to show on the page of a need
    link_intelligence(world.ines, opportunity=needs[0], intelligence=piece, note="Berths must be listed")
    assert "Harbour law" in page(world, "opportunity", needs[0].pk, who="ines")
    assert "Know who lies where" in page(world, "intelligence_piece", piece.pk, who="ines")
    with pytest.raises(Invalid, match="already"):
        link_intelligence(world.ines, opportunity=needs[0], intelligence=piece)
    other = Intelligence.objects.create(product=world.umbra, title="x", source="x", seen_on=date(2026, 2, 1))
    with pytest.raises(Invalid, match="another product"):
        link_intelligence(world.ines, opportunity=needs[0], intelligence=other)


def test_only_a_quote_can_be_agreed_to(world: World, needs: list[Opportunity]) -> None:
    silent = Mention.objects.create(opportunity=needs[0], feedback=world.feedback())
    with pytest.raises(Invalid, match="no quote"):
        allow_quote(world.sol, mention=silent, agreed="Cora, 3 March")
