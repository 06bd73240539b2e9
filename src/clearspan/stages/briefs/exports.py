"""A brief as PDF."""

from __future__ import annotations

from clearspan.stages.briefs.queries import Read
from clearspan.ui.pdf import Document, Part, pdf


def as_pdf(found: Read) -> bytes:
    """The brief on A4, as it is read today."""
    lead = next((part.text for part in found.shown if not part.heading), "")
    parts = tuple(
        Part(heading, "\n\n".join(part.text for part in parts)) for heading, parts in found.sections if heading
    )
    kick = (found.product.name, f"for {found.audience.name.lower()}", f"{found.today:%-d %B %Y}")
    first = (Part("", lead),) if lead else ()
    foot = f"{found.product.name} · brief for {found.audience.name.lower()} · {found.today:%-d %B %Y}"
    return pdf(Document(found.answer, kick, found.answer, parts=(*first, *parts), foot=foot))
