"""Every read of definitions that says more than one row."""

from clearspan.stages.definition.queries.evidence import Candidates, candidates, grounds
from clearspan.stages.definition.queries.listing import DefinitionRow, rows, undefined
from clearspan.stages.definition.queries.one import Page, Row, page
from clearspan.stages.definition.queries.signing import (
    numbered,
    signed_version,
    standing_numbers,
    standing_version,
    waiting_sign_offs,
)

__all__ = [
    "Candidates",
    "DefinitionRow",
    "Page",
    "Row",
    "candidates",
    "grounds",
    "numbered",
    "page",
    "rows",
    "signed_version",
    "standing_numbers",
    "standing_version",
    "undefined",
    "waiting_sign_offs",
]
