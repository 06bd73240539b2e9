"""A document's text in parts, for pages, print and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.stages.launch.models import Collateral
from clearspan.ui import pdf
from clearspan.ui.markdown_tree import plain, tree


@dataclass(frozen=True)
class Read:
    """A title, what stands before the first heading, and (heading, Markdown) of each part."""

    title: str
    lead: str
    parts: tuple[tuple[str, str], ...]


def read(document: Collateral) -> Read:
    """Parts begin at headings of the second level. A text that begins with no title has the document's own."""
    title, parts, in_code = document.title, [("", list[str]())], False
    for number, line in enumerate(document.text.strip().splitlines()):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        if number == 0 and line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("## ") and not in_code:
            parts.append((line[3:].strip(), []))
        else:
            parts[-1][1].append(line)
    bodies = [(heading, "\n".join(lines).strip()) for heading, lines in parts]
    return Read(title, bodies[0][1], tuple(bodies[1:]))


def as_pdf(document: Collateral) -> bytes:
    """The document on A4, as it is handed over."""
    found, launch = read(document), document.launch
    parts = tuple(pdf.Part(heading, text) for heading, text in found.parts)
    kick = (launch.product.name, f"{launch.planned_on:%-d %B %Y}")
    is_draft = document.state == Collateral.State.DRAFT
    return pdf.pdf(
        pdf.Document(
            title=found.title, kick=(*kick, "draft") if is_draft else kick, answer=found.title,
            lede=plain(tree(found.lead)), parts=parts,
            foot=f"{launch.product} · {found.title} · {document.ref}",
        )
    )  # fmt: skip
