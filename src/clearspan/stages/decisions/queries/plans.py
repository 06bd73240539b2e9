"""The newest plan of a product, as its page shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.options.models import Option
from clearspan.stages.options.queries import OptionRow, of
from clearspan.ui.numbers import money

ALIKE = 0.01  # a range that is narrower than this share of its number is written as one number
FINISHED = (PortfolioStudy.Status.DONE, PortfolioStudy.Status.STOPPED)


@dataclass(frozen=True)
class Row:
    """An option in or out of the plan: where its bar stands, why it is out, in what share of futures it is chosen."""

    row: OptionRow
    start: int | None = None  # period, from 0
    length: int = 1
    why: str = ""
    chosen_in: float | None = None


@dataclass(frozen=True)
class UseRow:
    """People of a function used of those there, by period, and what one more of them is worth."""

    function: str
    used: tuple[float, ...]
    there: tuple[float, ...]
    worth: float | None = None  # of one more, for all periods of the plan, in the company's currency
    is_known: bool = True  # False: the worth cannot be told from nothing
    sure: tuple[float, float] | None = None  # where that worth lies in nine of ten futures


@dataclass(frozen=True)
class PlanPage:
    """The plan, what else was asked of it, and the variants beside it."""

    study: PortfolioStudy | None
    under_way: PortfolioStudy | None = None
    failed: PortfolioStudy | None = None
    periods: tuple[date, ...] = ()
    chosen: tuple[Row, ...] = ()
    rejected: tuple[Row, ...] = ()
    use: tuple[UseRow, ...] = ()
    left_out: tuple[str, ...] = ()
    displaces: dict[str, Any] | None = None
    forced: Option | None = None
    others: tuple[Option, ...] = field(default=())  # options that could be forced in
    variants: tuple[PortfolioStudy, ...] = ()

    @property
    def value(self) -> dict[str, float]:
        return dict(self.study.result["value"]) if self.study else {}

    @property
    def five(self) -> tuple[float, ...] | None:
        names = ("p05", "p25", "mean", "p75", "p95")
        return tuple(self.value[name] for name in names) if all(self.value.get(n) is not None for n in names) else None

    @property
    def tightest(self) -> UseRow | None:
        """The function of which one more person is worth most."""
        return max(
            (row for row in self.use if row.worth and row.is_known), key=lambda row: row.worth or 0, default=None
        )


def plan(actor: Actor, product: Product, study: PortfolioStudy | None = None) -> PlanPage:
    """The page of `study`, or of the newest plan without anything forced in. A constant number of queries."""
    studies = PortfolioStudy.objects.visible_to(actor).filter(product=product).defer("inputs").order_by("-pk")
    newest = studies.first()
    shown = study or _shown(studies).first()
    under_way = newest if newest and newest.is_under_way else None
    failed = newest if newest and newest.status == PortfolioStudy.Status.FAILED else None
    if shown is None:
        return PlanPage(None, under_way, failed)
    variants = tuple(studies.filter(status__in=FINISHED).exclude(name="").defer("result")[:12])
    return _page(actor, product, shown, under_way, failed, variants)


def newest_plan(actor: Actor, product: Product) -> PlanPage:
    """What the newest plan is worth and whom it takes, without its options and variants: one query."""
    studies = PortfolioStudy.objects.visible_to(actor).filter(product=product).order_by("-pk")
    study = _shown(studies).only("result").first()
    return PlanPage(None) if study is None else PlanPage(study, use=_use(study.result))


def _shown(studies: QuerySet[PortfolioStudy]) -> QuerySet[PortfolioStudy]:
    """Those that are plans of the product: finished, with nothing forced in."""
    return studies.filter(status__in=FINISHED, options__force=None)


def _page(
    actor: Actor,
    product: Product,
    study: PortfolioStudy,
    under_way: Any,
    failed: Any,
    variants: tuple[PortfolioStudy, ...],
) -> PlanPage:
    result = study.result
    periods = tuple(dict.fromkeys(date.fromisoformat(entry["period"]) for entry in result["use"]))
    said = _said_of(study)
    options = Option.objects.visible_to(actor).filter(product=product, pk__in=said).select_related("product")
    rows = {row.option.ref: row for row in of(list(options))}
    share = {entry["option"]: entry["share"] for entry in result.get("chosen_in", [])}
    chosen = [
        _chosen(rows[entry["option"]], date.fromisoformat(entry["start"]), periods, share.get(entry["option"]))
        for entry in result["selected"]
        if entry["option"] in rows
    ]
    names, currency = {ref: row.option.title for ref, row in rows.items()}, Company.ours().currency
    rejected = [
        Row(rows[entry["option"]], why=_named(entry["why"], names, currency), chosen_in=share.get(entry["option"]))
        for entry in result["rejected"]
        if entry["option"] in rows
    ]
    forced = rows.get(study.options.get("force") or "")
    return PlanPage(
        study, under_way, failed, periods,
        tuple(sorted(chosen, key=lambda row: (row.start or 0, -(row.row.npv or 0)))),
        tuple(sorted(rejected, key=lambda row: -(row.row.npv or 0))),
        _use(result), tuple(result.get("left_out", ())), _titled(result.get("displaces"), names),
        forced.option if forced else None, tuple(row.row.option for row in rejected), variants,
    )  # fmt: skip


def _said_of(study: PortfolioStudy) -> set[int]:
    """The options that a plan speaks of anywhere: a product may have thousands besides."""
    words = json.dumps([study.result, study.options])
    return {int(number) for number in re.findall(rf"\b{Option.prefix}-(\d{{1,18}})\b", words)}


def _chosen(row: OptionRow, start: date, periods: tuple[date, ...], share: float | None) -> Row:
    at = quarters.between(periods[0], start)
    return Row(row, at, min(row.option.duration, len(periods) - at), chosen_in=share)


def _use(result: dict[str, Any]) -> tuple[UseRow, ...]:
    worth = {entry["function"]: entry for entry in result.get("capacity_value_throughout", [])}
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in result["use"]:
        found.setdefault(entry["function"], []).append(entry)
    return tuple(
        UseRow(
            function,
            tuple(entry["used"] for entry in entries),
            tuple(entry["capacity"] for entry in entries),
            worth.get(function, {}).get("per_unit") or None,
            "note" not in worth.get(function, {}),
            sure_of(worth.get(function, {})),
        )
        for function, entries in found.items()
    )


def sure_of(entry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where what one more is worth lies in nine of ten futures, as the study says it; None where it says nothing, or
    the futures do not differ by a hundredth."""
    spread = entry.get("spread") or {}
    low, high = spread.get("p05"), spread.get("p95")
    if low is None or high is None or high - low < ALIKE * abs(high):
        return None
    return float(low), float(high)


def _titled(displaces: dict[str, Any] | None, names: dict[str, str]) -> dict[str, Any] | None:
    if displaces is None:
        return None
    titled = {key: [names.get(ref, ref) for ref in displaces.get(key, [])] for key in ("leaves", "joins")}
    return {
        **displaces,
        **titled,
        "moves": [names.get(move["option"], move["option"]) for move in displaces.get("moves", [])],
    }


def _named(why: str, names: dict[str, str], currency: str) -> str:
    """The engine knows options by reference, quarters by their first day, and no currency."""
    for ref in sorted(names, key=len, reverse=True):
        why = why.replace(ref, f"“{names[ref]}”")
    why = re.sub(r"\b\d{4}-\d\d-01\b", lambda day: quarters.label(date.fromisoformat(day[0])), why)
    return re.sub(r"\b\d{1,3}(?:,\d{3})+\b", lambda worth: money(float(worth[0].replace(",", "")), currency), why)
