"""Whom drift concerns: who has work without a reason in hand, who keeps what stands still, who has a role on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from clearspan.catalogue.models import Product, ProductRole
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.development.queries.drift import Radar


@dataclass(frozen=True)
class Concerned:
    """Somebody whom a note may be sent to. `why` is "" when nothing of it is theirs."""

    person: User
    why: str

    @property
    def words(self) -> str:
        who = f"{self.person}, {self.person.function}"
        return f"{who}: {self.why}" if self.why else who


def concerned(actor: Actor, product: Product, found: Radar) -> list[Concerned]:
    """Everybody on the product and everybody named by the radar, those it concerns first: two queries."""
    reasons: dict[int, str] = {}
    for one in found.still:
        if one.option.keeper_id:
            reasons.setdefault(one.option.keeper_id, f"keeps {one.option}")
    names = {name.casefold() for name in found.people}
    with_role = ProductRole.objects.filter(product=product).values("person")
    people = User.objects.visible_to(actor).filter(is_active=True, function__isnull=False).select_related("function")
    wanted = people.filter(Q(pk__in=with_role) | Q(pk__in=reasons) | Q(name__in=found.people))
    if product.is_confidential:
        wanted = wanted.filter(Q(pk__in=with_role) | Q(function__kind="leadership"))
    rows = []
    for person in wanted:
        why = "has work without a reason" if person.name.casefold() in names else reasons.get(person.pk, "")
        rows.append(Concerned(person, "" if person == actor.person else why))
    return sorted(rows, key=lambda one: (not one.why, one.person.name))
