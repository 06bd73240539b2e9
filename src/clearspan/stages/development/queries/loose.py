"""Work for which nobody decided, and who had it in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from clearspan.stages.decisions.models import Decision
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.worked import Rows
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import Meets, Option

RECENT = 6  # weeks that are "now"
MOST = 12  # items without a reason that are named


@dataclass(frozen=True)
class Loose:
    """Work for which nobody decided, or which the market did not ask for: what, why that is said, what it took."""

    title: str
    why: str
    days: float
    items: int
    option: Option | None = None
    item: WorkItem | None = None


def loose(
    items: QuerySet[WorkItem], rows: Rows, recent: Any, none: Any, worked: dict[int, Option],
    chosen: dict[int, Decision], sums: dict[int, Any],
) -> tuple[Loose, ...]:  # fmt: skip
    """What the market did not ask for: options nobody decided, options for one customer, items without a reason."""
    items_of = dict(zip(*np.unique(rows.option, return_counts=True), strict=True))
    by_option = [
        Loose(str(option), why, days, items_of[pk], option=option)
        for pk, option in worked.items()
        if (days := float(sums[pk][-RECENT:].sum())) > 0 and (why := _why(option, chosen))
    ]
    alone = _for_one_customer(pk for pk in worked if pk in chosen)
    by_option += [
        Loose(str(worked[pk]), "Decided, and the need is one customer’s.", float(sums[pk][-RECENT:].sum()), 0,
              option=worked[pk])
        for pk in alone if sums[pk][-RECENT:].sum() > 0
    ]  # fmt: skip
    now = np.flatnonzero(none & (recent > 0))
    order = now[np.argsort(-recent[now], kind="stable")][:MOST]
    found = items.select_related("product", "team").in_bulk([int(rows.pk[i]) for i in order])
    by_item = [
        Loose(str(item), "It names nothing that was decided, and is not upkeep.", float(recent[i]), 1, item=item)
        for i in order if (item := found.get(int(rows.pk[i])))
    ]  # fmt: skip
    return tuple(sorted(by_option, key=lambda one: -one.days) + by_item)


def _why(option: Option, chosen: dict[int, Decision]) -> str:
    """Why work on this option is not covered by a decision, "" when it is."""
    if option.pk in chosen:
        return ""
    return {
        Option.State.PARKED: "It was parked.",
        Option.State.DECLINED: "It was declined.",
    }.get(Option.State(option.state), "Nobody has decided it yet.")


def _for_one_customer(options: Iterable[int]) -> list[int]:
    """Those of the options whose every judged need is one customer's."""
    kinds: dict[int, set[str]] = {}
    judged = Meets.objects.filter(option__in=list(options), opportunity__verdict__isnull=False)
    for option, kind in judged.values_list("option", "opportunity__verdict__kind"):
        kinds.setdefault(option, set()).add(kind)
    return [option for option, found in kinds.items() if found == {Verdict.Kind.SINGLE}]


def people(items: QuerySet[WorkItem], rows: Rows, none: Any, recent: Any) -> tuple[str, ...]:
    """Who had work without a reason in hand in the recent weeks, the most first."""
    worked = np.flatnonzero(none & (recent > 0) & (rows.who >= 0))
    whose, first, at = np.unique(rows.who[worked], return_index=True, return_inverse=True)
    days = np.bincount(at, recent[worked], len(whose))
    one_of = [int(pk) for pk in rows.pk[worked[first]]]  # an item of each, which knows the name
    names = dict(items.filter(pk__in=one_of).values_list("pk", "assignee"))
    return tuple(names[one_of[i]] for i in np.argsort(-days, kind="stable") if one_of[i] in names)
