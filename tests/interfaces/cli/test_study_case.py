from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from clearspan.interfaces.cli.studies import main

CASE = """
name = "{name}"
currency = "GBP"
period = "quarter"
periods = 8
discount_rate = 0.09

[drivers]
price = {{ p10 = 20, p50 = 25, p90 = 33, min = 0 }}
need = {{ from_study = "demand.json#swap a shift" }}

[adoption]
p = 0.03
q = 0.4
market = "1000 * need"

[[lines]]
name = "build"
kind = "capital"
formula = "{build}"
starts = 0
ends = 0

[[lines]]
name = "fees"
kind = "revenue"
formula = "adopters * price"
"""
PREVALENCE = {"mean": 0.4, "p05": 0.25, "p95": 0.55}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "demand.json").write_text(
        json.dumps({"opportunities": [{"opportunity": "swap a shift", "prevalence": PREVALENCE}]}), encoding="utf-8"
    )
    return write(tmp_path, "case")


def write(folder: Path, name: str, build: str = "9000") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(CASE.format(name=name, build=build), encoding="utf-8")
    return path


def study(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["case", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_case_is_answered_in_json(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = study(capsys, case, "--draws", 512)
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) >= {"cases", "best", "probability_best", "regret", "evpi", "evppi"}
    assert set(found["cases"][0]["npv"]) >= {"mean", "sd", "p05", "p10", "p50", "p90", "p95"}
    assert set(found["cases"][0]["evppi"]) == {"price", "need"}


def test_several_cases_are_compared(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dearer = write(tmp_path, "dearer", build="20000")
    _, out, _ = study(capsys, case, dearer, "--draws", 256, "--brief")
    assert json.loads(out)["probability_best"] == {"case": 1.0, "dearer": 0.0}


def test_every_npv_can_be_written_for_the_portfolio(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draws = tmp_path / "draws.csv"
    _, out, _ = study(capsys, case, "--draws", 256, "--brief", "--draws-out", draws)
    with draws.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["draw"], rows[-1]["draw"], rows[0]["option"]) == ("1", "256", "case")
    mean = sum(float(row["value"]) for row in rows) / 256
    assert mean == pytest.approx(json.loads(out)["cases"][0]["npv"]["mean"])


def test_a_sample_is_priced(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = study(capsys, case, "--draws", 512, "--sample", "need", 20, "--sample", "price", 5, 4)
    need, price = json.loads(out)["evsi"]
    assert (need["driver"], need["size"], need["sd"], price["sd"]) == ("need", 20, None, 4.0)
    assert need["evsi"] >= 0


@pytest.mark.parametrize("sample", [["need"], ["nobody", 5], ["need", "many"], ["price", 0, 1]])
def test_a_sample_that_cannot_be_priced_is_refused(
    case: Path, capsys: pytest.CaptureFixture[str], sample: list[object]
) -> None:
    code, out, err = study(capsys, case, "--draws", 64, "--sample", *sample)
    assert (code, out) == (2, "")
    assert err.startswith("--sample ")


def test_faults_name_file_key_and_what_was_expected(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write(tmp_path, "broken", build="3 +")
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("discount_rate = 0.09", "discount_rate = 9"), encoding="utf-8"
    )
    code, out, err = study(capsys, case, broken)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert (
        first
        == f"{broken}, discount_rate: found 9.0, expected a rate a year from 0 to 1, such as 0.09 for nine per cent"
    )
    assert second.startswith(f"{broken}, lines[1].formula: found “3 +”, expected a formula")


def test_a_formula_that_fails_in_the_draws_is_told_by_file(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write(tmp_path, "broken", build="1 / t")
    code, _, err = study(capsys, case, broken, "--draws", 64)
    assert code == 2
    found = "a division by zero in 1 / t at period 0 in every draw"
    assert err == f"{broken}, lines[1].formula: found {found}, expected a finite number in every draw\n"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("other.json#a", "a demand study's result at"),
        ("demand.json#nobody", "one of its opportunities: swap a shift"),
        ("demand.json", "a file and an opportunity"),
    ],
)
def test_a_study_that_is_not_there_is_a_fault(
    case: Path, capsys: pytest.CaptureFixture[str], reference: str, expected: str
) -> None:
    case.write_text(case.read_text(encoding="utf-8").replace("demand.json#swap a shift", reference), encoding="utf-8")
    code, _, err = study(capsys, case)
    assert code == 2
    assert f"{case}, drivers.need.from_study: found “{reference}”, expected {expected}" in err


def test_quantiles_of_the_demand_study_are_used_when_they_are_there(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {"opportunity": "swap a shift", "prevalence": {**PREVALENCE, "quantiles": [0.2, 0.31, 0.6]}}
    (case.parent / "demand.json").write_text(
        json.dumps({"opportunities": [entry], "quantile_levels": [0.05, 0.5, 0.95]}), encoding="utf-8"
    )
    _, out, _ = study(capsys, case, "--draws", 64)
    need = next(driver for driver in json.loads(out)["cases"][0]["drivers"] if driver["driver"] == "need")
    assert (need["p05"], need["p50"], need["p95"]) == pytest.approx((0.2, 0.31, 0.6))


def test_files_that_are_no_case_are_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torn = tmp_path / "torn.toml"
    torn.write_text("name = ", encoding="utf-8")
    code, _, err = study(capsys, torn, tmp_path / "missing.toml")
    assert code == 2
    assert "torn.toml: found text that is not TOML" in err
    assert "missing.toml: found no readable file" in err


def test_two_cases_of_one_name_are_refused(case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = tmp_path / "copy.toml"
    other.write_text(case.read_text(encoding="utf-8"), encoding="utf-8")
    code, _, err = study(capsys, case, other)
    assert code == 2
    assert "a name of its own" in err


def test_at_most_twenty_faults_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "many.toml"
    path.write_text("\n".join(f"[drivers.x{number}]" for number in range(30)), encoding="utf-8")
    _, _, err = study(capsys, path)
    assert len(err.splitlines()) == 21
    assert err.splitlines()[-1].startswith("and ")


def test_draws_out_of_range_are_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = study(capsys, case, "--draws", 3)
    assert (code, err) == (2, "--draws 3 --seed 0: expected draws from 64 to 1,048,576\n")


def test_a_note_says_what_was_ignored(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write_text("owner = 'me'\n" + case.read_text(encoding="utf-8"), encoding="utf-8")
    code, _, err = study(capsys, case, "--draws", 64)
    assert (code, err) == (0, f"{case}: ignored owner\n")
