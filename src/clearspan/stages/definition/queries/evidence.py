"""What a requirement could stand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearspan.core.actor import Actor
from clearspan.core.lists import by_words
from clearspan.stages.definition.models import Ground, Requirement
from clearspan.stages.evidence.models import Feedback, Intelligence
from clearspan.stages.opportunities.models import Mention, Opportunity

MOST = 8


@dataclass(frozen=True)
class Candidates:
    """Needs, what was said, and what is known of the market, without what the requirement stands on already."""

    needs: list[Opportunity] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    intelligence: list[Intelligence] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.needs or self.feedback or self.intelligence)


def grounds(requirement: Requirement) -> list[Ground]:
    """What it stands on now: one query."""
    rows = Ground.objects.filter(requirement=requirement).order_by("pk")
    return list(rows.select_related("opportunity__verdict", "feedback__account", "intelligence"))


def candidates(actor: Actor, requirement: Requirement, q: str = "") -> Candidates:
    """With words or a reference: what has them. Without: the needs that the option meets, and what was said of them."""
    definition = requirement.definition
    has = list(requirement.grounds.values_list("opportunity", "feedback", "intelligence"))
    used = [{row[i] for row in has} - {None} for i in range(3)]
    needs = Opportunity.objects.visible_to(actor).filter(product=definition.product_id, state="open")
    heard = Feedback.objects.visible_to(actor).filter(product=definition.product_id).select_related("account")
    known = Intelligence.objects.visible_to(actor).filter(product=definition.product_id)
    if q:
        query = by_words(q, of_very_many=True)
        found = needs.filter(search=query) if query else needs.none()
        said = heard.filter(search=query) if query else heard.none()
        needs, heard = needs.referred(q) | found, heard.referred(q) | said
        known = known.referred(q) | known.filter(title__icontains=q) | known.filter(text__icontains=q)
    else:
        needs = needs.filter(met_by__option=definition.option_id)
        mentions = Mention.objects.visible_to(actor).filter(opportunity__in=needs, answer=True).exclude(quote="")
        strongest = mentions.order_by("-importance", "-heard_at").values_list("feedback", flat=True)
        heard, known = heard.filter(pk__in=list(strongest[: 2 * MOST])), known.none()
    return Candidates(
        list(needs.exclude(pk__in=used[0]).select_related("verdict").order_by("verdict__rank", "pk")[:MOST]),
        list(heard.exclude(pk__in=used[1]).order_by("-said_at", "-pk")[:MOST]),
        list(known.exclude(pk__in=used[2]).order_by("-seen_on", "-pk")[:MOST]),
    )
