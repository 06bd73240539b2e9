"""What is not a whole, unaltered archive of ours, for an empty database, is refused before anything is written."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from clearspan.config import restore as command
from clearspan.core.models import User
from clearspan.interfaces.archive import checking, handing, restoring
from clearspan.interfaces.archive.checking import Unusable
from tests.browser.pages import Rows
from tests.interfaces.archive.conftest import wipe
from tests.interfaces.archive.forging import fit, forged
from tests.world import World

Export = Callable[..., Path]
Held = dict[str, bytes]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest archive that is one; made by hand, so that no database is needed for what is read."""
    path = tmp_path_factory.mktemp("archive") / "small.zip"
    held = {
        "README.txt": b"read me\n" * 500,
        "tables/catalogue.Line.jsonl": b'{"id":1,"created_at":"2026-01-01T00:00:00+00:00","name":"Harbour"}\n',
        "sequences.json": b'{"catalogue.Line": 1}\n',
        "blobs/" + "0" * 64: b"x",
        "stamp.json": b'{"written_at": "now", "version": "0", "key": "k"}',
    }
    table = {"name": "catalogue.Line", "rows": 1, "columns": ["id", "created_at", "name"]}
    held["manifest.json"] = json.dumps({"archive": "clearspan", "format": 1, "tables": [table], "members": []}).encode()
    del held["blobs/" + "0" * 64]
    fit(held)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(name, content)
    return path


def test_a_whole_one_is_read(archive: Path) -> None:
    found = checking.check(archive)
    assert (found.all_rows, found.sequences, found.written_at) == (1, {"catalogue.Line": 1}, "now")


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_torn_one_is_refused_wherever_it_is_torn(archive: Path, tmp_path: Path, share: float) -> None:
    whole = archive.read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Unusable, match="torn"):
        checking.check(torn)


def test_a_flipped_bit_is_noticed_wherever_it_is(archive: Path, tmp_path: Path) -> None:
    whole, altered = archive.read_bytes(), tmp_path / "altered.zip"
    unnoticed, expected = [], checking.check(archive)
    for at in range(0, len(whole), 7):
        altered.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            found = checking.check(altered)
        except Unusable:
            continue
        if (found.digest, found.rows, found.key) != (expected.digest, expected.rows, expected.key):
            unnoticed.append(at)  # a date or a mode in the zip's own headers changes nothing of what is restored
    assert unnoticed == []


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("altered", lambda held: held.update({"tables/catalogue.Line.jsonl": b'{"id":2}\n'})),
        ("altered", lambda held: held.update({"manifest.json": held["manifest.json"] + b" "})),
        ("missing", lambda held: held.pop("tables/catalogue.Line.jsonl")),
        ("not in its manifest", lambda held: held.update({"tables/core.User.jsonl": b""})),
        ("no manifest", lambda held: held.pop("manifest.json")),
    ],
)
def test_an_altered_one_is_refused(archive: Path, why: str, change: Callable[[Held], object]) -> None:
    with pytest.raises(Unusable, match=why):
        checking.check(forged(archive, change, fitting=False))


def manifest_with(**values: object) -> Callable[[Held], object]:
    def change(held: Held) -> None:
        held["manifest.json"] = json.dumps({**json.loads(held["manifest.json"]), **values}).encode()

    return change


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("newer Clearspan wrote it .format 99", manifest_with(format=99)),
        ("format 0", manifest_with(format=0)),
        ("format two", manifest_with(format="two")),
        ("not an archive of Clearspan", manifest_with(archive="something")),
        ("which tables", manifest_with(tables="none")),
        ("name that is not ours", lambda held: held.update({"../../etc/passwd": b"x"})),
        ("name that is not ours", lambda held: held.update({"/etc/passwd": b"x"})),
        ("name that is not ours", lambda held: held.update({"files\\..\\x": b"x"})),
        ("name that is not ours", lambda held: held.update({"files/../../x": b"x"})),
        ("what its name promises", lambda held: held.update({"files/imports/" + "0" * 64: b"x"})),
        ("what its name promises", lambda held: held.update({"files/anything.py": b"x"})),
        ("what its name promises", lambda held: held.update({"blobs/" + "0" * 64: b"x"})),
        ("far more than what we write", lambda held: held.update({"files/bomb": bytes(100 << 20)})),
        ("belongs to no table", lambda held: held.update({"tables/core.Evil.jsonl": b"{}\n"})),
        ("cannot be read", lambda held: held.update({"sequences.json": b"[" * 100_000})),
        ("cannot be read", lambda held: held.update({"sequences.json": b'{"catalogue.Line": "many"}'})),
    ],
)
def test_a_foreign_a_newer_and_a_wicked_one_are_refused(
    archive: Path, why: str, change: Callable[[Held], object]
) -> None:
    with pytest.raises(Unusable, match=why):
        checking.check(forged(archive, change))


def test_the_same_name_twice_is_refused(archive: Path, tmp_path: Path) -> None:
    twice = tmp_path / "twice.zip"
    twice.write_bytes(archive.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as file:
        file.writestr("README.txt", b"another")
    with pytest.raises(Unusable, match="twice"):
        checking.check(twice)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(b"PK, but not really")
    with pytest.raises(Unusable, match="no archive"):
        checking.check(path)


def test_a_database_that_has_a_company_keeps_it(
    company: tuple[World, Rows], export: Export, capsys: pytest.CaptureFixture[str]
) -> None:
    path, people = export(), set(User.objects.values_list("email", flat=True))
    assert command.main([str(path)]) == 1
    said = capsys.readouterr().err
    assert "there is a company in this database already" in said
    assert "Nothing was changed" in said
    assert set(User.objects.values_list("email", flat=True)) == people


def test_what_does_not_fit_together_leaves_nothing_behind(
    company: tuple[World, Rows], export: Export, settings: Settings, tmp_path: Path
) -> None:
    path = export()
    wipe()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    for table, wrong, why in (
        ("catalogue.Contact", lambda rows: rows.replace(b'"account_id":', b'"account_id":99'), "not present in table"),
        ("catalogue.Account", lambda rows: rows.replace(b'"12000.00"', b'"many"'), "numeric"),
        ("catalogue.Account", lambda rows: rows + rows, "duplicate key"),
        ("core.Company", lambda rows: rows.replace(b'"0.0900"', b'"7.0000"'), "discount_rate"),
        ("core.Company", lambda rows: b"[1, 2]\n", "does not fit together"),
    ):
        name = f"tables/{table}.jsonl"
        bad = forged(path, lambda held, name=name, wrong=wrong: held.update({name: wrong(held[name])}))
        with pytest.raises(Unusable, match=why):
            restoring.restore(checking.check(bad))
        assert not User.objects.exists()
        assert not [one for one in settings.MEDIA_ROOT.rglob("*") if one.is_file()]
    restoring.restore(checking.check(path))
    assert User.objects.exists(), "after all of this the right one can still be restored"


def test_secrets_that_cannot_be_opened_are_said_before_anything_is_written(
    company: tuple[World, Rows], export: Export, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export()
    wipe()
    settings.SECRET_KEY = "another"
    assert command.main([str(path)]) == 1
    assert "sealed with another secret key" in capsys.readouterr().err
    assert not User.objects.exists()
    assert command.main([str(path), "--another-key"]) == 0
    assert User.objects.exists()


def test_a_file_that_cannot_be_written_whole_is_not_there(
    company: tuple[World, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise Unusable("damaged")

    monkeypatch.setattr(checking, "check", broken)
    with pytest.raises(Unusable):
        handing.write_to(tmp_path / "company.zip")
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
