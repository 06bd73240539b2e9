"""What is drafted for people to finish: an entry of the changelog, a letter to those who asked."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.core.actor import Actor
from clearspan.stages.launch.drafts import draft, facts_of
from clearspan.stages.launch.models import Collateral, Kind, Launch
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.portal.models import Telling

Occasion = Telling.Occasion


@dataclass(frozen=True)
class Drafted:
    """A title, and a text in Markdown."""

    title: str
    text: str


def release_notes(actor: Actor, launch: Launch) -> Drafted:
    """The launch's release notes, where somebody has written them; else drafted from what was defined."""
    notes = Collateral.objects.visible_to(actor).filter(launch=launch, kind=Kind.RELEASE_NOTES)
    written = notes.order_by("-state", "-pk").first()  # what is ready, before a draft
    text = written.text if written is not None else draft(facts_of(launch), Kind.RELEASE_NOTES).text
    return Drafted(launch.title, _without_title(text))


def letter(opportunity: Opportunity, occasion: str, published: str = "") -> Drafted:
    """What those who asked are told. `published` is what customers may read of it already: of what is coming for it,
    or of what is new."""
    need = opportunity.title
    asked = f"You asked us about this: {need}"
    coming = f"\n\n{published}" if published else ""
    texts = {
        Occasion.DECIDED: f"{asked}.\n\nWe have decided to do something about it.{coming}\n\nYou will hear from us "
        "when it is there.",
        Occasion.BUILDING: f"{asked}.\n\nIt is being built.{coming}\n\nIf you would like to try it early, answer this.",
        Occasion.LAUNCHED: f"{asked}.\n\nIt is here.{coming}\n\nTell us whether it does what you needed: what you "
        "write now decides what we mend first.",
        Occasion.DECLINED: f"{asked}.\n\nWe have looked into it and will not do it now, because [why not]. What you "
        "said is kept: should that change, we come back to it.",
    }
    return Drafted(f"What became of what you asked: {need}"[:160], texts[Occasion(occasion)])


def _without_title(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest.strip() if first.startswith("# ") else text.strip()
