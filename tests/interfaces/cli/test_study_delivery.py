import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from clearspan.interfaces.cli.studies import main

WEEKS = [3, 5, 2, 6, 4, 3, 5, 1, 4, 6]
FIRST = date(2025, 10, 20)


def rows() -> list[list[str]]:
    """Items finished in WEEKS, each started four days before and created ten days before; two are under way."""
    made = [
        [f"IT-{week}-{n}", *(str(finish - timedelta(days)) for days in (10, 3, 0))]
        for week, count in enumerate(WEEKS)
        for n, finish in enumerate([FIRST + timedelta(7 * week)] * count)
    ]
    return [*made, ["IT-open", "2025-10-01", "2025-11-03", ""], ["IT-new", "2025-12-20", "", ""]]


@pytest.fixture
def items(tmp_path: Path) -> Path:
    return write(tmp_path / "items.csv", [["id", "created", "started", "finished"], *rows()])


def write(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)
    return path


def run(items: Path, *more: str, remaining: str = "20") -> int:
    return main(["delivery", "--items", str(items), "--remaining", remaining, "--draws", "500", *more])


def answer(items: Path, capsys: pytest.CaptureFixture[str], *more: str, remaining: str = "20") -> dict:
    assert run(items, *more, remaining=remaining) == 0
    return json.loads(capsys.readouterr().out)


def refused(items: Path, capsys: pytest.CaptureFixture[str], *more: str, remaining: str = "20") -> str:
    assert run(items, *more, remaining=remaining) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_every_field_of_the_contract_is_written(items, capsys) -> None:
    result = answer(items, capsys)
    assert {
        "study", "version", "engine_version", "seed", "settings", "notes", "from", "remaining", "growth", "answer",
        "dates", "distribution", "unfinished_after_horizon", "fan", "throughput", "cycle_time", "ageing", "backtest",
    } == result.keys()  # fmt: skip
    assert result["dates"].keys() == {"p50", "p70", "p85", "p95"}
    assert result["throughput"]["finished"] == WEEKS
    assert result["cycle_time"] == {"n": 39, "measured_from": "started", "p50": 4, "p70": 4, "p85": 4, "p95": 4}
    assert result["ageing"] == [{"id": "IT-open", "since": "2025-11-03", "age": 50, "percentile": 100}]
    assert result["backtest"]["words"]


def test_the_forecast_begins_the_day_after_the_last_finish(items, capsys) -> None:
    assert answer(items, capsys)["from"] == "2025-12-23"


def test_a_constant_team_is_exact(tmp_path, capsys) -> None:
    lines = [[f"{week}-{n}", str(FIRST + timedelta(7 * week))] for week in range(8) for n in range(5)]
    result = answer(write(tmp_path / "i.csv", [["id", "finished"], *lines]), capsys, remaining="41")
    assert set(result["dates"].values()) == {str(FIRST + timedelta(7 * (7 + 9)))}


def test_from_an_earlier_day_what_finished_later_is_open_and_that_is_said(items, capsys) -> None:
    assert run(items, "--from", "2025-12-08") == 0
    said = capsys.readouterr()
    result = json.loads(said.out)
    assert result["from"] == "2025-12-08"
    assert result["throughput"]["finished"] == WEEKS[:7]
    assert result["notes"] == ["11 items finish on or after 2025-12-08 and count as open then"]
    assert result["notes"][0] in said.err


def test_the_result_says_what_it_was_made_with(items, capsys) -> None:
    result = answer(items, capsys, "--seed", "3", "--split", "1.0", "1.3")
    assert (result["study"], result["seed"], result["remaining"], result["growth"]) == ("delivery", 3, 20, [1.0, 1.3])
    assert result["settings"] == {"draws": 500}


def test_the_same_seed_writes_the_same_bytes(items, capsys) -> None:
    assert answer(items, capsys, "--seed", "3") == answer(items, capsys, "--seed", "3")
    assert answer(items, capsys, "--seed", "3") != answer(items, capsys, "--seed", "4")


def test_the_result_goes_to_a_file_when_one_is_named(items, tmp_path, capsys) -> None:
    assert run(items, "--out", str(tmp_path / "it.json")) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "it.json").read_text(encoding="utf-8"))["study"] == "delivery"


def test_progress_is_shown_on_a_terminal_only(items, capsys, monkeypatch) -> None:
    run(items)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(items)
    assert "weighing the past" in capsys.readouterr().err


def test_columns_may_stand_in_any_order_and_others_are_ignored(items, tmp_path, capsys) -> None:
    plain = answer(items, capsys)
    lines = [[*reversed(row), "mood" if not n else "x"] for n, row in enumerate(csv.reader(items.open()))]
    assert run(write(tmp_path / "turned.csv", lines)) == 0
    turned = capsys.readouterr()
    assert json.loads(turned.out) == plain
    assert "ignored mood" in turned.err


def by_stage(path: Path, *, title: str = "Title", more: tuple[str, ...] = ("Type", "Labels")) -> Path:
    lines = [["ID", "Link", title, "Ready", "Doing", "Checking", "Done", *more]]
    for item, created, started, finished in rows():
        lines.append(
            [item, "https://tracker.example/1", "A title, quoted", created, started, "", finished, "Story", ""]
        )
    return write(path, [line[: 7 + len(more)] for line in lines])


@pytest.mark.parametrize("title", ["Title", "Name"])
def test_one_column_a_stage_says_the_same(items, tmp_path, capsys, title) -> None:
    assert answer(by_stage(tmp_path / "stages.csv", title=title), capsys) == answer(items, capsys)


def test_without_attributes_the_last_column_is_done(items, tmp_path, capsys) -> None:
    assert answer(by_stage(tmp_path / "stages.csv", more=()), capsys) == answer(items, capsys)


