"""The first business case of a proposal: what it is worth a year, as sure as it was said."""

from __future__ import annotations

from typing import Any

from clearspan.stages.inlife.models import Proposal

QUARTERS = 12


def case_of(proposal: Proposal) -> dict[str, Any]:
    """The tables of a case: the year's worth, a quarter of it each quarter from the second on, for three years."""
    points = (proposal.low, proposal.likely, proposal.high)
    same = proposal.low == proposal.high
    worth: dict[str, Any] = (
        {"fixed": proposal.likely} if same else dict(zip(("p10", "p50", "p90"), points, strict=True))
    )
    note = f"{proposal.ref}{': ' + proposal.source if proposal.source else ''}"
    return {
        "period": "quarter", "periods": QUARTERS,
        "drivers": {"worth_a_year": {**worth, "unit": "a year", "note": note[:300]}},
        "lines": [{"name": "what it brings", "kind": "revenue", "formula": "worth_a_year / 4", "starts": 2}],
        "rates": {},
    }  # fmt: skip
