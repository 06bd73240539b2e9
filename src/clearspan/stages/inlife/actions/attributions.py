"""What of a line of the ledger is a decision's doing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.rules import either, leads, manages
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.inlife.models import Attribution, LedgerLine

attributes = either(manages, leads)


@action(rule=attributes, says="holds {line} against {decision}")
def attribute_line(
    actor: Actor,
    *,
    decision: Decision,
    line: Annotated[LedgerLine, Field(description="The line of the ledger")],
    share: Annotated[float, Field(gt=0, le=1, description="How much of what lies above is its doing, 0 to 1")] = 1,
    without: Annotated[
        Decimal, Field(max_digits=18, decimal_places=2, description="What the line would be without it, a month")
    ] = Decimal(0),
    region: Annotated[str, Field(max_length=80, description="Empty: all regions")] = "",
    starts: Annotated[date | None, Field(description="First month that counts; None: when work started")] = None,
    note: Annotated[str, Field(max_length=200, description="Why this share, why this level")] = "",
) -> Attribution:
    """Says what of a line is a decision's doing, so that what came of it is read off the ledger, month by month."""
    if decision.kind != Decision.Kind.CHOOSE:
        raise Invalid({"decision": "only what was chosen brings money"})
    values = {"share": share, "without": without, "note": note, "starts": starts.replace(day=1) if starts else None}
    made: Attribution
    made, _ = Attribution.objects.update_or_create(decision=decision, line=line, region=region, defaults=values)
    return made


@action(rule=attributes, says="no longer holds {attribution.line} against {attribution.decision}")
def remove_attribution(actor: Actor, *, attribution: Attribution) -> None:
    """Takes it back."""
    attribution.delete()
