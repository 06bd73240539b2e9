"""`clearspan study portfolio`: files in, the plan out as JSON, faults with file, row and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clearspan.interfaces.cli.studies import main

OPTIONS = """option,value,design,build,duration,bucket,must,cost
Open swaps,90,2,6,2,new,,10
Next-day pay,80,1,4,1,new,,10
Rest warnings,70,3,3,1,upkeep,,5
Tips by hours,30,3,2,1,upkeep,,5
"""
CAPACITY = """period,design,build
Q1,3,4
Q2,3,4
"""
DRAWS = "draw,option,value\n" + "".join(
    f"{k},{name},{mean + step * spread}\n"
    for k, step in enumerate([-2, -1, -1, 0, 0, 0, 0, 1, 1, 2] * 2)
    for name, mean, spread in (("Open swaps", 90, 40), ("Next-day pay", 80, 10), ("Rest warnings", 70, 5))
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    files = {"options": OPTIONS, "capacity": CAPACITY, "draws": DRAWS}
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert main(["portfolio", "--options", "options.csv", "--capacity", "capacity.csv", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def faults(capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    assert main(["portfolio", "--options", "options.csv", "--capacity", "capacity.csv", *more]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    return [line for line in output.err.splitlines() if "ignored" not in line]


def chosen(found: dict[str, Any]) -> dict[str, str]:
    return {each["option"]: each["start"] for each in found["selected"]}


def test_the_plan_names_options_and_the_labels_of_their_starts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys)
    assert found["objective"] == found["value"]["mean"] == found["bound"] == 150
    assert found["gap"] == 0
    assert set(chosen(found)) == {"Next-day pay", "Rest warnings"}
    assert set(chosen(found).values()) == {"Q1", "Q2"}
    assert {each["option"] for each in found["rejected"]} == {"Open swaps", "Tips by hours"}
    assert all(each["why"] for each in found["rejected"])


def test_use_is_given_for_each_function_in_each_period(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use = answer(capsys)["use"]
    assert [(each["function"], each["period"]) for each in use] == [
        ("design", "Q1"),
        ("design", "Q2"),
        ("build", "Q1"),
        ("build", "Q2"),
    ]
    assert all(0 <= each["used"] <= each["capacity"] for each in use)
    assert sum(each["used"] for each in use) == 11


def test_without_draws_there_is_no_interval(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys)
    assert found["value"]["p05"] is None
    assert found["cvar"] is None


def test_a_single_row_of_capacity_is_no_calendar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "capacity.csv").write_text("period,design,build\n2026,6,10\n", encoding="utf-8")
    found = answer(capsys)
    assert chosen(found) == {"Open swaps": "2026", "Next-day pay": "2026", "Rest warnings": "2026"} or (
        found["objective"] == 170
    )


@pytest.mark.parametrize("flag", ["--requirements", "--needs"])
def test_requirements_are_kept_under_either_name(flag: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "needs.csv").write_text("option,requires\nRest warnings,Next-day pay\n", encoding="utf-8")
    assert chosen(answer(capsys, flag, "needs.csv")) == {"Next-day pay": "Q1", "Rest warnings": "Q2"}


def test_exclusions_are_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "needs.csv").write_text("option,excludes\nRest warnings,Next-day pay\n", encoding="utf-8")
    assert len({"Rest warnings", "Next-day pay"} & set(chosen(answer(capsys, "--needs", "needs.csv")))) < 2


def test_buckets_are_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "buckets.csv").write_text("bucket,min,max\nnew,0.9,\n", encoding="utf-8")
    assert set(chosen(answer(capsys, "--buckets", "buckets.csv"))) <= {"Open swaps", "Next-day pay"}


def test_a_budget_is_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(chosen(answer(capsys, "--budget", "10"))) == {"Rest warnings", "Tips by hours"}


def test_everything_asked_for_is_in_the_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(
        capsys,
        "--draws-file",
        "draws.csv",
        "--risk",
        "0.5",
        "--prices",
        "--force",
        "Open swaps",
        "--robust",
        "--frontier",
    )
    assert {(each["function"], each["period"]) for each in found["capacity_value"]} == {
        (function, period) for function in ("design", "build") for period in ("Q1", "Q2")
    }
    assert all(each["per_unit"] >= 0 for each in found["capacity_value"])
    assert found["displaces"]["leaves"]
    assert found["displaces"]["value_lost"] > 0
    assert {each["option"]: each["share"] for each in found["chosen_in"]}["Next-day pay"] >= 0.8
    assert [point["risk"] for point in found["frontier"]] == sorted(point["risk"] for point in found["frontier"])
    assert set(found["frontier"][0]) >= {"risk", "mean", "cvar", "selected"}
    assert found["value"]["p05"] <= found["value"]["mean"] <= found["value"]["p95"]
    assert found["cvar"] <= found["value"]["mean"]
    assert any("Tips by hours" in note for note in found["notes"])


def test_the_same_seed_gives_the_same_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (answer(capsys, "--draws-file", "draws.csv", "--risk", "0.5", "--seed", "3") for _ in range(2))
    assert first == second
    assert first["same_digits"] is True


def test_a_limit_in_seconds_waives_the_same_digits_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "--seconds", "5")
    assert found["same_digits"] is False
    assert any("--seconds" in note for note in found["notes"])


def test_starts_may_be_bounded_by_label_or_by_position(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for cell in ("Q2", "2"):
        (folder / "options.csv").write_text(f"option,value,design,build,earliest\na,5,1,1,{cell}\n", encoding="utf-8")
        assert chosen(answer(capsys)) == {"a": "Q2"}


def test_extra_columns_are_ignored_with_a_note(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "options.csv").write_text("colour,option,value,design,build\nred,a,5,1,1\n", encoding="utf-8")
    assert main(["portfolio", "--options", "options.csv", "--capacity", "capacity.csv"]) == 0
    assert "ignored colour" in capsys.readouterr().err


def test_the_result_can_be_written_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portfolio", "--options", "options.csv", "--capacity", "capacity.csv", "--out", "plan.json"]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8"))["objective"] == 150


@pytest.mark.parametrize(
    ("file", "content", "flags", "words"),
    [
        ("options", "option,value,design,build\na,x,1,1\n", [], "options.csv, row 2, column value: found “x”"),
        ("options", "option,value,design,build\na,1,-1,1\n", [], "row 2, column design: found “-1”"),
        ("options", "option,value,design\na,1,1\n", [], "row 1, column build: found no such column"),
        ("options", "option,value,design,build\na,1,1,1\na,1,1,1\n", [], "row 3, column option: found “a” again"),
        ("options", "option,value,design,build,duration\na,1,1,1,0\n", [], "row 2, column duration: found “0”"),
        ("options", "option,value,design,build,earliest\na,1,1,1,Q9\n", [], "row 2, column earliest: found “Q9”"),
        ("options", "option,value,design,build,earliest,latest\na,1,1,1,Q2,Q1\n", [], "before earliest"),
        ("options", "option,value,design,build\n", [], "options.csv: found no rows"),
        ("capacity", "period\nQ1\n", [], "capacity.csv, row 1: found no function"),
        ("capacity", "period,design,build\nQ1,1,1\nQ1,1,1\n", [], "row 3, column period: found “Q1” again"),
        ("needs", "option,requires\nOpen swaps,Nobody\n", ["--needs", "needs.csv"], "row 2, column requires"),
        ("needs", "option,requires\nNobody,Open swaps\n", ["--needs", "needs.csv"], "row 2, column option"),
        ("needs", "option,excludes\nOpen swaps,Open swaps\n", ["--needs", "needs.csv"], "the option itself"),
        ("needs", "option,requires\nOpen swaps,\n", ["--needs", "needs.csv"], "neither requires nor excludes"),
        (
            "needs",
            "option,requires\nOpen swaps,Next-day pay\nNext-day pay,Open swaps\n",
            ["--needs", "needs.csv"],
            "found a circle",
        ),
        ("buckets", "bucket,min,max\nnew,0.5,0.4\n", ["--buckets", "buckets.csv"], "row 2, column max: found 0.4"),
        ("buckets", "bucket,min,max\nnew,2,\n", ["--buckets", "buckets.csv"], "row 2, column min: found “2”"),
        ("buckets", "bucket,min,max\nold,0,\n", ["--buckets", "buckets.csv"], "which no option is in"),
        ("draws", "draw,option,value\n1,Nobody,3\n2,Nobody,3\n", ["--draws-file", "draws.csv"], "column option"),
        ("draws", "draw,option,value\n1,Open swaps,3\n1,Open swaps,3\n", ["--draws-file", "draws.csv"], "again"),
        (
            "draws",
            "draw,option,value\n1,Open swaps,3\n2,Next-day pay,3\n",
            ["--draws-file", "draws.csv"],
            "no value of “Open swaps” in draw 2",
        ),
        ("x", "", ["--force", "Nobody"], "--force: found “Nobody”"),
        ("x", "", ["--risk", "2", "--draws-file", "draws.csv"], "--risk: found 2.0"),
        ("x", "", ["--risk", "0.5"], "--risk: found no draws"),
        ("x", "", ["--robust"], "--robust: found no draws"),
        ("x", "", ["--frontier"], "--frontier: found no draws"),
        ("x", "", ["--budget", "-1"], "--budget: found -1.0"),
        ("x", "", ["--nodes", "-1"], "--nodes: found -1"),
        ("x", "", ["--buckets", "missing.csv"], "missing.csv: found no readable file"),
    ],
)
def test_a_fault_names_file_row_column_what_was_found_and_what_was_expected(
    file: str, content: str, flags: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{file}.csv").write_text(content, encoding="utf-8")
    found = faults(capsys, *flags)
    assert any(words in fault for fault in found), found
    assert all("expected" in fault for fault in found)


def test_rules_that_clash_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    musts = OPTIONS.replace("new,,", "new,1,")
    (folder / "options.csv").write_text(musts, encoding="utf-8")
    (fault,) = faults(capsys)
    assert "Open swaps is a must" in fault
    assert "Next-day pay is a must" in fault
    assert "build in Q1 has 4" in fault
