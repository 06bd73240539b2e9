"""Backups by the clock: good ones only, old ones go after a good new one, and failure is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from clearspan.config import doctor, restore
from clearspan.core import mail as letters
from clearspan.core.actions import Invalid, Refused
from clearspan.interfaces.archive import backups, checking, handing, jobs
from clearspan.interfaces.archive.actions import export_company
from clearspan.interfaces.archive.models import Backup
from clearspan.interfaces.cli import backup as command
from clearspan.interfaces.cli import export
from tests.browser.pages import Rows
from tests.world import World


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    settings.HOME = tmp_path
    settings.ENV = settings.ENV | {"backup_folder": folder, "backup_hours": 24, "backup_keep": 3}
    return folder


def old(place: Path, *days: int) -> None:
    for ago in days:
        at = datetime.now(UTC) - timedelta(days=ago)
        (place / f"clearspan-{at:%Y%m%dT%H%M%SZ}.zip").write_bytes(b"an old one")


def fails(monkeypatch: pytest.MonkeyPatch, why: Exception) -> None:
    def broken(*_: Any) -> None:
        raise why

    monkeypatch.setattr(handing, "write_to", broken)


def test_a_backup_can_be_restored_and_the_oldest_go_only_then(company: tuple[World, Rows], place: Path) -> None:
    old(place, 1, 2, 3, 4)
    (place / "clearspan-notes.zip").touch()
    row = backups.back_up(Backup.objects.create(), place, 3)
    assert (row.status, checking.check(Path(row.path)).digest) == ("done", row.digest)
    left = sorted(path.name for path in place.iterdir())
    assert len(left) == 4, left
    assert "clearspan-notes.zip" in left, "what is not ours stays"
    assert Path(row.path).stat().st_mode & 0o077 == 0


def test_one_that_fails_lets_nothing_go_and_is_told_once(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(place, 1, 2, 3, 4)
    fails(monkeypatch, OSError(28, "No space left on device"))
    sent: list[str] = []
    monkeypatch.setattr(letters, "post", lambda to, subject, text: sent.extend(person.email for person in to))
    for _ in range(2):
        backups.back_up(Backup.objects.create(), place, 3)
    assert len(backups.there(place)) == 4
    assert sent == ["ines@example.org"]
    assert "No space left" in Backup.objects.first().words
    assert mail.outbox == []


def test_it_is_made_when_it_is_time_and_after_a_failure_an_hour_later(world: World, place: Path) -> None:
    now = timezone.now()
    assert backups.is_due(now)
    assert jobs.queue_due()
    assert not jobs.queue_due(), "one is under way"
    assert ProcrastinateJob.objects.filter(task_name="archive.make", lock=Backup.objects.get().ref).exists()
    Backup.objects.update(status="failed", finished_at=now)
    assert not backups.is_due(now)
    assert backups.is_due(now + timedelta(hours=2))
    old(place, 0)
    assert not backups.is_due(now + timedelta(hours=2))
    assert backups.is_due(now + timedelta(hours=25))


def test_none_is_made_where_no_folder_is_named(world: World, place: Path, settings: Settings) -> None:
    settings.ENV = settings.ENV | {"backup_folder": None}
    assert not jobs.queue_due()
    assert command.main([]) == 2


def test_doctor_says_when_the_last_good_one_was(world: World, place: Path, settings: Settings) -> None:
    def said() -> list[doctor.Finding]:
        return [*doctor._backup_folder(settings.ENV), *doctor._backups(settings.ENV)]

    assert [(one.is_well, one.words) for one in said()] == [(False, "none yet")]
    old(place, 1)
    assert said()[0].is_well
    assert "24\xa0hours old" in said()[0].words
    Backup.objects.create(status="failed", words="the disk is full", finished_at=timezone.now())
    assert not said()[0].is_well
    assert "the disk is full" in said()[0].words
    settings.ENV = settings.ENV | {"backup_folder": place / "gone"}
    assert "no folder" in said()[0].words
    settings.ENV = settings.ENV | {"backup_folder": None}
    assert "none are made" in said()[0].words


def test_an_export_is_for_who_asked_for_it_alone_and_for_a_day(
    company: tuple[World, Rows], place: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = company[0]
    with pytest.raises(Refused):
        export_company(world.leda)
    row = export_company(world.ines)
    with pytest.raises(Invalid, match="already"):
        export_company(world.ines)
    jobs.make(row.pk)
    row.refresh_from_db()
    address = f"/settings/export/{row.pk}/download"
    world.leda.person.is_admin = True
    world.leda.person.save()
    for who, status in ((world.ines, 200), (world.leda, 404), (world.devi, 404), (world.cora, 404)):
        client.force_login(who.person)
        assert client.get(address).status_code == status, who
    client.force_login(world.ines.person)
    body = b"".join(client.get(address).streaming_content)
    assert body == Path(row.path).read_bytes()
    assert str(place.parent) not in client.get("/settings/export").content.decode().replace(str(place), "")
    monkeypatch.setattr(backups, "KEPT", timedelta(0))
    assert backups.clear_away() == 1
    assert client.get(address).status_code == 404
    assert "gone after a day" in client.get("/settings/export").content.decode()


def test_the_command_says_what_it_made(
    company: tuple[World, Rows], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--keep", "2"]) == 0
    assert "read back and checked" in capsys.readouterr().out


def test_the_list_names_each_file_and_says_what_went_wrong(
    company: tuple[World, Rows], place: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = company
    made = backups.back_up(Backup.objects.create(), place, 3)
    fails(monkeypatch, OSError(28, "No space left on device"))
    backups.back_up(Backup.objects.create(), place, 3)
    client.force_login(world.ines.person)
    page = client.get("/settings/export").content.decode()
    assert f"good: {Path(made.path).name}" in page
    assert 'class="bad">did not work: ' in page


def test_into_a_file_goes_no_progress(
    company: tuple[World, Rows], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export.main([str(tmp_path / "all.zip")]) == 0
    assert restore.main(["--check", str(tmp_path / "all.zip")]) == 0
    assert restore.main([str(tmp_path / "none.zip")]) == 1
    assert "\033" not in capsys.readouterr().err
