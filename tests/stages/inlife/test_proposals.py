"""Proposals: suggested by the facts, taken up, ranked, and made an option or a campaign, or declined."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.undo import undo
from clearspan.stages.inlife.actions import (
    add_kpi,
    decline_proposal,
    make_campaign_of_proposal,
    make_option_of_proposal,
    propose,
    take_up_suggestion,
)
from clearspan.stages.inlife.models import KPIReading, Proposal
from clearspan.stages.inlife.queries.proposals import proposals
from clearspan.stages.inlife.queries.suggested import suggested
from clearspan.stages.launch.models import Campaign
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options import studies
from clearspan.stages.options.models import Option
from tests.stages.inlife.selling import booked, line
from tests.world import World

FLAT = [10_000.0] * 24


def keys(world: World) -> list[str]:
    return [one.key for one in suggested(world.ines, world.tideline)]


def proposal(world: World, **given: Any) -> Proposal:
    made: Proposal = propose(
        world.ines, product=world.tideline,
        **{"kind": "improve", "title": "Answer it in the app", "why": "A third of tickets ask it.", **given},
    )  # fmt: skip
    return made


# --- suggested ------------------------------------------------------------------------------------------------------


def test_without_a_ledger_nothing_is_suggested(world: World) -> None:
    assert keys(world) == []


def test_a_steady_product_gets_no_suggestion(world: World) -> None:
    booked(world.tideline, {"Subscriptions": FLAT, "Support": [-2_000.0] * 24, "Development": [-3_000.0] * 24})
    assert keys(world) == []


def test_a_margin_that_fell_three_quarters_running_is_to_be_brought_back(world: World) -> None:
    support = [-2_000.0] * 15 + [-2_500.0] * 3 + [-3_000.0] * 3 + [-3_500.0] * 3
    booked(world.tideline, {"Subscriptions": FLAT, "Support": support})
    found = {one.key: one for one in suggested(world.ines, world.tideline)}
    one = found["margin-falls"]
    assert one.why == "The gross margin fell three quarters running, from 80\xa0% to 65\xa0%."
    assert (one.low, one.likely, one.high) == (4_500, 9_000, 18_000)  # parts of 15 % of 120,000 a year


def test_a_margin_that_fell_only_twice_is_let_be(world: World) -> None:
    support = [-2_000.0] * 18 + [-2_500.0] * 3 + [-3_000.0] * 3
    booked(world.tideline, {"Subscriptions": FLAT, "Support": support})
    assert "margin-falls" not in keys(world)


def test_a_margin_that_fell_by_less_than_two_points_is_noise(world: World) -> None:
    support = [-2_000.0] * 15 + [-2_030.0] * 3 + [-2_060.0] * 3 + [-2_090.0] * 3
    booked(world.tideline, {"Subscriptions": FLAT, "Support": support})
    assert "margin-falls" not in keys(world)


def test_a_cost_that_outgrows_revenue_is_named_with_its_figures(world: World) -> None:
    booked(world.tideline, {"Subscriptions": FLAT, "Hosting": [-1_000.0] * 12 + [-1_500.0] * 12})
    (one,) = suggested(world.ines, world.tideline)
    assert one.key == f"cost-outgrows:{line('Hosting').ref}"
    assert "Hosting grew by 50\xa0% in a year, revenue stood still." in one.why
    assert (one.low, one.likely, one.high) == (600, 2_400, 5_400)
    assert "£18\xa0k in twelve months, £12\xa0k in those before" in one.figures[0].words


def test_a_product_that_shrinks_and_earns_is_to_be_harvested_and_one_that_loses_retired(world: World) -> None:
    shrinks = {"Subscriptions": [10_000.0] * 12 + [8_000.0] * 12}
    booked(world.tideline, shrinks | {"Development": [-3_000.0] * 24})
    assert "harvest" in keys(world)
    booked(world.tideline, shrinks | {"Development": [-9_000.0] * 24}, name="restated")
    found = {one.key: one for one in suggested(world.ines, world.tideline)}
    assert found["loses"].kind == "retire"
    assert "harvest" not in found


def test_a_price_that_never_moved_while_units_cost_more_is_to_be_raised(world: World) -> None:
    booked(world.tideline, {"Subscriptions": FLAT, "Hosting": [-1_000.0] * 12 + [-1_080.0] * 12},
           {"Subscriptions": [100.0] * 24})  # fmt: skip
    (one,) = suggested(world.ines, world.tideline)
    assert (one.key, one.kind, one.likely, one.high) == ("price-stands", "reprice", 480, 960)


def test_a_kpi_off_its_way_is_suggested_without_a_worth(world: World) -> None:
    today = timezone.localdate()
    kpi = add_kpi(world.ines, product=world.tideline, name="Renewals", target=90, target_on=today + timedelta(days=30))
    type(kpi).objects.update(target_set_on=today - timedelta(days=60))
    for days, value in ((60, 80.0), (0, 70.0)):
        KPIReading.objects.create(kpi=kpi, day=today - timedelta(days=days), value=value)
    (one,) = suggested(world.ines, world.tideline)
    assert (one.key, one.likely) == (f"kpi-off:{kpi.ref}", None)


def test_a_suggestion_is_a_row_only_when_taken_up_and_then_not_suggested_again(world: World) -> None:
    booked(world.tideline, {"Subscriptions": FLAT, "Hosting": [-1_000.0] * 12 + [-1_500.0] * 12})
    (one,) = suggested(world.ines, world.tideline)
    assert not Proposal.objects.exists()
    made = take_up_suggestion(world.ines, product=world.tideline, suggested=one.key)
    assert (made.likely, made.suggested_as, made.grounds.count()) == (2_400, one.key, 2)
    assert made.grounds.first().line == line("Hosting")
    assert keys(world) == []
    with pytest.raises(Invalid, match="taken up already"):
        take_up_suggestion(world.ines, product=world.tideline, suggested=one.key)
    decline_proposal(world.ines, proposal=made, reasons="We moved hosts in May.")
    assert keys(world) == []


# --- ranked and settled ---------------------------------------------------------------------------------------------


def test_what_is_worth_most_stands_first_and_what_nobody_valued_last(world: World) -> None:
    for title, likely in (("b", 20.0), ("c", None), ("a", 90.0)):
        points = {} if likely is None else {"low": likely / 2, "likely": likely, "high": likely * 2}
        proposal(world, title=title, **points)
    assert [one.proposal.title for one in proposals(world.ines, world.tideline)] == ["a", "b", "c"]


def test_points_must_rise_and_be_whole_or_left_out(world: World) -> None:
    for points in ({"low": 3, "likely": 2, "high": 4}, {"likely": 2}):
        with pytest.raises(Invalid, match="likely"):
            proposal(world, **points)


def test_a_proposal_becomes_an_option_in_one_action_with_its_needs_and_first_numbers(world: World) -> None:
    need = Opportunity.objects.create(product=world.tideline, title="Know my bill")
    made = proposal(world, low=4_000, likely=8_000, high=14_000, opportunities=[need], source="support’s count")
    done = make_option_of_proposal.perform(world.ines, proposal=made)
    option = Option.objects.get()
    made.refresh_from_db()
    assert (made.state, made.option, list(option.opportunities.all())) == ("option", option, [need])
    study = studies.run_now(option.cases.get())
    years = sum(8_000 / 4 / 1.1 ** (quarter / 4) for quarter in range(2, 13))
    assert study.npv is not None
    assert 0.85 * years < study.npv < 1.25 * years
    with pytest.raises(Invalid, match="became an option already"):
        decline_proposal(world.ines, proposal=made, reasons="Too late.")
    study.delete()
    undo(world.ines, event=done.event)
    assert not Option.objects.exists()
    assert Proposal.objects.get().state == "open"


def test_one_without_a_worth_becomes_an_option_without_a_case(world: World) -> None:
    assert not make_option_of_proposal(world.ines, proposal=proposal(world)).cases.exists()


def test_only_one_to_promote_becomes_a_campaign(world: World) -> None:
    with pytest.raises(Invalid, match="only one to promote"):
        make_campaign_of_proposal(world.ines, proposal=proposal(world))
    made = proposal(world, kind="promote", title="Boat show", audience="harbour masters")
    make_campaign_of_proposal(world.ines, proposal=made)
    assert Campaign.objects.get().audience == "harbour masters"


def test_declining_needs_reasons_and_one_who_decides(world: World) -> None:
    made = proposal(world)
    with pytest.raises(Invalid, match="reasons"):
        decline_proposal(world.ines, proposal=made, reasons=" ")
    with pytest.raises(Refused):
        decline_proposal(world.devi, proposal=made, reasons="No.")
    decline_proposal(world.leda, proposal=made, reasons="Not this year.")
    assert Proposal.objects.get().reasons == "Not this year."


def test_grounds_are_of_the_same_product_and_guests_see_none(world: World) -> None:
    need = Opportunity.objects.create(product=world.umbra, title="A secret need")
    with pytest.raises(Invalid, match="another product"):
        proposal(world, opportunities=[need])
    made = proposal(world)
    assert not Proposal.objects.visible_to(world.cora).exists()
    with pytest.raises((NotThere, Refused)):
        make_option_of_proposal(world.cora, proposal=made)


# --- pages ----------------------------------------------------------------------------------------------------------


def test_from_a_suggestion_to_an_option_on_the_pages(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    booked(world.tideline, {"Subscriptions": FLAT, "Hosting": [-1_000.0] * 12 + [-1_500.0] * 12})
    listed = reverse("proposals", args=["tideline"])
    text = client.get(listed).content.decode()
    assert "The facts suggest one." in text
    assert "Bring hosting back" in text
    key = suggested(world.ines, world.tideline)[0].key
    taken = client.post(reverse("take_up", args=["tideline"]), {"suggested": key}, follow=True)
    assert "What speaks for it" in taken.content.decode()
    made = Proposal.objects.get()
    client.post(reverse("settle_proposal", args=["tideline", made.pk]), {"becomes": "option"})
    option = Option.objects.get()
    assert made.title in client.get(reverse("option", args=["tideline", option.pk])).content.decode()
    assert "It became an option" in client.get(reverse("proposal", args=["tideline", made.pk])).content.decode()


def test_one_is_written_and_declined_on_its_pages(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    sent = client.post(reverse("new_proposal", args=["tideline"]), {
        "kind": "reprice", "title": "A pound more", "why": "Nobody left.", "low": "1", "likely": "2", "high": "3",
        "lines": [line("Subscriptions").pk],
    })  # fmt: skip
    assert sent.status_code == 302
    made = Proposal.objects.get()
    settle = reverse("settle_proposal", args=["tideline", made.pk])
    assert client.post(settle, {"becomes": "declined", "reasons": ""}).status_code == 422
    client.post(settle, {"becomes": "declined", "reasons": "Not now."})
    assert "Not now." in client.get(reverse("proposal", args=["tideline", made.pk])).content.decode()


def test_dates_of_the_ledger_are_what_the_rules_look_at() -> None:
    from tests.stages.inlife.selling import months

    assert months(3) == [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)]


def test_a_kpi_that_speaks_for_a_proposal_is_kept_as_it_stood(world: World) -> None:
    kpi = add_kpi(world.ines, product=world.tideline, name="Renewals", unit="%")
    KPIReading.objects.create(kpi=kpi, day=date(2026, 3, 31), value=79, source="billing")
    (ground,) = proposal(world, kpis=[kpi]).grounds.all()
    assert ground.figure == "79 % on 31\xa0Mar\xa02026"
