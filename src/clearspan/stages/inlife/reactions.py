"""What follows when something in the books is undone: the forecast was made of other entries."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.core.models import Change
from clearspan.core.undo import follows_undo
from clearspan.stages.inlife.jobs import refresh_soon
from clearspan.stages.inlife.models import LedgerEntry, LedgerVersion


@follows_undo
def forecast_again(changes: Sequence[Change]) -> None:
    """Of every product whose entries, or whose versions that count, were put back."""
    kept = [(change.table, side) for change in changes for side in (change.before, change.after) if side]
    versions = {row["version_id"] for table, row in kept if table == LedgerEntry._meta.db_table}
    products = {row["product_id"] for table, row in kept if table == LedgerVersion._meta.db_table}
    products |= set(LedgerVersion.objects.filter(pk__in=versions).values_list("product_id", flat=True))
    for product in sorted(products):
        refresh_soon(product)
