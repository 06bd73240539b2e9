"""One person's own record over all products: what was forecast and came, and what waits to be looked back at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from clearspan.catalogue.models import Product, ProductRole, Role
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries import Promise, promises, unanswered
from clearspan.stages.inlife.queries.judged import Judged, judged

YEAR = timedelta(days=365)
MOST = 12


@dataclass(frozen=True)
class Look:
    """A decision to look back at, and why now."""

    decision: Decision
    why: str


def own(actor: Actor, today: date) -> list[Judged]:
    """What the person forecast and what came of it."""
    return judged(actor, today, person=actor.person)


def managed(actor: Actor) -> list[Product]:
    """The products that the person manages."""
    held = ProductRole.objects.filter(person=actor.person, role__grants=Role.Grants.MANAGE).values("product")
    return list(Product.objects.visible_to(actor).filter(pk__in=held, is_archived=False).order_by("pk"))


def to_look_back_at(actor: Actor, today: date) -> list[Look]:
    """Decisions of the person's that are due for another look, or a year old with nobody having said what came."""
    due = unanswered(actor, today, decided_by=actor.person).select_related("product").order_by("review_on")
    found = {one.pk: Look(one, f"to be looked at again since {one.review_on:%-d %b %Y}") for one in due[:MOST]}
    old = Decision.objects.visible_to(actor).filter(
        decided_by=actor.person, kind=Decision.Kind.CHOOSE, decided_on__lte=today - YEAR, expected__has_key="npv"
    )
    for one in _unknown(actor, list(old.select_related("product").order_by("decided_on")[:100])):
        found.setdefault(one.decision.pk, Look(one.decision, "a year old, and nobody has said what came"))
    return list(found.values())[:MOST]


def _unknown(actor: Actor, rows: list[Decision]) -> list[Promise]:
    return [one for one in promises(actor, rows) if one.outcome is None]


def widening(found: list[Judged]) -> float | None:
    """How many times as wide the nine-in-ten intervals would have had to be to hold nine in ten of what came.

    Each outcome's distance from the middle, in half widths of its own interval on that side; nine in ten lie within
    the answer. None without an interval.
    """
    distances = []
    for one in found:
        said = one.quantiles
        low, high = (said.at(0.05), said.at(0.95)) if said else (None, None)
        if said is None or low is None or high is None or high <= low:
            continue
        middle = said.at(0.5)
        middle = (low + high) / 2 if middle is None else middle
        half = high - middle if said.came > middle else middle - low
        distances.append(abs(said.came - middle) / half if half > 0 else 1.0)
    return float(np.quantile(distances, 0.9, method="higher")) if distances else None
