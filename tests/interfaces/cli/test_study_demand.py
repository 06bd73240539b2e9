import csv
import json
from pathlib import Path

import pytest

from clearspan.interfaces.cli.studies import main
from tests.engines.demand.build import company

EVIDENCE = ["occasion", "account", "date", "channel", "prompted", "opportunity", "answer"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    said, known = company([[9, 12], [1, 0], [0, 8]], [30, 40])
    rows = [
        [f"call {occasion}", f"account {account}", "2026-01-15", "call", prompted, opportunity, answer]
        for account, occasion, prompted, opportunity, answer in zip(
            said.account,
            said.occasion,
            said.prompted,
            ["" if j < 0 else said.opportunities[j] for j in said.opportunity],
            said.answer,
            strict=True,
        )
    ]
    segments = ["Small", "Large"]
    return {
        "evidence": write(tmp_path / "evidence.csv", [EVIDENCE, *rows]),
        "accounts": write(
            tmp_path / "accounts.csv",
            [
                ["account", "segment", "value"],
                *([name, segments[g], 100] for name, g in zip(known.names, known.segment, strict=True)),
            ],
        ),
        "market": write(
            tmp_path / "market.csv",
            [["segment", "accounts", "value_per_account"], ["Small", 3_000, 200], ["Large", 500, 9_000]],
        ),
    }


def write(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def run(files: dict[str, Path], *more: str) -> int:
    return main(["demand", *(part for name, path in files.items() for part in (f"--{name}", str(path))), *more])


def test_every_field_of_the_contract_is_written(files, capsys) -> None:
    assert run(files) == 0
    found = json.loads(capsys.readouterr().out)["opportunities"][0]
    assert {
        "opportunity", "rank", "prevalence", "segments", "value_at_stake", "heard", "asking", "effective_askers",
        "largest", "without_largest", "probability_market", "verdict", "probability_verdict", "reasons", "ask_next",
    } <= found.keys()  # fmt: skip
    assert found["prevalence"].keys() == {"mean", "p05", "p25", "p75", "p95", "quantiles"}
    assert found["segments"][0].keys() == {"segment", "mean", "p05", "p25", "p75", "p95", "heard", "asking"}
    assert found["value_at_stake"].keys() == {"mean", "p05", "p25", "p75", "p95"}
    assert found["largest"].keys() == {"account", "share"}
    assert found["without_largest"].keys() == {"mean", "rank"}
    assert found["ask_next"][0].keys() == {"segment", "interviews", "expected_value"}


def test_the_result_goes_to_a_file_when_one_is_named(files, tmp_path, capsys) -> None:
    out = tmp_path / "demand.json"
    assert run(files, "--out", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert len(json.loads(out.read_text(encoding="utf-8"))["opportunities"]) == 3


def test_the_result_says_what_it_was_made_with(files, capsys) -> None:
    run(files, "--seed", "3", "--threshold", "0.1")
    result = json.loads(capsys.readouterr().out)
    assert (result["study"], result["seed"], result["settings"]["threshold"]) == ("demand", 3, 0.1)


def test_progress_is_shown_on_a_terminal_only(files, capsys, monkeypatch) -> None:
    run(files)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(files)
    shown = capsys.readouterr()
    assert "learning from all opportunities" in shown.err
    assert json.loads(shown.out)


def test_the_same_seed_writes_the_same_bytes(files, capsys) -> None:
    run(files, "--seed", "3")
    first = capsys.readouterr().out
    run(files, "--seed", "3")
    assert capsys.readouterr().out == first


def test_columns_may_stand_in_any_order_and_others_are_ignored(files, capsys) -> None:
    run(files)
    plain = capsys.readouterr().out
    rows = list(csv.reader(files["evidence"].open(encoding="utf-8")))
    write(files["evidence"], [[*reversed(row), "x" if number else "mood"] for number, row in enumerate(rows)])
    assert run(files) == 0
    turned = capsys.readouterr()
    assert turned.out == plain
    assert "ignored mood" in turned.err


def test_without_answers_every_mention_is_a_yes(files, capsys) -> None:
    run(files)
    plain = capsys.readouterr().out
    rows = list(csv.reader(files["evidence"].open(encoding="utf-8")))
    write(files["evidence"], [row[:-1] for row in rows])
    run(files)
    assert capsys.readouterr().out == plain


def test_what_is_wrong_is_said_by_file_row_and_column_and_nothing_is_written(files, tmp_path, capsys) -> None:
    with files["evidence"].open("a", encoding="utf-8") as file:
        file.write("call x,nobody,2026-01-15,call,0,need 0,1\n")
    with files["accounts"].open("a", encoding="utf-8") as file:
        file.write("account 3,Small,1\nnew,Tiny,1\n")
    out = tmp_path / "demand.json"
    assert run(files, "--out", str(out)) == 2
    assert not out.exists()
    said = capsys.readouterr().err
    assert "column account: found “nobody”, expected an account of" in said
    assert "column account: found “account 3” a second time, expected each account once" in said
    assert "column segment: found “Tiny”, expected a segment of" in said
    assert "evidence.csv, row " in said


@pytest.mark.parametrize(
    ("cell", "column", "expected"),
    [("someday", 2, "a date such as"), ("maybe", 4, "1 or 0"), ("2", 6, "1 or 0"), ("", 1, "a value")],
)
def test_a_cell_that_cannot_be_read_is_a_fault(files, capsys, cell, column, expected) -> None:
    rows = list(csv.reader(files["evidence"].open(encoding="utf-8")))
    rows[3][column] = cell
    write(files["evidence"], rows)
    assert run(files) == 2
    said = capsys.readouterr().err
    assert f"row 4, column {EVIDENCE[column]}" in said
    assert expected in said


@pytest.mark.parametrize(
    "option", [("--threshold", "1.5"), ("--threshold", "nan"), ("--wrong-tag-rate", "-1"), ("--draws", "100")]
)
def test_an_option_out_of_range_is_a_fault(files, capsys, option) -> None:
    assert run(files, *option) == 2
    assert "the options" in capsys.readouterr().err


def test_evidence_without_rows_is_a_fault(files, capsys) -> None:
    write(files["evidence"], [EVIDENCE])
    assert run(files) == 2
    assert "found no rows" in capsys.readouterr().err


def test_a_market_without_accounts_is_a_fault(files, capsys) -> None:
    write(files["market"], [["segment", "accounts", "value_per_account"], ["Small", 0, 1], ["Large", 0, 1]])
    assert run(files) == 2
    assert "at least one account" in capsys.readouterr().err
