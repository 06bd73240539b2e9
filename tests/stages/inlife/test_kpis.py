"""KPIs: on their way or off it, getting worse, surprising; noted by hand and from files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.imports.actions import run_import, start_import
from clearspan.core.undo import undo
from clearspan.stages.inlife import kpi_words
from clearspan.stages.inlife.actions import add_kpi, change_kpi, record_kpi_reading, remove_kpi_reading
from clearspan.stages.inlife.models import KPI, KPIReading
from clearspan.stages.inlife.queries.kpis import Standing, kpis, standings
from tests.world import World


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def kpi(world: World, **given: Any) -> KPI:
    made: KPI = add_kpi(world.ines, product=world.tideline, **{"name": "Renewals", "unit": "%", **given})
    return made


def read(row: KPI, *values: float, every: int = 30) -> Standing:
    """Readings up to today, `every` days apart; and how it stands."""
    for i, value in enumerate(reversed(values)):
        KPIReading.objects.create(kpi=row, day=ago(i * every), value=value)
    return standings([KPI.objects.get(pk=row.pk)], today())[0]


def aimed(world: World, *, target: float = 90, ahead: int = 60, back: int = 60, **given: Any) -> KPI:
    """A KPI whose target was set `back` days ago, for a day that lies `ahead`."""
    row = kpi(world, target=target, target_on=today() + timedelta(days=max(ahead, 1)), **given)
    KPI.objects.filter(pk=row.pk).update(target_set_on=ago(back), target_on=today() + timedelta(days=ahead))
    row.refresh_from_db()
    return row


def test_a_reading_on_the_straight_way_to_the_target_is_on(world: World) -> None:
    found = read(aimed(world), 70, 75, 80)
    assert found.should(today()) == pytest.approx(80)
    assert (found.is_on, kpi_words.short(found)) == (True, "on its way")


def test_a_reading_below_the_way_is_off_and_the_page_says_where_it_should_be(world: World) -> None:
    found = read(aimed(world), 70, 72, 76)
    assert found.is_on is False
    assert kpi_words.of_kpi(found).startswith("76 %")
    assert "off its way to 90 %" in kpi_words.of_kpi(found)
    assert "at 80 %" in kpi_words.under(found)


def test_where_less_is_better_being_below_the_way_is_on(world: World) -> None:
    assert read(aimed(world, direction="down", target=10), 30, 25, 19).is_on


def test_a_target_whose_day_has_come_was_reached_or_missed_by_the_reading_about_then(world: World) -> None:
    assert read(aimed(world, ahead=-80, back=200), 91).was_reached is None  # nobody looked near that day
    row = aimed(world, name="Visits", ahead=-5, back=100)
    KPIReading.objects.create(kpi=row, day=ago(6), value=91)
    assert standings([row], today())[0].was_reached


def test_just_after_a_target_was_set_nothing_can_be_said(world: World) -> None:
    row = kpi(world, target=90, target_on=today() + timedelta(days=30))
    assert read(row, 80).is_on is None


def test_three_moves_the_wrong_way_get_worse_and_a_leap_is_surprising(world: World) -> None:
    assert "getting worse" in kpi_words.short(read(kpi(world), 90, 88, 85, 84))
    leapt = read(kpi(world, name="Tickets"), 50, 51, 50, 52, 51, 50, 51, 70)
    assert "surprising" in kpi_words.short(leapt)
    assert "moved by 19; until then it moved by 1.2 in the mean" in kpi_words.under(leapt)


def test_the_first_line_names_what_is_off_and_what_gets_worse(world: World) -> None:
    read(aimed(world), 70, 75, 80)
    read(aimed(world, name="Visits"), 90, 80, 75, 70)
    found = kpis(world.ines, world.tideline, today())
    assert kpi_words.of_list(found) == ("1 of 2\xa0KPIs is on the way to the target; Visits is off and gets worse.")
    assert [one.kpi.name for one in found] == ["Visits", "Renewals"]


def test_one_target_alone_is_named_and_a_leap_is_news(world: World) -> None:
    read(aimed(world), 70, 75, 80)
    read(kpi(world, name="Tickets"), 50, 51, 50, 52, 51, 50, 51, 70)
    told = kpi_words.of_list(kpis(world.ines, world.tideline, today()))
    assert told == "Renewals is on its way to the target, the only one set; Tickets is surprising."


def test_a_target_without_a_day_and_a_chance_without_a_target_are_refused(world: World) -> None:
    for given, field in (({"target": 3}, "target_on"), ({"chance": 0.5}, "chance")):
        with pytest.raises(Invalid, match=field):
            kpi(world, **given)
    kpi(world)
    with pytest.raises(Invalid, match="of this name"):
        kpi(world)


def test_a_target_that_moves_begins_anew_and_forgets_how_likely_it_was(world: World) -> None:
    row = aimed(world, chance=0.7)
    change_kpi(world.ines, kpi=row, target=95)
    row.refresh_from_db()
    assert (row.target, row.target_set_on, row.chance) == (95, today(), None)
    change_kpi(world.ines, kpi=row, without_target=True)
    row.refresh_from_db()
    assert (row.target, row.target_on) == (None, None)


def test_a_day_that_was_noted_is_replaced_and_the_replacing_can_be_undone(world: World) -> None:
    row = kpi(world)
    record_kpi_reading(world.ines, kpi=row, value=80)
    done = record_kpi_reading.perform(world.ines, kpi=row, value=82)
    assert [one.value for one in row.readings.all()] == [82]
    undo(world.ines, event=done.event)
    assert [one.value for one in row.readings.all()] == [80]
    remove_kpi_reading(world.ines, reading=row.readings.get())
    with pytest.raises(Invalid, match="still to come"):
        record_kpi_reading(world.ines, kpi=row, value=1, day=today() + timedelta(days=1))


def test_who_has_no_role_on_the_product_may_not_note_and_guests_see_none(world: World) -> None:
    row = kpi(world)
    with pytest.raises(Refused):
        record_kpi_reading(world.sol, kpi=row, value=1)
    with pytest.raises((NotThere, Refused)):
        record_kpi_reading(world.cora, kpi=row, value=1)
    assert not KPI.objects.visible_to(world.cora).exists()


def test_readings_come_in_from_a_file_once(world: World) -> None:
    row = kpi(world)
    text = "KPI,Date,Value\nrenewals,2026-01-31,81.5\nRenewals,2026-02-28,82\nNothing,2026-02-28,1\n"
    for _ in range(2):
        file = start_import(
            world.ines, kind="kpi_readings", name="kpis.csv", content=text, options={"product": "tideline"}
        )
        run_import(world.ines, file=file, skip_faulty=True)
        assert [one.value for one in row.readings.all()] == [81.5, 82]


def test_pages_show_and_note_and_take_as_many_queries_for_more(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    row = aimed(world)
    read(row, 70, 72, 76)
    page = reverse("kpi", args=["tideline", row.pk])
    assert "off its way" in client.get(page).content.decode()
    sent = client.post(reverse("kpi_reading", args=["tideline", row.pk]), {"value": "81", "day": ago(1).isoformat()})
    assert sent.status_code == 302
    assert client.get(page + "?take=readings.csv").status_code == 200
    wrong = client.post(reverse("kpi_reading", args=["tideline", row.pk]), {"value": "many"})
    assert wrong.status_code == 422

    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get(reverse("kpis", args=["tideline"]))
        return len(made)

    asked()
    before = asked()
    for number in range(4):
        read(kpi(world, name=f"KPI {number}"), 1, 2, 3)
    assert asked() == before


def test_a_new_one_is_written_and_changed_on_its_pages(client: Client, world: World) -> None:
    client.force_login(world.ines.person)
    sent = client.post(reverse("new_kpi", args=["tideline"]), {
        "name": "Renewals", "unit": "%", "direction": "up", "target": "90", "chance": "60",
        "target_on": (today() + timedelta(days=90)).isoformat(), "owner": world.ines.person.pk,
    })  # fmt: skip
    row = KPI.objects.get()
    assert (sent.status_code, row.chance) == (302, 0.6)
    change = reverse("change_kpi", args=["tideline", row.pk])
    assert "60" in client.get(change).content.decode()
    client.post(change, {"name": "Renewals", "unit": "%", "direction": "up", "target": "", "target_on": ""})
    row.refresh_from_db()
    assert row.target is None
