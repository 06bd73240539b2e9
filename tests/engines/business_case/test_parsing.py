from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from clearspan.engines.business_case import CaseFaults, parse
from clearspan.engines.business_case.distributions import Fixed, ScaledBeta, Tabulated
from clearspan.engines.demand import LEVELS

from .cases import line, normal, spec

ONE = {"x": normal(1, 1)}
LINES = [line("a", "x")]


def faults(broken: Mapping[str, Any]) -> dict[str, str]:
    with pytest.raises(CaseFaults) as caught:
        parse(broken)
    return {fault.path: f"{fault.found}, expected {fault.expected}" for fault in caught.value.faults}


def test_a_case_of_every_input_is_read() -> None:
    case = parse(
        spec(
            {
                "x": {"p10": 1, "p50": 2, "p90": 4, "min": 0, "unit": "GBP", "note": "two quotes"},
                "y": 3.5,
                "z": {"fixed": 1},
            },
            [line("a", "adopters * x", starts=0, ends=3), line("b", 100, "cost"), line("c", "a * 2", "capital")],
            period="quarter",
            periods=8,
            correlations=[{"a": "x", "b": "effort.design", "rho": 0.2}],
            adoption={"p": 0.02, "q": "y / 10", "market": "z * 1000", "starts": 3},
            cannibalises={"case": "B", "share": 0.1},
            gates=[{"at": 2, "cost": "x * 10", "continue_if": "x > 2 and a > 0"}],
            effort={"design": {"low": 1, "mode": 2, "high": 4, "starts": 1, "ends": 2}, "legal": 2},
            rates={"design": 20_000},
        )
    )
    assert [line.name for line in case.lines] == ["a", "b", "c"]
    assert (case.lines[1].starts, case.lines[1].ends) == (1, 8)
    assert (case.drivers[0].unit, case.drivers[0].note) == ("GBP", "two quotes")
    assert case.drivers[1].distribution == Fixed(3.5)
    assert (case.efforts[0].starts, case.efforts[0].ends, case.efforts[1].rate) == (1, 2, None)
    assert case.notes == ()


def test_what_nobody_asked_for_is_ignored_with_a_note() -> None:
    case = parse(spec({"x": {**normal(1, 1), "colour": "red"}}, LINES, owner="me", rates={"design": 1}))
    assert set(case.notes) == {"ignored owner", "ignored drivers.x.colour", "ignored rates.design: no effort.design"}


def test_all_faults_are_told_at_once() -> None:
    found = faults(
        spec(
            {"x": {"p10": 3, "p50": 2, "p90": 4}, "t": 1, "two words": 1, "y": {"fixed": 1, **normal(0, 1)}, "z": {}},
            [line("a", "x +"), line("a", "q", "income"), line("b", "b", starts=9), line("min", "1")],
            name="",
            period="week",
            periods=0,
            discount_rate=9,
        )
    )
    assert set(found) == {
        "name",
        "period",
        "periods",
        "discount_rate",
        "drivers.x",
        "drivers.t",
        "drivers.two words",
        "drivers.y",
        "drivers.z",
        "lines[1].formula",
        "lines[2].name",
        "lines[2].kind",
        "lines[2].formula",
        "lines[3].formula",
        "lines[4].name",
    }


