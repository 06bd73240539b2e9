"""What a campaign begins with: to whom and what it says by the definition, what a customer may cost by the case.

What is taken over is kept with the campaign, with its source, so that it can be held against what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from clearspan.catalogue.models import MarketSize, Product, Segment
from clearspan.core.actor import Actor
from clearspan.engines import business_case
from clearspan.engines.business_case import CaseFaults
from clearspan.stages.definition.models import Definition
from clearspan.stages.launch.models import Launch
from clearspan.stages.options.models import CaseStudy, Option
from clearspan.stages.options.studies import parsed

DRAWS = 4_096


@dataclass(frozen=True)
class Start:
    """What is known when a campaign is planned. `low` and `high`: customers by the case's end, 1 in 10 beyond."""

    audience: str = ""
    message: str = ""
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    bears: Decimal | None = None
    source: str = ""

    def filled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What was given, and what is known for what was not. Numbers of customers are taken together or not at all."""
        known = asdict(self)
        if any(given.get(name) is not None for name in ("low", "likely", "high")):
            known |= {"low": None, "likely": None, "high": None}
        return {**given, **{name: value for name, value in known.items() if given.get(name) is None}}


def start_of(actor: Actor, product: Product, option: Option | None, segment: Segment | None = None) -> Start:
    """What the option's definition and case say; without a case, what one account is worth a year in the segment."""
    definition = Definition.objects.visible_to(actor).filter(option=option).first() if option else None
    audience = definition.audience if definition else ""
    message = message_of(definition) if definition else ""
    study = _newest_study(actor, option) if option else None
    customers = customers_of(study) if study else None
    if study is not None and customers is not None and customers[1] > 0 and study.npv is not None:
        low, likely, high = customers
        bears = Decimal(round(max(0.0, study.npv) / likely))
        source = f"business case {study.case.version} of {study.case.option} ({study.ref})"[:200]
        points = (round(value, 0 if value >= 10 else 1) for value in (low, likely, high))
        return Start(audience, message, *points, bears, source)
    size = MarketSize.objects.visible_to(actor).filter(product=product, segment=segment).first() if segment else None
    if size is None:
        return Start(audience, message)
    worth = f"what an account of {segment} is worth a year; {size.source or 'nobody says who counted'}"
    return Start(audience, message, bears=size.value_per_account, source=worth[:200])


def option_of(launch: Launch | None) -> Option | None:
    """The option whose case a launch's campaign is held against: the first that it brings."""
    return launch.options.order_by("pk").first() if launch is not None else None


def message_of(definition: Definition) -> str:
    """The definition's positioning: what is different and better, against what, and what shows it."""
    against = f"Instead of: {definition.alternative}" if definition.alternative else ""
    proof = f"What shows it: {definition.proof}" if definition.proof else ""
    return "\n\n".join(part for part in (definition.difference, against, proof) if part)


def customers_of(study: CaseStudy) -> tuple[float, float, float] | None:
    """Adopters at the end of the case: one chance in ten of fewer, likely, of more; None for a case without adoption.

    The case itself is asked, with the number of adopters in its last period as its only line and no discount.
    """
    spec = study.case.spec
    if not spec.get("adoption"):
        return None
    last = int(spec.get("periods", 12))
    line = {"name": "customers", "kind": "revenue", "formula": "adopters", "starts": last}
    kept = {name: spec[name] for name in ("period", "periods", "drivers", "adoption", "correlations") if name in spec}
    try:
        case = parsed(study.case.option, {**kept, "lines": [line], "discount_rate": 0})  # no rates: effort is free
        found = business_case.study([case], DRAWS, study.seed).cases[0].npv
    except CaseFaults:
        return None
    return float(found["p10"]), float(found["p50"]), float(found["p90"])


def _newest_study(actor: Actor, option: Option) -> CaseStudy | None:
    done = CaseStudy.objects.visible_to(actor).filter(case__option=option, status=CaseStudy.Status.DONE)
    newest: CaseStudy | None = (
        done.select_related("case__option__product").defer("result", "inputs").order_by("-pk").first()
    )
    return newest
