import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from clearspan.interfaces.cli.studies import main
from clearspan.interfaces.cli.studies.forecast import _looks
from tests.engines.forecasting.build import quarters

HEADER = ["unique_id", "ds", "y"]
QUARTERS = [f"{2021 + n // 4}-{3 * (n % 4) + 1:02d}-01" for n in range(20)]


def rows() -> list[list[object]]:
    return [
        [name, ds, round(y, 2)]
        for name, seed in (("Rotas", 1), ("Payroll", 2))
        for ds, y in zip(QUARTERS, quarters(20, noise=0.03, seed=seed), strict=True)
    ]


def write(path: Path, lines: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return write(tmp_path / "series.csv", [HEADER, *rows()])


@pytest.fixture
def hierarchy(tmp_path: Path) -> Path:
    return write(tmp_path / "hierarchy.csv", [["unique_id", "parent"], ["Rotas", "All"], ["Payroll", "All"]])


def run(series: Path, *more: str, horizon: str = "4") -> int:
    return main(["forecast", "--series", str(series), "--horizon", horizon, *more])


def answer(series: Path, capsys: pytest.CaptureFixture[str], *more: str, horizon: str = "4") -> list[dict[str, str]]:
    assert run(series, *more, horizon=horizon) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def refused(series: Path, capsys: pytest.CaptureFixture[str], *more: str, horizon: str = "4") -> str:
    assert run(series, *more, horizon=horizon) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_every_column_of_the_contract_is_written_and_the_calendar_goes_on(series, capsys) -> None:
    found = answer(series, capsys)
    assert list(found[0]) == ["unique_id", "ds", "mean", "lo-80", "hi-80", "lo-95", "hi-95", "method"]
    assert [one["unique_id"] for one in found] == ["Rotas"] * 4 + ["Payroll"] * 4
    assert [one["ds"] for one in found[:4]] == ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]
    for one in found:
        ends = [float(one[name]) for name in ("lo-95", "lo-80", "mean", "hi-80", "hi-95")]
        assert ends == sorted(ends)
        assert one["method"].startswith("median of ETS(")


def test_levels_are_those_that_were_asked_for(series, capsys) -> None:
    found = answer(series, capsys, "--level", "99.5", "--level", "50", horizon="1")
    assert list(found[0])[3:7] == ["lo-50", "hi-50", "lo-99.5", "hi-99.5"]


def test_numbers_are_periods_too_and_have_no_season_unless_it_is_said(tmp_path, capsys) -> None:
    lines = [["one", n + 1, y] for n, y in enumerate(quarters(24, slope=0, noise=0.01))]
    file = write(tmp_path / "series.csv", [HEADER, *lines])
    assert [one["ds"] for one in answer(file, capsys)] == ["25", "26", "27", "28"]
    found = [float(one["mean"]) for one in answer(file, capsys, "--season", "4")]
    assert found == pytest.approx([80, 100, 130, 90], rel=0.05)


def test_sums_add_up_to_the_last_digits_and_it_is_said(series, hierarchy, capsys) -> None:
    found = answer(series, capsys, "--hierarchy", str(hierarchy))
    mean = {(one["unique_id"], one["ds"]): float(one["mean"]) for one in found}
    for ds in {one["ds"] for one in found}:
        assert mean["All", ds] == pytest.approx(mean["Rotas", ds] + mean["Payroll", ds], abs=1e-9)
    assert found[-1]["method"].endswith("adds up by weighted least squares")


def test_rows_in_another_order_and_other_columns_change_nothing(series, tmp_path, capsys) -> None:
    plain = answer(series, capsys)
    turned = write(
        tmp_path / "turned.csv", [[*HEADER, "mood"], *([*row, "x"] for row in [*rows()[19::-1], *rows()[20:]])]
    )
    assert run(turned) == 0
    said = capsys.readouterr()
    assert "ignored mood" in said.err
    assert list(csv.DictReader(io.StringIO(said.out))) == plain


def test_the_same_input_gives_the_same_bytes_whatever_the_seed(series, capsys) -> None:
    run(series)
    first = capsys.readouterr().out
    run(series, "--seed", "7")
    assert capsys.readouterr().out == first


