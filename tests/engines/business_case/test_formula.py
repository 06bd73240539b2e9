from __future__ import annotations

import numpy as np
import pytest

from clearspan.engines.business_case import evaluation, formula
from clearspan.engines.business_case.evaluation import Clock

CLOCK = Clock(4)
VALUES = {"x": np.array([2.0, 4.0]), "zero": np.zeros(2), "line": np.arange(10.0).reshape(5, 2)}


def value(text: str, clock: Clock = CLOCK) -> np.ndarray:
    with np.errstate(all="ignore"):
        return evaluation.evaluate(formula.parse(text).tree, VALUES, clock)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 - 4 / 8", [6.5]),
        ("-x ** 2 % 7", [3, 5]),
        ("min(x, 3, 10)", [2, 3]),
        ("max(x, 3)", [3, 4]),
        ("where(x > 3, 10, 20)", [20, 10]),
        ("1 < x <= 2", [1, 0]),
        ("x > 3 or x == 2 and not x != 2", [1, 1]),
        ("exp(log(x)) + abs(-1) + sqrt(4)", [5, 7]),
    ],
)
def test_a_formula_means_what_it_says(text: str, expected: list[float]) -> None:
    assert value(text).ravel() == pytest.approx(expected)


def test_t_is_the_period() -> None:
    assert value("t").ravel().tolist() == [0, 1, 2, 3, 4]


def test_lag_looks_back_and_finds_nothing_before_the_start() -> None:
    assert value("lag(line, 2)")[:, 0].tolist() == [0, 0, 0, 2, 4]


def test_cumsum_begins_where_the_line_may() -> None:
    assert value("cumsum(t + 1)").ravel().tolist() == [0, 2, 5, 9, 14]
    assert value("cumsum(t + 1)", Clock(4, first=0)).ravel().tolist() == [1, 3, 6, 10, 15]


def test_a_ramp_rises_from_one_period_to_another() -> None:
    assert value("ramp(1, 3)").ravel().tolist() == [0, 0, 0.5, 1, 1]
    assert value("ramp(2, 2)").ravel().tolist() == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    "text", ["1 / zero", "log(zero)", "log(-x)", "zero ** -1", "(-x) ** 0.5", "x % zero", "sqrt(-x)"]
)
def test_what_has_no_value_is_no_number(text: str) -> None:
    assert np.isnan(value(text)).all()


@pytest.mark.parametrize(
    "text", ["1 / zero > 0", "0 / zero < 1", "min(1 / zero, 5)", "where(1 / zero, 1, 2)", "not 1 / zero"]
)
def test_nothing_hides_what_has_no_value(text: str) -> None:
    assert np.isnan(value(text)).all()


def test_where_protects_the_branch_that_is_not_taken() -> None:
    assert value("where(zero > 0, 1 / zero, 7)").tolist() == [7, 7]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "x.real",
        "x[0]",
        "(lambda: 1)()",
        "[x for x in x]",
        "'text'",
        "True",
        "x := 1",
        "f'{x}'",
        "print(x)",
        "exp(x, 1)",
        "where(x, 1)",
        "lag(x, x)",
        "lag(x, -1)",
        "lag(x, 0.5)",
        "max(x)",
        "exp(x=1)",
        "max(*x)",
        "x is x",
        "x @ x",
        "x // 2",
        "x if x else 1",
        "",
        "x +",
        "1e999",
        "1" * 400,
        "None",
        "1j",
        "x ^ 2",
        "x = 1",
        "x; x",
    ],
)
def test_only_what_is_known_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        formula.parse(text)


@pytest.mark.parametrize("text", ["x + " * 1000 + "x", "x+" * 300 + "x", "(" * 900 + "x" + ")" * 900, "-" * 1500 + "x"])
def test_a_formula_has_a_limited_size(text: str) -> None:
    with pytest.raises(ValueError, match="formula"):
        formula.parse(text)


def test_its_names_are_all_it_reads() -> None:
    assert formula.parse("where(t > 2, x, line)").names == {"t", "x", "line"}


def test_folding_changes_nothing_but_the_work() -> None:
    text = "x * ramp(1, 3) + lag(line * 2, 1) + where(t > 0, 1 / t, 0) + 3"
    tree = formula.parse(text).tree
    assert evaluation.evaluate(evaluation.fold(tree, CLOCK), VALUES, CLOCK) == pytest.approx(value(text))


def test_the_part_to_blame_is_named() -> None:
    tree = formula.parse("1 + x * (3 / zero)").tree
    with np.errstate(all="ignore"):
        assert evaluation.explain(tree, VALUES, CLOCK, 0, 0) == "a division by zero in 3 / zero"