def test_a_stage_whose_dates_go_back_is_a_fault(tmp_path, capsys) -> None:
    path = by_stage(tmp_path / "stages.csv")
    lines = list(csv.reader(path.open(encoding="utf-8")))
    lines[4][5] = "2025-01-01"
    said = refused(write(path, lines), capsys)
    assert f"row 5, column Checking: found 2025-01-01, expected {lines[4][4]} or later, when it was in Doing" in said


def test_a_stage_cell_that_is_no_date_is_a_fault(tmp_path, capsys) -> None:
    path = by_stage(tmp_path / "stages.csv")
    lines = list(csv.reader(path.open(encoding="utf-8")))
    lines[4][6] = "soon"
    assert "row 5, column Done: found “soon”, expected a date such as" in refused(write(path, lines), capsys)


def test_a_stage_form_without_stages_is_a_fault(tmp_path, capsys) -> None:
    lines = [["ID", "Link", "Title", "Type"], ["1", "x", "y", "Bug"]]
    assert "found 0 columns of dates after the title" in refused(write(tmp_path / "s.csv", lines), capsys)


def test_a_last_stage_that_nobody_reached_is_named(tmp_path, capsys) -> None:
    lines = [["ID", "Link", "Title", "Ready", "Done"], ["1", "x", "y", "2025-10-01", ""]]
    said = refused(write(tmp_path / "s.csv", lines), capsys)
    assert "column Done: found no finished item, expected finished items" in said


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        (3, "someday", "column finished: found “someday”, expected a date such as"),
        (1, "2026-13-01", "column created: found “2026-13-01”, expected a date such as"),
        (3, "1025-11-03", "column finished: found “1025-11-03”, expected a year from 1900"),
        (0, "", "column id: found an empty cell"),
        (0, "IT-0-0", "column id: found “IT-0-0” a second time, expected each item once"),
        (2, "2025-10-01", "column started: found 2025-10-01, expected 2025-10-17 or later, when it was created"),
        (3, "2025-10-01", "column finished: found 2025-10-01, expected 2025-10-24 or later, when it was started"),
    ],
)
def test_a_cell_that_cannot_be_is_said_by_row_and_column(items, capsys, column, cell, found) -> None:
    lines = list(csv.reader(items.open(encoding="utf-8")))
    lines[4][column] = cell
    said = refused(write(items, lines), capsys)
    assert f"items.csv, row 5, {found}" in said


def test_a_finish_before_the_creation_is_a_fault_where_no_start_is_known(items, capsys) -> None:
    lines = list(csv.reader(items.open(encoding="utf-8")))
    lines[4][2:] = ["", "2025-10-01"]
    assert "column finished: found 2025-10-01, expected 2025-10-17 or later" in refused(write(items, lines), capsys)


def test_at_most_twenty_faults_are_shown(items, capsys) -> None:
    lines = list(csv.reader(items.open(encoding="utf-8")))
    said = refused(write(items, [lines[0], *([row[0], "x", "", ""] for row in lines[1:])]), capsys)
    assert len(said.splitlines()) == 21
    assert said.splitlines()[-1] == "and 21 more"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty file"),
        ("id,created\n1,2025-10-01\n", "column finished: found no such column"),
        ("id,finished,finished\n1,2025-10-01,\n", "found the column twice"),
        ("id,finished\n1,2025-10-01\n2\n", "row 3: found 1 cells, expected 2"),
        ('id,finished\n1,"2025-10-01\n', "found a torn row"),
        ("id,finished\n", "column finished: found no finished item"),
        ("id,finished\n1,\n2,\n", "column finished: found no finished item"),
        ("id,finished\n1,2025-10-01\n2,2025-10-09\n", "found 2 weeks since the first finish, expected 4 weeks or more"),
    ],
)
def test_a_file_that_carries_no_forecast_is_refused(tmp_path, capsys, text, found) -> None:
    path = tmp_path / "items.csv"
    path.write_text(text, encoding="utf-8")
    assert found in refused(path, capsys)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path, capsys) -> None:
    assert "found no readable file" in refused(tmp_path / "none.csv", capsys)
    (tmp_path / "bytes.csv").write_bytes(b"id,finished\n\xff\xfe,2025-10-01\n")
    assert "not UTF-8" in refused(tmp_path / "bytes.csv", capsys)


def test_a_day_before_every_finish_is_refused(items, capsys) -> None:
    said = refused(items, capsys, "--from", "2025-10-01")
    assert "column finished: found no item finished before the forecast begins" in said


@pytest.mark.parametrize("remaining", ["0", "-3", "2.5", "many", "nan", "inf"])
def test_remaining_must_be_a_whole_number_over_nothing(items, capsys, remaining) -> None:
    said = refused(items, capsys, remaining=remaining)
    assert said == f"--remaining: found {remaining}, expected a whole number that is 1 or more\n"


@pytest.mark.parametrize(
    "option",
    [
        ("--from", "tomorrow"),
        ("--from", "9999-12-01"),
        ("--split", "1.3", "1.0"),
        ("--split", "0", "1"),
        ("--split", "a", "b"),
        ("--draws", "10"),
        ("--seed", "-1"),
    ],
)
def test_an_option_that_cannot_be_is_refused(items, capsys, option) -> None:
    assert refused(items, capsys, *option).startswith(f"{option[0]}: found ")


def test_all_options_that_cannot_be_are_named_at_once(items, capsys) -> None:
    said = refused(items, capsys, "--from", "x", "--draws", "1", remaining="0")
    assert [line.split(":")[0] for line in said.splitlines()] == ["--remaining", "--draws", "--from"]
