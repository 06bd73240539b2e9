"""Business cases under uncertainty: what an option is worth, how sure that is, and what finding out more is worth.

`parse` reads a case, `study` compares cases, `evaluate` follows a person's typing, `evsi` prices a sample, `fit_bass`
reads past adoption. The method is told in docs/methods/case.md.
"""

from clearspan.engines.business_case.adoption import BassFit, fit_bass
from clearspan.engines.business_case.case import (
    Adoption,
    Cannibalised,
    Case,
    Correlation,
    Driver,
    Effort,
    Gate,
    Line,
)
from clearspan.engines.business_case.faults import CaseFaults, Fault
from clearspan.engines.business_case.parsing import parse
from clearspan.engines.business_case.result import VERSION, CaseResult, Outcome
from clearspan.engines.business_case.studying import evaluate, evsi, study

__all__ = [
    "VERSION",
    "Adoption",
    "BassFit",
    "Cannibalised",
    "Case",
    "CaseFaults",
    "CaseResult",
    "Correlation",
    "Driver",
    "Effort",
    "Fault",
    "Gate",
    "Line",
    "Outcome",
    "evaluate",
    "evsi",
    "fit_bass",
    "parse",
    "study",
]
