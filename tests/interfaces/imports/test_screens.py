"""The three steps on screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clearspan.core.actor import Actor
from clearspan.core.imports import kinds, running
from clearspan.core.models import Import, ImportProgress
from clearspan.interfaces.imports import words
from clearspan.stages.evidence.models import Feedback
from tests.world import World

HEARD = "id,company,date,text\n1,Northmole Marina,2026-03-01,The map takes a minute.\n2,Quay West,2026-03-02,Twice.\n"

PLACES = {
    "accounts": "accounts", "offers": "market", "deals": "deals", "segments": "market", "items": "development/items",
    "evidence": "inbox", "intelligence": "intelligence", "ledger": "in-life", "kpi_readings": "in-life/kpis",
    "campaigns": "launch/campaigns", "ideas": "portal",
}  # fmt: skip


@pytest.fixture
def sol(world: World, client: Client, settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path / "files"
    return _as(client, world.sol)


def _as(client: Client, actor: Actor) -> Client:
    client.force_login(actor.person)  # type: ignore[arg-type]
    return client


def _send(client: Client, text: str = HEARD, **fields: str) -> Import:
    file = SimpleUploadedFile("heard.csv", text.encode())
    answer = client.post("/imports/new", {"file": file, "kind": "", "product": "tideline", **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def _press(client: Client, file: Import, press: str = "import", **fields: str) -> str:
    answer = client.post(f"/imports/{file.pk}/match", {"press": press, **fields}, follow=True)
    return answer.content.decode()


def test_a_file_is_looked_at_before_anything_is_written(sol: Client) -> None:
    file = _send(sol)
    page = sol.get(f"/imports/{file.pk}").content.decode()
    assert "heard.csv would add 2 pieces of evidence." in page
    assert "With it 1 account would be made." in page
    assert "The map takes a minute." in page
    assert not Feedback.objects.exists()


def test_pressed_it_comes_in_and_the_page_says_what_came(sol: Client) -> None:
    page = _press(sol, _send(sol))
    assert "2 pieces of evidence came in from heard.csv." in page
    assert "Take it back" in page
    assert 'href="/tideline/inbox"' in page.partition("See what came in")[0].rpartition("<a")[2]
    assert Feedback.objects.count() == 2


def test_every_kind_of_file_leads_to_where_it_is_seen(world: World) -> None:
    for kind in kinds.registry:
        for product in ("tideline", ""):
            file = Import(kind=kind, options={"product": product} if product else {})
            found = words.seen_at(world.ines, file, "tideline")
            assert found == ("/earnings" if (kind, product) == ("ledger", "") else f"/tideline/{PLACES[kind]}"), kind


def test_taken_back_it_can_come_in_again(sol: Client) -> None:
    file = _send(sol)
    _press(sol, file)
    page = sol.post(f"/imports/{file.pk}/undo", follow=True).content.decode()
    assert "It was taken back" in page
    assert "3 rows removed" in page
    assert not Feedback.objects.exists()


def test_faulty_rows_are_shown_and_left_out_only_when_that_is_pressed(sol: Client) -> None:
    file = _send(sol, HEARD + "3,Quay West,2026-02-30,Never.\n")
    page = sol.get(f"/imports/{file.pk}").content.decode()
    assert "1 of 3 rows cannot be used" in page
    assert "2026-02-30" in page
    page = _press(sol, file)
    assert "Nothing was brought in: 1 row of 3" in page
    assert not Feedback.objects.exists()
    page = _press(sol, file, "import-rest")
    assert "2 pieces of evidence came in" in page
    assert "Left out as faulty" in page


def test_a_column_can_be_matched_by_its_place(sol: Client) -> None:
    file = _send(sol)
    _press(sol, file, "look", **{"column:1": "author"})
    file.refresh_from_db()
    assert file.mapping["company"] == "author"


def test_dates_that_can_be_read_in_two_ways_are_asked_about(sol: Client) -> None:
    file = _send(sol, "date,text\n03/04/2026,We book berths twice.\n")
    page = sol.get(f"/imports/{file.pk}").content.decode()
    assert "needs an answer" in page
    assert "day first" in page
    assert "1 piece of evidence came in" in _press(sol, file, **{"option:dates": "dmy"})


def test_a_file_that_is_no_table_is_not_taken(sol: Client) -> None:
    file = SimpleUploadedFile("notes.pdf", b"%PDF-1.7")
    page = sol.post("/imports/new", {"file": file, "product": "tideline"}).content.decode()
    assert "This is a PDF" in page
    assert not Import.objects.exists()


def test_a_large_file_shows_how_far_it_is(sol: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "INLINE_BYTES", 10)
    file = _send(sol)
    assert "heard.csv waits to be brought in." in _press(sol, file)
    Import.objects.filter(pk=file.pk).update(status="running")
    ImportProgress.objects.create(file=file, share=0.42, words="1,000 rows read", at=file.created_at)
    part = sol.get(f"/imports/{file.pk}/progress")
    assert 'value="0.420"' in part.content.decode()
    assert "HX-Refresh" not in part
    Import.objects.filter(pk=file.pk).update(status="done")
    assert sol.get(f"/imports/{file.pk}/progress")["HX-Refresh"] == "true"


def test_a_draft_can_be_discarded(sol: Client) -> None:
    file = _send(sol)
    assert sol.post(f"/imports/{file.pk}/discard").status_code == 302
    assert not Import.objects.exists()


def test_the_list_says_what_came_last_and_teaches_when_it_is_empty(sol: Client) -> None:
    assert "No file has been brought in yet." in sol.get("/imports").content.decode()
    _press(sol, _send(sol))
    page = sol.get("/imports").content.decode()
    assert "One file was brought in; the last, heard.csv, added 2 pieces of evidence." in page
    assert "No file fits" in sol.get("/imports?q=nothing").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(sol: Client, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            sol.get("/imports")
        return len(seen)

    Import.objects.create(kind="evidence", name="a.csv", digest="0", status="done", asked_by=world.sol.person)
    few = queries()
    for at in range(20):
        Import.objects.create(kind="evidence", name=f"{at}.csv", digest="0", status="done", asked_by=world.ines.person)
    assert queries() == few


def test_a_customer_sees_no_import(sol: Client, world: World, client: Client) -> None:
    file = _send(sol)
    _as(client, world.cora)
    assert client.get(f"/imports/{file.pk}").status_code == 404
    assert client.get("/imports/new").status_code == 404
