"""Every write of this stage."""

from clearspan.stages.briefs.actions.digests import choose_digest, stop_digest
from clearspan.stages.briefs.actions.writing import send_brief, take_facts, write_brief

__all__ = ["choose_digest", "send_brief", "stop_digest", "take_facts", "write_brief"]
