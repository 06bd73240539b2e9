"""What a product will earn: its lines by month, the forecasting engine, a saved study.

The parts are the lines, by region where there are few enough; they add up to revenue, cost, gross margin and
contribution. Only months that are over go in. A line of which nothing came for half a year has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count, Max, Sum

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.studies import CannotStudy, Reporter
from clearspan.core.studies import run as run_study
from clearspan.engines.forecasting import Forecast, Hierarchy, Series, Settings, study, total
from clearspan.engines.forecasting.origins import Look
from clearspan.stages.inlife.models import LedgerForecast, LedgerLine, LedgerSum
from clearspan.stages.inlife.months import month_after, months, this_month
from clearspan.stages.inlife.queries.amounts import ACTUAL, COUNTING, amounts, booked, lines
from clearspan.stages.inlife.years import starts, year_of

LEVELS = (50.0, 80.0, 90.0, 95.0)
LONGEST = 120  # months of the past that are looked at
QUIET = 6  # months without an entry after which a line has ended
MOST_PARTS = 60  # of lines by region; with more, lines are forecast as wholes
SEASON = 12
REVENUE, SALES, OPERATING = (str(kind) for kind in LedgerLine.Kind)
GROSS, CONTRIBUTION = "gross", "contribution"
ABOVE = {REVENUE: GROSS, SALES: GROSS, GROSS: CONTRIBUTION, OPERATING: CONTRIBUTION}
WHOLES = (REVENUE, SALES, GROSS, OPERATING, CONTRIBUTION)


def run(pk: int) -> LedgerForecast | None:
    """Computes a waiting study and saves it. None when it is gone or was done already."""
    found = LedgerForecast.objects.select_related("product").filter(pk=pk).first()
    return run_study(found, _compute) if found is not None and found.is_under_way else None


def run_now(product: Product) -> LedgerForecast:
    """Forecasts a product at once, without the worker."""
    return run_study(LedgerForecast.objects.create(product=product), _compute)


def nightly() -> None:
    """Forecasts what has other actual entries than when it was forecast, or a month more that is over."""
    for product in Product.objects.filter(is_archived=False):
        if is_due(product):
            run_now(product)


def is_due(product: Product) -> bool:
    """Whether the newest forecast was made of other entries than there are now."""
    now = print_of(product)
    newest = LedgerForecast.objects.filter(product=product).defer("inputs", "result").first()
    return now["entries"] > 0 and (newest is None or newest.options.get("ledger") != now)


def print_of(product: Product) -> dict[str, Any]:
    """What a forecast is made of, in a few numbers: when they are the same, so is the forecast."""
    rows = LedgerSum.objects.filter(product=product, version__kind=ACTUAL, month__lt=this_month())
    found = rows.exclude(**{COUNTING: None}).aggregate(
        entries=Sum("entries"), amount=Sum("amount"), last=Max("month"), versions=Count("version", distinct=True)
    )
    return {
        "entries": found["entries"] or 0, "amount": str(found["amount"] or 0), "versions": found["versions"],
        "last": found["last"].isoformat() if found["last"] else "", "year_starts": starts(),
    }  # fmt: skip


def _compute(row: LedgerForecast, reporter: Reporter) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    product, actor = row.product, Actor.system("job")
    row.options = {**row.options, "ledger": print_of(product)}
    row.save(update_fields=["options"])  # a study that fails keeps it too, and is not tried every night
    last = booked(actor, [product]).get(product.pk)
    if last is None:
        raise CannotStudy("Nothing is booked in a month that is over. Bring in the ledger, and it can be forecast.")
    past, gaps = _past(actor, product, last)
    chart = {line.ref: line for line in lines()}
    names = _names(past, {line.pk: ref for ref, line in chart.items()})
    parts = {names[key]: values for key, values in sorted(past.items())}
    if not parts:
        raise CannotStudy(f"Nothing was booked in the {QUIET} months up to {last:%b %Y}: there is nothing to go on.")
    starts_in = starts()
    ahead = list(months(month_after(last), year_of(last, starts_in).next.last))
    hierarchy = Hierarchy(_parents(parts, chart))
    series = [Series(name, values, SEASON) for name, values in parts.items()]
    count = len(series) + len(hierarchy.wholes)
    found = study(series, Settings(len(ahead), LEVELS), hierarchy, _telling(reporter, count))
    by_name = {one.name: one for one in found}
    return parts, {
        "booked": last.isoformat(),
        "year_starts": starts_in,
        "months": [month.isoformat() for month in ahead],
        "levels": list(LEVELS),
        "lines": {str(chart[ref].pk): _shape(by_name[ref]) for ref in chart if ref in by_name},
        "regions": _regions(by_name, names),
        "wholes": {name: _shape(by_name[name]) for name in WHOLES if name in by_name},
        "left": {name: _left(by_name[name], ahead, starts_in) for name in WHOLES if name in by_name},
        "gaps": gaps,
    }


def _past(actor: Actor, product: Product, last: date) -> tuple[dict[tuple[int, str], np.ndarray], int]:
    """The past of each line, by region where that is not too many; and how many months had no entry at all.

    A month in which nothing of the product was booked is not known; where something was, a line without an entry
    came to nought.
    """
    first = month_after(last, 1 - LONGEST)
    rows = [one for one in amounts(actor, [product], first, last, by_region=True) if one.kind == ACTUAL]
    known = {one.month for one in rows}
    span = list(months(min(known), last)) if known else []
    at = {month: place for place, month in enumerate(span)}
    empty = np.array([0.0 if month in known else np.nan for month in span])
    found: dict[tuple[int, str], np.ndarray] = {}
    for one in rows:
        found.setdefault((one.line, one.region), empty.copy())[at[one.month]] = float(one.amount)
    alive = {key: values for key, values in found.items() if np.nansum(np.abs(values[-QUIET:])) > 0}
    if len(alive) > MOST_PARTS:
        alive = _without_regions(alive)
    return {key: _begun(values) for key, values in alive.items()}, int(np.isnan(empty).sum())


def _without_regions(parts: Mapping[tuple[int, str], np.ndarray]) -> dict[tuple[int, str], np.ndarray]:
    found: dict[tuple[int, str], np.ndarray] = {}
    for (line, _), values in parts.items():
        found[line, ""] = found[line, ""] + values if (line, "") in found else values
    return found


def _names(keys: Iterable[tuple[int, str]], refs: Mapping[int, str]) -> dict[tuple[int, str], str]:
    """A line by its reference; a part of one that has several with its region."""
    count: dict[int, int] = {}
    for line, _ in (keys := list(keys)):
        count[line] = count.get(line, 0) + 1
    return {(line, region): refs[line] if count[line] == 1 else f"{refs[line]}|{region}" for line, region in keys}


def _begun(values: np.ndarray) -> np.ndarray:
    """From the first month in which something came; a gap at the end, which `booked` rules out, would be unknown."""
    return values[int(np.flatnonzero(np.nan_to_num(values))[0]) :]


def _parents(parts: Iterable[str], chart: Mapping[str, LedgerLine]) -> dict[str, str]:
    """Part to line, line to its kind, kinds to the sums above them."""
    found: dict[str, str] = {}
    for name in parts:
        ref = name.partition("|")[0]
        if ref != name:
            found[name] = ref
        found[ref] = str(chart[ref].kind)
    kinds = set(found.values()) & {REVENUE, SALES, OPERATING}
    found |= {kind: ABOVE[kind] for kind in kinds}
    if GROSS in found.values():
        found[GROSS] = CONTRIBUTION
    return found


def _telling(reporter: Reporter, count: int) -> Callable[..., Iterator[Look]]:
    def spreader(look: Callable[[Series], Look], series: Sequence[Series]) -> Iterator[Look]:
        for at, one in enumerate(series):
            reporter.progress(at / count, f"{at} of {count} series")
            yield look(one)

    return spreader


def _shape(one: Forecast) -> dict[str, Any]:
    """Means, and the ends of each level by month; None where nothing can be said."""
    return {
        "mean": [float(value) for value in one.mean],
        "low": [_known(row) for row in one.low],
        "high": [_known(row) for row in one.high],
        "method": one.method,
    }


def _regions(
    by_name: Mapping[str, Forecast], names: Mapping[tuple[int, str], str]
) -> dict[str, dict[str, list[float]]]:
    """Region to line to its means."""
    found: dict[str, dict[str, list[float]]] = {}
    for (line, region), name in names.items():
        if region:
            found.setdefault(region, {})[str(line)] = [float(value) for value in by_name[name].mean]
    return found


def _left(one: Forecast, ahead: Sequence[date], starts_in: int) -> dict[str, list[float | None]]:
    """From each month to its year's end: half the widths at 50 and 90 %."""
    wanted = [LEVELS.index(50.0), LEVELS.index(90.0)]
    found = {}
    for at, month in enumerate(ahead):
        year = year_of(month, starts_in)
        last = max(place for place, other in enumerate(ahead) if other in year)
        whole = total(one, at, last)
        found[month.isoformat()] = _known(whole.high[wanted] - whole.mean)
    return found


def _known(values: np.ndarray) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
