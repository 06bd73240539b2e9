"""Our product and the competitors against what the market needs, what is worth most first."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet

from clearspan.catalogue.comparing import Compared, Comparison, by_subject
from clearspan.catalogue.models import Competitor, Product
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.opportunities.models import Mention, NeedIntelligence, NeedStanding, Opportunity

MOST = 40  # needs: what is worth less decides no deal


def comparison(actor: Actor, product: Product, competitors: Sequence[Competitor]) -> Comparison:
    """The needs at stake with who meets each how far: two queries. Needs that were put away are left out."""
    needs = Opportunity.objects.visible_to(actor).filter(product=product)
    needs = needs.exclude(state=Opportunity.State.CLOSED).defer("search", "description").select_related("verdict")
    shown = list(needs.order_by(F("verdict__value").desc(nulls_last=True), "pk")[:MOST])
    said = NeedStanding.objects.filter(opportunity__in=shown).select_related("competitor")
    by = by_subject(said, "opportunity")
    keys = {None, *(one.pk for one in competitors)}
    return Comparison(
        [
            Compared(need.pk, need.ref, need.title, value_of(need),
                     {key: one for key, one in by.get(need.pk, {}).items() if key in keys}, _sure(need))
            for need in shown
        ],
        competitors,
    )  # fmt: skip


def value_of(need: Opportunity) -> float:
    """What is at stake, a year, says its newest study; 0 where none has looked."""
    verdict = getattr(need, "verdict", None)
    return float(verdict.value) if verdict else 0.0


def _sure(need: Opportunity) -> tuple[float, float] | None:
    verdict = getattr(need, "verdict", None)
    return (verdict.value_p05, verdict.value_p95) if verdict else None


def standing(need: Opportunity, competitor: Competitor | None) -> NeedStanding | None:
    return NeedStanding.objects.filter(opportunity=need, competitor=competitor).first()


def standings(actor: Actor, need: Opportunity) -> list[NeedStanding]:
    """Who meets a need how far, ours first."""
    return list(NeedStanding.objects.visible_to(actor).filter(opportunity=need).select_related("competitor"))


def known_of(actor: Actor, need: Opportunity) -> list[NeedIntelligence]:
    """What is known of the market that speaks of a need, newest first."""
    rows = (
        NeedIntelligence.objects.visible_to(actor).filter(opportunity=need).select_related("intelligence__competitor")
    )
    return list(rows.order_by("-intelligence__seen_on", "-pk")[:12])


def needs_of(actor: Actor, intelligence: Intelligence) -> list[NeedIntelligence]:
    """The needs a piece of intelligence speaks of."""
    rows = NeedIntelligence.objects.visible_to(actor).filter(intelligence=intelligence)
    return list(rows.select_related("opportunity", "linked_by").order_by("pk"))


def quotable(actor: Actor, product: Product, needs: Sequence[int]) -> QuerySet[Mention]:
    """Quotes of customers that may be told to others, what speaks of these needs first by importance."""
    rows = Mention.objects.visible_to(actor).filter(opportunity__product=product, opportunity__in=needs)
    rows = rows.exclude(agreed="").exclude(quote="").filter(answer=True)
    return rows.select_related("feedback__account", "opportunity").order_by("-importance", "-heard_at")
