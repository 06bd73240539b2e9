"""Every write of this stage."""

from clearspan.stages.briefs.actions.writing import send_brief, take_facts, write_brief

__all__ = ["send_brief", "take_facts", "write_brief"]
