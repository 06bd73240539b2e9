"""Accounts of the ledger by the month of their first revenue, and how many have some so many months later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import OuterRef, Subquery

from clearspan.catalogue.models import Product
from clearspan.engines.lifetime import Cohorts, cohorts
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion

MONTHS = 24  # back from the last that is booked


@dataclass(frozen=True)
class CohortTable:
    """The engine's answer, its periods as months."""

    firsts: tuple[date, ...]
    found: Cohorts


def cohort_table(product: Product) -> CohortTable | None:
    """Of the revenue that counts and names an account; None without any. Two queries.

    Accounts whose first revenue lies before the months that are looked at are left out: when they came is not known.
    """
    counting = LedgerVersion.objects.filter(product=product, kind=LedgerVersion.Kind.ACTUAL, counts_at__isnull=False)
    entries = LedgerEntry.objects.filter(version__in=counting, line__kind=LedgerLine.Kind.REVENUE)
    known = entries.exclude(account=None).filter(amount__gt=0)
    newest = counting.filter(entries__month=OuterRef("month")).order_by("-counts_at", "-pk").values("pk")[:1]
    last = known.order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return None
    rows = known.filter(version=Subquery(newest)).order_by().values_list("account", "month").distinct()
    pairs = np.array([(account, month.year * 12 + month.month - 1) for account, month in rows], dtype=np.int64)
    end = last.year * 12 + last.month - 1
    accounts, who = np.unique(pairs[:, 0], return_inverse=True)
    first = np.full(len(accounts), end + 1)
    np.minimum.at(first, who.ravel(), pairs[:, 1])
    begins = max(end - MONTHS + 1, int(pairs[:, 1].min()) + 1)
    young = first[who.ravel()] >= begins
    if not young.any():
        return None
    _, mine = np.unique(pairs[young, 0], return_inverse=True)
    found = cohorts(mine.ravel(), pairs[young, 1], end)
    return CohortTable(tuple(date(key // 12, key % 12 + 1, 1) for key in found.firsts), found)
