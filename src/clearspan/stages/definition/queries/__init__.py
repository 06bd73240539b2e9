"""Every read of definitions that says more than one row."""

from clearspan.stages.definition.queries.listing import DefinitionRow, rows
from clearspan.stages.definition.queries.signing import (
    signed_version,
    standing_version,
    waiting_sign_offs,
)

__all__ = ["DefinitionRow", "rows", "signed_version", "standing_version", "waiting_sign_offs"]
