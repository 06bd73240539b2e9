"""Every read of briefs."""

from clearspan.stages.briefs.queries.brief import Part, Read, brief, briefs, markdown

__all__ = ["Part", "Read", "brief", "briefs", "markdown"]
