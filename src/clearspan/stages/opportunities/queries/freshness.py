"""How fresh the verdicts are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.lists import Count, count
from clearspan.core.models import Change
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import DemandStudy, Mention, Opportunity
from clearspan.ui.numbers import plural

_NONE = Count(0)


@dataclass(frozen=True)
class Unseen:
    """What happened since the newest study read the evidence."""

    links: int = 0
    heard: Count = _NONE
    never: bool = False  # there is no study yet

    @property
    def anything(self) -> bool:
        return self.never or bool(self.links or self.heard)

    def __str__(self) -> str:
        said = [
            plural(self.links, "link") if self.links else "",
            f"{self.heard} heard" if self.heard else "",
        ]
        return " and ".join(filter(None, said))


def newest(actor: Actor, product: Product) -> DemandStudy | None:
    """The newest study that is done, without its result and inputs."""
    done = DemandStudy.objects.visible_to(actor).filter(product=product, status=DemandStudy.Status.DONE)
    return done.defer("result").order_by("-id").first()


def under_way(actor: Actor, model: type[Any], product: Product) -> Any:
    """The study that waits or runs, or None."""
    return model.objects.visible_to(actor).filter(product=product, status__in=("waiting", "running")).first()


def unseen(actor: Actor, product: Product, study: DemandStudy | None = None) -> Unseen:
    """What the newest study (or the one given) has not seen: links made, changed or taken back, feedback heard."""
    study = study or newest(actor, product)
    if study is None:
        return Unseen(never=Opportunity.objects.filter(product=product).exists())
    need = Coalesce(KeyTextTransform("opportunity_id", "after"), KeyTextTransform("opportunity_id", "before"))
    links = (
        Change.objects.filter(event__gt=study.options.get("event", 0), table=Mention._meta.db_table)
        .annotate(need=Cast(need, BigIntegerField()))
        .filter(need__in=Opportunity.objects.filter(product=product).values("pk"))
    )
    later = Feedback.objects.filter(product=product, pk__gt=study.options.get("feedback", 0))
    return Unseen(links.values("row").distinct().count(), count(later))
