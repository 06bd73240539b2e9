"""A product's year as machines read it: the P&L, how sure it is, and what made the difference."""

from __future__ import annotations

from typing import Any

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.inlife import words
from clearspan.stages.inlife.queries import bridges
from clearspan.stages.inlife.queries import pnl as reads
from clearspan.stages.inlife.years import this_year


def pnl(actor: Actor, product: Product) -> dict[str, Any] | None:
    """This year's P&L; None where the ledger has nothing of it. Amounts act on the contribution: costs below nought."""
    found = reads.pnl(actor, product, this_year())
    if found.booked is None and not found.has:
        return None
    rows = [
        {"line": row.name, "ref": row.line.ref if row.line else row.key, "by_quarter": [str(one) for one in row.values],
         "year": str(row.year), "against": None if row.against is None else str(row.against), "share": row.share}
        for row in found.rows
    ]  # fmt: skip
    return {
        "says": words.of_page(found, Company.ours().currency), "year": str(found.year),
        "months": [f"{found.year.first:%Y-%m}", f"{found.year.last:%Y-%m}"], "currency": Company.ours().currency,
        "booked_to": found.booked.isoformat()[:7] if found.booked else None, "rest_from": found.source or None,
        "held_against": found.held_against or None, "rows": rows,
        "held_months": [f"{month:%Y-%m}" for month in found.held] or None,  # where these are not all the year has
        "contribution": list(found.five) if found.five else None, "bridge": _bridge(actor, product, found),
    }  # fmt: skip


def _bridge(actor: Actor, product: Product, found: reads.Pnl) -> dict[str, Any] | None:
    ways = bridges.ways(found)
    way = bridges.way(actor, product, found, ways[0]) if ways else None
    if way is None:
        return None
    return {
        "from": way.start, "to": way.end, "start": str(way.bridge.start), "end": str(way.bridge.end),
        "steps": [
            {"step": words.step_name(step), "effect": step.effect.value, "amount": str(step.amount),
             "by_line": {line: str(amount) for line, amount in step.by_line.items()}}
            for step in way.bridge.steps
        ],
        "without_quantities": list(way.bridge.uncounted),
    }  # fmt: skip