def test_the_result_goes_to_a_file_when_one_is_named(series, tmp_path, capsys) -> None:
    out = tmp_path / "forecast.csv"
    assert run(series, "--out", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert out.read_text(encoding="utf-8").startswith("unique_id,ds,mean,lo-80")


def test_a_gap_is_filled_and_said(series, tmp_path, capsys) -> None:
    lines = rows()
    lines[5][2] = ""
    del lines[10]
    assert run(write(tmp_path / "gappy.csv", [HEADER, *lines])) == 0
    assert "Rotas: 2 periods without a value" in capsys.readouterr().err


def test_a_new_series_has_the_calendar_of_the_others(tmp_path, capsys) -> None:
    file = write(tmp_path / "series.csv", [HEADER, *rows(), ["New", "2025-10-01", 50]])
    found = [one for one in answer(file, capsys) if one["unique_id"] == "New"]
    assert [one["ds"] for one in found][:2] == ["2026-01-01", "2026-04-01"]
    assert (found[0]["mean"], found[0]["method"]) == ("50.0", "last value")
    assert float(found[0]["lo-95"]) < 50


def test_an_interval_nobody_can_know_is_empty(tmp_path, capsys) -> None:
    file = write(tmp_path / "series.csv", [HEADER, ["one", 2025, 50]])
    assert run(file, horizon="1") == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[1] == "one,2026,50.0,,,,,last value"
    assert "no interval" in said.err


@pytest.mark.parametrize(
    ("row", "column", "cell", "expected"),
    [
        (3, "ds", "someday", "a date such as 2026-03-31, or a whole number"),
        (3, "ds", "0026-01-01", "a year from 1900 to 2200"),
        (3, "ds", "7", "a date, as in the first row"),
        (3, "ds", "2021-01-01", "each period once"),
        (3, "y", "many", "a number, such as 12.5"),
        (3, "y", "inf", "a finite number"),
        (3, "unique_id", "", "a value"),
    ],
)
def test_a_cell_that_cannot_be_used_is_a_fault(tmp_path, capsys, row, column, cell, expected) -> None:
    lines = rows()
    lines[row - 2][HEADER.index(column)] = cell
    said = refused(write(tmp_path / "series.csv", [HEADER, *lines]), capsys)
    assert f"series.csv, row {row}, column {column}: found " in said
    assert expected in said


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "a row a period of each series"),
        ([["one", 1, ""], ["one", 2, ""]], "no value of “one” in any row"),
        ([["one", 1, 5], ["one", 2, 5], ["one", 99_999, 5]], "20,000 at most"),
        ([["one", "2026-01-01", 5], ["two", "2026-01-01", 5]], "to know the calendar"),
    ],
)
def test_series_that_cannot_be_used_are_a_fault(tmp_path, capsys, lines, expected) -> None:
    assert expected in refused(write(tmp_path / "series.csv", [HEADER, *lines]), capsys)


def test_a_missing_column_or_file_is_a_fault(tmp_path, capsys) -> None:
    assert "a column named y" in refused(write(tmp_path / "series.csv", [["unique_id", "ds"], ["a", 1]]), capsys)
    assert "no readable file" in refused(tmp_path / "none.csv", capsys)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--horizon", "0"), ("--horizon", "1.5"), ("--horizon", "5000"), ("--season", "none"), ("--level", "100"),
     ("--level", "high"), ("--processes", "0")],
)  # fmt: skip
def test_an_option_out_of_range_is_a_fault(series, capsys, option, value) -> None:
    assert f"{option}: found {value}, expected " in refused(series, capsys, option, value)


def test_a_horizon_past_the_end_of_the_calendar_is_a_fault(tmp_path, capsys) -> None:
    lines = [["one", f"{year}-01-01", 5 + year % 7] for year in range(1900, 2100, 20)]
    said = refused(write(tmp_path / "series.csv", [HEADER, *lines]), capsys, horizon="900")
    assert "--horizon: found 900 periods" in said


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "a row a series with its parent"),
        ([["Rotas", "All"], ["Ghost", "All"]], "row 3, column unique_id: found “Ghost”, expected a series"),
        ([["Rotas", "All"], ["Rotas", "Other"]], "row 3, column unique_id: found “Rotas” a second time"),
        ([["Rotas", "All"], ["All", "Rotas"]], "is below itself, expected a tree"),
        ([["Rotas", "All"], ["Short", "All"]], "found “Short”, whose next periods are 2024-01-01"),
        ([["Rotas", "Total"], ["Payroll", "Total"]], "found “Total” at 2021-01-01: 9, expected "),
    ],
)
def test_a_hierarchy_that_is_none_is_a_fault(tmp_path, capsys, lines, expected) -> None:
    short = [["Short", ds, 5] for ds in QUARTERS[:12]]
    total = [["Total", ds, 9] for ds in QUARTERS]
    file = write(tmp_path / "series.csv", [HEADER, *rows(), *short, *total])
    tree = write(tmp_path / "tree.csv", [["unique_id", "parent"], *lines])
    assert expected in refused(file, capsys, "--hierarchy", str(tree))


def test_a_whole_may_be_given_when_it_is_the_sum(series, hierarchy, tmp_path, capsys) -> None:
    both = rows()
    total = [["All", ds, round(both[n][2] + both[20 + n][2], 2)] for n, ds in enumerate(QUARTERS)]
    given = write(tmp_path / "given.csv", [HEADER, *total, *both])
    found = answer(given, capsys, "--hierarchy", str(hierarchy))
    assert [one["unique_id"] for one in found[::4]] == ["All", "Rotas", "Payroll"]
    summed = answer(series, capsys, "--hierarchy", str(hierarchy))
    assert float(found[0]["mean"]) == pytest.approx(float(summed[8]["mean"]), rel=1e-9)


def test_several_processes_answer_in_order() -> None:
    class Silent:
        def __call__(self, *_: object) -> None: ...

    assert list(_looks(abs, [-3, 2, -1], processes=2, bar=Silent())) == [3, 2, 1]  # type: ignore[arg-type]


def test_other_commands_do_not_load_what_only_a_forecast_needs() -> None:
    code = (
        "import sys; import clearspan.interfaces.cli.studies as s; s.importlib.import_module(s.__name__ + '.forecast');"
    )
    code += "sys.exit('statsforecast' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
