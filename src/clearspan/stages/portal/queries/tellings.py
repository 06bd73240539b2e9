"""What there is to tell those who asked, and what they were told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.portal.models import Idea, Telling, Told
from clearspan.stages.portal.queries.standing import line_of

Occasion = Telling.Occasion
MOST = 50


@dataclass(frozen=True)
class ToTell:
    """A need of which something became, and those who asked were not told of it yet."""

    opportunity: Opportunity
    occasion: str

    @property
    def words(self) -> str:
        return str(Occasion(self.occasion).label)


def to_tell(actor: Actor, product: Product) -> list[ToTell]:
    """Needs somebody asked for of which something became that nobody was told: the queries of the roadmap, and one for
    each occasion. Of several occasions the last alone: who hears that it is here need not hear that it was decided."""
    asked = Exists(Mention.objects.filter(opportunity=OuterRef("pk"), answer=True))
    needs = Opportunity.objects.visible_to(actor).filter(asked, product=product).defer("search", "description")
    launched = LaunchOption.objects.filter(launch__state=Launch.State.LAUNCHED).values("option")
    met = Meets.objects.filter(option__product=product)
    chosen = Q(pk__in=met.filter(option__state=Option.State.CHOSEN).values("opportunity"))
    no = Decision.objects.filter(product=product, kind=Decision.Kind.DECLINE, opportunity__isnull=False)
    found: dict[int, ToTell] = {}
    for occasion, condition in (
        (Occasion.LAUNCHED, Q(pk__in=met.filter(option__in=launched).values("opportunity"))),
        (Occasion.BUILDING, Q(pk__in=line_of(product).building)),
        (Occasion.DECIDED, chosen),
        (Occasion.DECLINED, Q(pk__in=no.values("opportunity")) & ~chosen),
    ):
        for need in needs.filter(condition).order_by("-pk")[:MOST]:
            found.setdefault(need.pk, ToTell(need, occasion))
    done = set(Telling.objects.filter(opportunity__in=list(found)).values_list("opportunity", "occasion"))
    return [one for one in found.values() if (one.opportunity.pk, one.occasion) not in done]


def untold(products: Collection[int], most: int) -> list[Opportunity]:
    """Needs that were asked for in public and are met by something on the market, which nobody was told: one query."""
    launched = LaunchOption.objects.filter(launch__state=Launch.State.LAUNCHED).values("option")
    met = Meets.objects.filter(opportunity=OuterRef("pk"), option__in=launched)
    asked = Mention.objects.filter(opportunity=OuterRef("pk"), answer=True, feedback__idea__state=Idea.State.PUBLIC)
    told = Telling.objects.filter(opportunity=OuterRef("pk"), occasion=Occasion.LAUNCHED)
    needs = Opportunity.objects.filter(Exists(met), Exists(asked), ~Exists(told), product__in=products)
    return list(needs.only("title", "product").order_by("-pk")[:most])


def tellings(actor: Actor, product: Product) -> list[Telling]:
    """What was told, newest first, with `count` of those told."""
    rows = Telling.objects.visible_to(actor).filter(opportunity__product=product, sent_at__isnull=False)
    return list(rows.select_related("opportunity", "sent_by").annotate(count=Count("told"))[:MOST])


def sent(need: Opportunity, occasion: str) -> Telling | None:
    """The letter of an occasion that went out already, with `count` of those who got it."""
    rows = Telling.objects.filter(opportunity=need, occasion=occasion, sent_at__isnull=False)
    found: Telling | None = rows.annotate(count=Count("told")).first()
    return found


def told_of_feedback(actor: Actor, pieces: list[int]) -> list[Told]:
    """Who was told of something that these pieces of feedback asked for, newest first."""
    rows = Told.objects.visible_to(actor).filter(feedback__in=pieces)
    return list(rows.select_related("telling__opportunity").order_by("-sent_at")[:MOST])


def told_of_need(actor: Actor, need: Opportunity) -> tuple[Telling, int] | None:
    """The newest letter about a need, and how many got it: one query."""
    rows = Telling.objects.visible_to(actor).filter(opportunity=need, sent_at__isnull=False)
    newest = rows.annotate(count=Count("told")).order_by("-sent_at").first()
    return (newest, newest.count) if newest is not None else None