@pytest.mark.parametrize(
    ("driver", "path", "expected"),
    [
        ({"p10": 1, "p50": 2}, "drivers.x.p90", "no p90"),
        ({"p10": 1, "p50": 2, "p90": 3, "min": 1}, "drivers.x.min", "a number under p10, which is 1"),
        ({"p10": 1, "p50": 2, "p90": 3, "max": 3}, "drivers.x.max", "a number above p90, which is 3"),
        ({"p10": True, "p50": 2, "p90": 3}, "drivers.x.p10", "found True"),
        ({"low": 3, "mode": 2, "high": 4}, "drivers.x", "low <= mode <= high"),
        ({"low": 1, "mode": 1, "high": 1}, "drivers.x", "low < high"),
        (normal(0, 0), "drivers.x.normal", "an sd above 0"),
        ({"lognormal": {"mean": -1, "sd": 1}}, "drivers.x.lognormal", "a mean and an sd above 0"),
        ({"beta": {"a": 1}}, "drivers.x.beta.b", "no b"),
        ({"uniform": {"low": 2, "high": 1}}, "drivers.x.uniform", "low < high"),
        ({"fixed": float("nan")}, "drivers.x.fixed", "a number"),
        ({"normal": 3}, "drivers.x.normal", "{mean"),
        ("many", "drivers.x", "one of p10"),
        ({"from_study": 3}, "drivers.x.from_study", "an opportunity"),
        ({"from_study": "a#b"}, "drivers.x.from_study", "no saved studies"),
    ],
)
def test_a_driver_that_cannot_be_is_a_fault(driver: Any, path: str, expected: str) -> None:
    found = faults(spec({"x": driver}, LINES))
    assert list(found) == [path]
    assert expected in f"found {found[path]}"


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"correlations": [{"a": "x", "b": "y", "rho": 0.5}]}, "correlations[1].b"),
        ({"correlations": [{"a": "x", "b": "x", "rho": 0.5}]}, "correlations[1]"),
        ({"correlations": [{"a": "x", "b": "w", "rho": 2}]}, "correlations[1].rho"),
        ({"correlations": [{"a": "x", "b": "w", "rho": 0}, {"a": "w", "b": "x", "rho": 0}]}, "correlations[2]"),
        ({"correlations": [{"a": "x", "b": "known", "rho": 0.5}]}, "correlations[1].b"),
        ({"adoption": {"p": 0.1, "q": 0.1}}, "adoption.market"),
        ({"adoption": {"p": "a", "q": 0.1, "market": 1}}, "adoption.p"),
        ({"gates": [{"at": 0}, {"at": 0}]}, "gates[2].at"),
        ({"gates": [{"cost": 3}]}, "gates[1].at"),
        ({"gates": [{"at": 0, "continue_if": "nothing > 1"}]}, "gates[1].continue_if"),
        ({"cannibalises": {"case": "A", "share": 0.1}}, "cannibalises.case"),
        ({"cannibalises": {"case": "B", "share": 1.1}}, "cannibalises.share"),
        ({"effort": {"design": {"p10": 0, "p50": 1, "p90": 2}}}, "effort.design.p10"),
        ({"effort": {"design": {"fixed": 2, "starts": 1, "ends": 9}}}, "effort.design.ends"),
        ({"effort": {"design": 2}, "rates": {"design": "a"}}, "rates.design"),
        ({"lines": []}, "lines"),
        ({"lines": {"name": "a"}}, "lines"),
        ({"drivers": [1]}, "drivers"),
        ({"discount_rate": "ten"}, "discount_rate"),
        ({"currency": 3}, "currency"),
        ({"periods": 601}, "periods"),
        ({"periods": 1.5}, "periods"),
    ],
)
def test_what_does_not_fit_together_is_a_fault(more: dict[str, Any], path: str) -> None:
    drivers = {**ONE, "w": normal(0, 1), "known": 3}
    assert path in faults({**spec(drivers, LINES), **more})


def test_a_line_may_read_only_those_before_it() -> None:
    found = faults(spec(ONE, [line("a", "b"), line("b", "x")]))
    assert "the unknown name b" in found["lines[1].formula"]


@pytest.mark.parametrize("points", [(1, 1, 5), (1, 5, 5)])
def test_points_that_coincide_are_taken_as_nearly_so(points: tuple[float, float, float]) -> None:
    p10, p50, p90 = points
    driver = parse(spec({"x": {"p10": p10, "p50": p50, "p90": p90}}, LINES)).drivers[0]
    assert driver.distribution.quantile(np.array([0.1, 0.5, 0.9])) == pytest.approx(points, abs=1e-5)


def test_three_equal_points_are_a_known_number() -> None:
    assert parse(spec({"x": {"p10": 2, "p50": 2, "p90": 2}}, LINES)).drivers[0].distribution == Fixed(2)


@pytest.mark.parametrize(
    ("prevalence", "kind"),
    [
        ({"mean": 0.3, "p05": 0.2, "p95": 0.4}, ScaledBeta),
        (
            {
                "mean": 0.3,
                "p05": 0.2,
                "p95": 0.4,
                "quantiles": {"levels": [0.05, 0.5, 0.95], "values": [0.2, 0.3, 0.4]},
            },
            Tabulated,
        ),
        ({"mean": 0.3, "p05": 0.2, "p95": 0.4, "quantiles": list(np.linspace(0.1, 0.5, len(LEVELS)))}, Tabulated),
        ({"mean": 0.3, "p05": 0.3, "p95": 0.3}, Fixed),
    ],
)
def test_a_prevalence_is_taken_from_its_study(prevalence: dict[str, Any], kind: type) -> None:
    case = parse(spec({"x": {"from_study": "d.json#need"}}, LINES), studies={"d.json#need": prevalence}.__getitem__)
    assert isinstance(case.drivers[0].distribution, kind)


@pytest.mark.parametrize(
    "prevalence",
    [
        {},
        {"mean": 2, "p05": 0, "p95": 1},
        {"mean": 0.5, "p05": 0.6, "p95": 0.4},
        {"quantiles": {"levels": [0.5, 0.1], "values": [0, 1]}},
    ],
)
def test_a_prevalence_that_is_none_is_a_fault(prevalence: dict[str, Any]) -> None:
    with pytest.raises(CaseFaults, match=r"drivers\.x\.from_study"):
        parse(spec({"x": {"from_study": "d#n"}}, LINES), studies=lambda _: prevalence)
