"""Promises held against the ledger, and the record of all that was forecast."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Account
from clearspan.core.actions import Invalid, Refused
from clearspan.core.models import User
from clearspan.stages.decisions.actions import record_outcome
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import promises
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.inlife import calibration_words
from clearspan.stages.inlife.actions import attribute_line
from clearspan.stages.inlife.models import KPI, KPIReading, LedgerEntry
from clearspan.stages.inlife.queries.cohorts import cohort_table
from clearspan.stages.inlife.queries.judged import by, judged
from clearspan.stages.launch.models import Launch, LaunchMeasure
from clearspan.stages.options.models import Option
from tests.stages.inlife.selling import booked, line, months, paid
from tests.world import World

TODAY = date(2026, 7, 15)
STARTS = date(2025, 7, 1)
FIVE = {"mean": 0.0, "p05": -10.0, "p25": -4.0, "p50": 0.0, "p75": 4.0, "p95": 10.0}


@pytest.fixture
def decision(world: World) -> Decision:
    values = [[0.0] * 5, [0, 5_000, 8_000, 11_000, 15_000], [0, 9_000, 15_000, 21_000, 30_000]]
    made: Decision = Decision.objects.create(
        product=world.tideline, kind="choose", title="Chosen: Berth map", reasons="It earns most.", starts=STARTS,
        option=Option.objects.create(product=world.tideline, title="Berth map"), decided_on=date(2025, 6, 1),
        decided_by=world.ines.person,
        expected={"npv": FIVE, "to_date": {"period": "year", "discount_rate": 0.0, "values": values}},
    )  # fmt: skip
    return made


def decided(world: World, came: float, title: str = "one", **given: Any) -> Decision:
    """A decision that promised FIVE, of which `came` came, all in all."""
    option = Option.objects.create(product=world.tideline, title=title)
    made: Decision = Decision.objects.create(
        product=world.tideline, kind="choose", option=option, title=title, reasons="So.", decided_on=date(2025, 1, 1),
        decided_by=world.ines.person, expected={"npv": FIVE, "probability_of_loss": 0.5}, **given,
    )  # fmt: skip
    record_outcome(world.ines, decision=made, outcome=came, day=date(2025, 6, 1), is_final=True)
    return made


def test_what_came_is_read_off_the_lines_that_are_its_doing(world: World, decision: Decision) -> None:
    booked(world.tideline, {"Subscriptions": [10_000.0] * 12 + [11_000.0] * 12, "Support": [-500.0] * 24})
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"), without=Decimal(10_000))
    attribute_line(world.ines, decision=decision, line=line("Support"), share=0.2)
    (one,) = promises(world.ines, [decision])
    assert one.came == pytest.approx(12 * 1_000 - 12 * 100)
    assert one.outcome is not None
    assert (one.outcome.day, one.outcome.source) == (date(2026, 6, 30), "the ledger: Subscriptions, Support")
    assert (one.verdict, one.is_to_date) == ("as promised", True)


def test_money_is_discounted_to_the_day_on_which_work_started(world: World, decision: Decision) -> None:
    decision.expected["to_date"]["discount_rate"] = 0.1
    decision.save()
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"))
    (one,) = promises(world.ines, [decision])
    assert one.came == pytest.approx(sum(1_000 / 1.1 ** ((i + 1) / 12) for i in range(12)), rel=1e-3)


def test_a_version_that_counts_later_replaces_the_months_it_has(world: World, decision: Decision) -> None:
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    booked(world.tideline, {"Subscriptions": [2_000.0] * 6}, name="restated")
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"))
    assert promises(world.ines, [decision])[0].came == pytest.approx(6 * 1_000 + 6 * 2_000)


def test_a_line_may_be_held_against_it_in_one_region_only(world: World, decision: Decision) -> None:
    version = booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    LedgerEntry.objects.create(
        version=version, line=line("Subscriptions"), month=months(1)[0], amount=Decimal(70), region="Skagerrak"
    )
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"), region="Skagerrak")
    assert promises(world.ines, [decision])[0].came == pytest.approx(70)


def test_what_somebody_said_of_a_later_day_stands_before_the_ledger(world: World, decision: Decision) -> None:
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"))
    record_outcome(world.ines, decision=decision, outcome=5.0, day=date(2025, 8, 1))
    assert promises(world.ines, [decision])[0].came == pytest.approx(12_000)
    record_outcome(world.ines, decision=decision, outcome=5.0, day=timezone.localdate())
    assert promises(world.ines, [decision])[0].came == 5


def test_what_is_booked_on_its_option_is_its_doing_and_no_line_counts_twice(world: World, decision: Decision) -> None:
    old = booked(world.tideline, {"Support": [0.0] * 2}, name="old")
    version = booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    for into, of, amount in ((old, "Support", -9), (version, "Support", -50), (version, "Subscriptions", 1_000)):
        LedgerEntry.objects.create(
            version=into, line=line(of), month=months(1)[0], amount=Decimal(amount), option=decision.option
        )
    (one,) = promises(world.ines, [decision])
    assert one.came == pytest.approx(950)  # what the version before had there is replaced
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"), share=0.1)
    assert promises(world.ines, [decision])[0].came == pytest.approx(-50 + 0.1 * 13_000)


def test_words_alone_stand_beside_what_the_ledger_has(world: World, decision: Decision) -> None:
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"))
    record_outcome(world.ines, decision=decision, note="Nobody walks the quay.", day=timezone.localdate())
    (one,) = promises(world.ines, [decision])
    assert one.outcome is not None
    assert (one.came, one.outcome.note) == (pytest.approx(12_000), "Nobody walks the quay.")


def test_before_its_first_month_is_booked_nothing_came(world: World, decision: Decision) -> None:
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    attribute_line(world.ines, decision=decision, line=line("Subscriptions"), starts=date(2026, 7, 1))
    assert promises(world.ines, [decision])[0].came is None


def test_lines_are_held_only_against_what_was_chosen_and_by_who_decides(world: World, decision: Decision) -> None:
    with pytest.raises(Refused):
        attribute_line(world.devi, decision=decision, line=line("Support"))
    Decision.objects.update(kind="park")
    with pytest.raises(Invalid, match="chosen"):
        attribute_line(world.ines, decision=decision, line=line("Support"))


# --- calibration ----------------------------------------------------------------------------------------------------


def test_outcomes_inside_and_outside_make_a_record_with_its_own_interval(world: World) -> None:
    for number, came in enumerate([0, 3, -3, 20, 30, -20, 8, 2, 1, -15, 9]):
        decided(world, came, f"decision {number}")
    found = [one for one in judged(world.ines, TODAY, [world.tideline]) if one.kind == "decision"]
    record = calibration_words.record_of(found)
    assert record.intervals is not None
    assert calibration_words.answer(record, "Your") == "Your 90 % intervals held 7 of 11: you are too sure."
    assert 0.35 < record.intervals.five[0] < record.intervals.five[4] < 0.9


def test_few_outcomes_are_too_few_to_tell(world: World) -> None:
    decided(world, 50)
    record = calibration_words.record_of(judged(world.ines, TODAY, [world.tideline]))
    assert calibration_words.answer(record) == "Our 90 % intervals held 0 of 1: too few to tell."


def test_nothing_to_judge_is_said_so(world: World) -> None:
    record = calibration_words.record_of(judged(world.ines, TODAY, [world.tideline]))
    assert calibration_words.answer(record) == "Nothing that was forecast can be judged yet."


def test_a_chance_of_loss_is_judged_only_once_nothing_more_is_to_come(world: World, decision: Decision) -> None:
    decision.expected["probability_of_loss"] = 0.2
    decision.save()
    record_outcome(world.ines, decision=decision, outcome=-5.0, day=date(2026, 1, 1))
    assert [one.kind for one in judged(world.ines, TODAY, [world.tideline])] == ["decision"]
    record_outcome(world.ines, decision=decision, outcome=-5.0, day=date(2026, 2, 1), is_final=True)
    found = {one.kind: one for one in judged(world.ines, TODAY, [world.tideline])}
    assert found["loss"].chance is not None
    assert (found["loss"].chance.said, found["loss"].chance.came) == (0.2, True)


def test_an_options_first_date_is_held_against_its_last_finish(world: World) -> None:
    option = Option.objects.create(product=world.tideline, title="Tide alarm", keeper=world.ines.person)
    for early, late in ((date(2026, 3, 1), date(2026, 4, 1)), (date(2026, 5, 1), date(2026, 6, 1))):
        study = DeliveryStudy.objects.create(
            product=world.tideline, option=option, status="done", result={}, p10=early, p50=early, p85=late, p95=late
        )
        DeliveryStudy.objects.filter(pk=study.pk).update(created_at=datetime(2026, 1, 5, tzinfo=UTC))
    item = WorkItem.objects.create(
        product=world.tideline, option=option, title="Ring", state="doing", added_on=date(2026, 1, 2),
        started_on=date(2026, 1, 3),
    )  # fmt: skip
    assert judged(world.ines, TODAY, [world.tideline]) == []
    WorkItem.objects.filter(pk=item.pk).update(state="done", finished_on=date(2026, 3, 20))
    (one,) = judged(world.ines, TODAY, [world.tideline])
    record = calibration_words.record_of([one])
    assert record.dates is not None
    assert (record.dates.inside, record.dates.of, one.person) == (1, 1, world.ines.person)


def test_launch_measures_and_targets_join_the_record_by_kind_and_person(world: World) -> None:
    launch = Launch.objects.create(product=world.tideline, title="Spring", planned_on=TODAY, keeper=world.ines.person)
    LaunchMeasure.objects.create(launch=launch, name="Marinas", low=2, likely=4, high=6, due_on=TODAY, came=5,
                                 came_on=TODAY)  # fmt: skip
    kpi = KPI.objects.create(product=world.tideline, name="Renewals", target=9, target_on=TODAY - timedelta(days=3),
                             target_set_on=date(2026, 1, 1), chance=0.8, owner=world.devi.person)  # fmt: skip
    KPIReading.objects.create(kpi=kpi, day=TODAY - timedelta(days=4), value=8)
    found = judged(world.ines, TODAY, [world.tideline])
    assert list(by(found, "person")) == ["Devi Rao", "Ines Maddox"]
    assert [one.is_inside for one in found] == [True, None]
    assert len(judged(world.ines, TODAY, [world.tideline], person=world.devi.person)) == 1


def test_a_product_one_may_not_see_adds_nothing(world: World) -> None:
    decided(world, 3)
    Decision.objects.update(product=world.umbra)
    assert judged(world.devi, TODAY) == []
    assert len(judged(world.ines, TODAY)) == 2


# --- cohorts --------------------------------------------------------------------------------------------------------


def test_accounts_stand_by_the_month_in_which_they_came(world: World) -> None:
    version = booked(world.tideline, {"Subscriptions": [1.0] * 4})
    new = Account.objects.create(name="Brackish Bay")
    paid(version, world.northmole, months(4))
    paid(version, world.saltings, [months(4)[1], months(4)[2]])
    paid(version, new, [months(4)[1], months(4)[3]])
    found = cohort_table(world.tideline)
    assert found is not None
    assert found.firsts == (date(2026, 4, 1),)  # who was there before the first month may have come at any time
    assert found.found.kept.tolist() == [[2, 1, 1]]


# --- pages ----------------------------------------------------------------------------------------------------------


def test_the_pages_say_what_came_and_how_sure_one_may_be(client: Client, world: World, decision: Decision) -> None:
    client.force_login(world.ines.person)
    booked(world.tideline, {"Subscriptions": [1_000.0] * 12})
    page = reverse("attribute", args=["tideline", decision.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"line": line("Subscriptions").pk, "share": "80", "without": ""})
    assert decision.attributions.get().share == 0.8
    shown = client.get(reverse("promises", args=["tideline"])).content.decode()
    assert "The one decision that can be judged came as promised." in shown
    for number, came in enumerate([0, 3, -3, 20, 30, -20, 8, 2]):
        decided(world, came, f"decision {number}")
    text = client.get(reverse("calibration", args=["tideline"])).content.decode()
    assert "Our 90 % intervals held 6 of 9" in text
    assert client.get(reverse("calibration", args=["tideline"]) + "?take=reliability.svg").status_code == 200
    assert "What of the ledger is its doing" in client.get(
        reverse("decision", args=["tideline", decision.pk])
    ).content.decode()  # fmt: skip


def test_of_many_promises_and_forecasts_a_page_is_shown_and_all_are_reached(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    for number in range(27):
        one = decided(world, 3, f"decision {number}")
        said = User.objects.create(email=f"{number}@harbourline.test", name=f"Sayer {number:02}")
        Decision.objects.filter(pk=one.pk).update(decided_by=said if number else world.ines.person)
    Decision.objects.filter(title="decision 1").update(decided_by=world.ines.person)
    shown = client.get(reverse("calibration", args=["tideline"])).content.decode()
    assert "1 to 50 of 54" in shown  # what each earns, and whether it loses
    first = shown.index("By person")
    assert f">{world.ines.person}</th>" in shown[first:]
    assert "and 14 more, of whom less is known" in shown[first:]
    every = client.get(reverse("calibration", args=["tideline"]) + "?kind=decision&groups=all").content.decode()
    assert "of whom less is known" not in every
    assert all(f'">Sayer {number:02}</th>' in every for number in range(2, 27))
    assert "?kind=decision&amp;groups=all" in client.get(
        reverse("calibration", args=["tideline"]) + "?kind=decision"
    ).content.decode()  # fmt: skip


def test_a_promise_stands_in_figures_whether_or_not_it_is_known_what_came(
    client: Client, world: World, decision: Decision
) -> None:
    client.force_login(world.ines.person)
    decided(world, 3.0)
    shown = client.get(reverse("promises", args=["tideline"])).content.decode().replace("\xa0", " ")
    assert shown.count("promised: −£10 to 10<") == 2


def test_promises_are_shown_by_the_page(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    for number in range(52):
        decided(world, 20 if number == 0 else 0, f"decision {number}")
    address = reverse("promises", args=["tideline"])
    first, second = client.get(address).content.decode(), client.get(address + "?page=2").content.decode()
    said = "51 of 52 decisions came as promised; one came outside its interval"
    assert (said in first, said in second) == (True, True)
    assert (first.count("/tideline/decisions/"), second.count("/tideline/decisions/")) == (50, 2)
