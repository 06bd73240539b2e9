"""Writes an option's business case, as the tables of a case.toml, from the few numbers that options.toml gives."""

from __future__ import annotations

from typing import Any

PERIODS = 20  # quarters
Spec = dict[str, Any]


def spec(case: dict[str, Any], need: str, accounts: int, duration: int, rates: dict[str, int]) -> Spec:
    """The case. `need` is the reference of the need it draws on, `accounts` the size of the product's market."""
    kinds = {"subscription": _subscription, "retention": _retention, "deal": _deal}
    made = kinds[case["kind"]](case, need, accounts, duration + 1)
    return {"period": "quarter", "periods": PERIODS, **made, "rates": dict(rates)}


def _subscription(case: dict[str, Any], need: str, accounts: int, starts: int) -> Spec:
    """Accounts in need come, or stay, because of it; each pays a year's subscription."""
    drivers = {
        "accounts": {"fixed": accounts, "unit": "accounts", "note": "the whole market, from the segments' sizes"},
        "in_need": {"from_study": need, "unit": "share of the market", "note": "the newest demand study"},
        "take_up": _three(case, "take_up", "share of those in need, in the end", low=0),
        "price": _three(case, "price", "£ a year, an account"),
        "support": _three(case, "support", "£ a year, an account"),
        "upkeep": _three(case, "upkeep", "£ a quarter"),
        "innovators": {
            **_points(case["p"]),
            "min": 0,
            "unit": "a year",
            "note": "how fast our earlier ones were taken up",
        },
    }
    lines = [
        _line("subscriptions", "revenue", "adopters * price / 4", starts),
        _line("care", "cost", "adopters * support / 4", starts),
        _line("running", "cost", "upkeep", starts),
    ]
    if "hardware" in case:
        drivers["hardware"] = _three(case, "hardware", "£, an account, once")
        lines.append(_line("devices", "capital", "new_adopters * hardware", starts))
    if "capital" in case:
        drivers["once"] = {**_points(case["capital"]), "unit": "£", "note": case["sources"]["capital"]}
        lines.append(
            {"name": "validation", "kind": "capital", "formula": "once", "starts": starts - 1, "ends": starts - 1}
        )
    made: Spec = {
        "drivers": drivers,
        "adoption": {"p": "innovators", "q": 0.45, "market": "accounts * in_need * take_up", "starts": starts},
        "lines": lines,
        "correlations": [{"a": "take_up", "b": "price", "rho": -0.3, "note": "who asks for more sells less"}],
    }
    if "gate" in case:
        made["gates"] = [{"at": 1, "continue_if": case["gate"], "name": "after the trial"}]
    return made


def _retention(case: dict[str, Any], need: str, accounts: int, starts: int) -> Spec:
    """Customers in need who would have left stay; where there is an extra, they pay it as well."""
    drivers = {
        "customers": {"fixed": case["customers"], "unit": "accounts", "note": "our books, this quarter"},
        "in_need": {"from_study": need, "unit": "share of the market", "note": "the newest demand study"},
        "leaving": _three(case, "leaving", "share a year", low=0),
        "kept": _three(case, "kept", "share of the leavers in need who stay", low=0),
        "price": _three(case, "price", "£ a year, an account"),
        "upkeep": _three(case, "upkeep", "£ a quarter"),
    }
    lines = [
        _line("stayed", "quantity", f"customers * in_need * min(leaving * kept * (t - {starts - 1}) / 4, 0.6)", starts),
        _line("renewals", "revenue", "stayed * price / 4", starts),
        _line("running", "cost", "upkeep", starts),
    ]
    if "extra" in case:
        drivers["extra"] = _three(case, "extra", "£ a year, an account")
        lines.append(_line("add_on", "revenue", "customers * in_need * kept * extra / 4", starts))
    return {"drivers": drivers, "lines": lines}


def _deal(case: dict[str, Any], need: str, accounts: int, starts: int) -> Spec:
    """One customer: the deal is won or it is not."""
    a, b = case["win"]
    return {
        "drivers": {
            "win": {"beta": {"a": a, "b": b}, "unit": "chance", "note": case["sources"]["win"]},
            "amount": _three(case, "amount", "£ a year"),
            "upkeep": _three(case, "upkeep", "£ a quarter"),
        },
        "lines": [
            _line("contract", "revenue", "win * amount / 4", starts),
            _line("running", "cost", "upkeep", starts),
        ],
    }


def _three(case: dict[str, Any], name: str, unit: str, low: float | None = None) -> dict[str, Any]:
    bounds = {} if low is None else {"min": low}
    return {**_points(case[name]), **bounds, "unit": unit, "note": case["sources"][name]}


def _points(three: list[float]) -> dict[str, float]:
    return dict(zip(("p10", "p50", "p90"), three, strict=True))


def _line(name: str, kind: str, formula: str, starts: int) -> dict[str, Any]:
    return {"name": name, "kind": kind, "formula": formula, "starts": starts}
