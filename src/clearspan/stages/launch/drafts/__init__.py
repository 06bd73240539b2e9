"""Documents of a launch, drafted from what was defined. A draft names its gaps; people close them."""

from __future__ import annotations

import re

from clearspan.core.models import Function, User
from clearspan.stages.definition.models import Definition
from clearspan.stages.definition.queries import standing_numbers
from clearspan.stages.launch.drafts import customers, ours
from clearspan.stages.launch.drafts.facts import Facts, facts_of
from clearspan.stages.launch.drafts.reading import Read, as_pdf, read
from clearspan.stages.launch.drafts.text import GAP
from clearspan.stages.launch.models import Collateral, Commitment, Kind, Launch

WRITERS = {
    Kind.SALES_SHEET: customers.sales_sheet,
    Kind.PRICE_LIST: customers.price_list,
    Kind.SUPPORT: customers.support_article,
    Kind.RELEASE_NOTES: customers.release_notes,
    Kind.BATTLECARD: ours.battlecard,
    Kind.TRAINING: ours.training,
    Kind.RUNBOOK: ours.runbook,
}


def draft(
    facts: Facts,
    kind: str,
    *,
    function: Function | None = None,
    commitment: Commitment | None = None,
    writer: User | None = None,
) -> Collateral:
    """A document of this kind, not saved yet."""
    one = Kind(kind)
    return Collateral(
        launch=facts.launch, kind=one, title=f"{one.label.capitalize()}: {facts.launch.title}"[:160],
        text=WRITERS[one](facts), function=function, commitment=commitment, drafted_from=facts.version,
        written_by=writer,
    )  # fmt: skip


def gaps_of(text: str) -> list[str]:
    """What a document says is still missing in it."""
    return [found.strip() for found in re.findall(rf"^> {re.escape(GAP)} (.+)$", text, re.MULTILINE)]


def newest_of(launch: Launch) -> dict[int, int]:
    """The number of the version to work from of each definition that the launch brings, by the definition's."""
    return standing_numbers(Definition.objects.filter(option__launches=launch))


def source_words(document: Collateral, newest: dict[int, int]) -> str:
    """ "drafted from version 2; version 4 stands now"."""
    made_from = document.drafted_from
    if made_from is None:
        standing = next(iter(newest.values()), None)
        return f"drafted before there was a version; version {standing} stands now" if standing else ""
    now = newest.get(made_from.definition_id)
    words = f"drafted from version {made_from.number}"
    return f"{words}; version {now} stands now" if now and now > made_from.number else words


__all__ = ["Facts", "Read", "as_pdf", "draft", "facts_of", "gaps_of", "newest_of", "read", "source_words"]
