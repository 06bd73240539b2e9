"""The log of decisions, each promise held against what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision


@dataclass(frozen=True)
class Promise:
    """A decision with what was expected of it: five numbers of NPV, what came, and whether that was inside."""

    decision: Decision
    five: tuple[float, ...] | None
    came: float | None

    @property
    def is_inside(self) -> bool | None:
        """Whether what came lies in the interval that was said to hold nine in ten; None when nothing came yet."""
        if self.came is None or self.five is None:
            return None
        return self.five[0] <= self.came <= self.five[4]


@dataclass(frozen=True)
class Calibration:
    """How many outcomes lay inside the nine-in-ten intervals, of how many."""

    inside: int
    of: int


def decisions(actor: Actor, product: Product, *, kind: str = "", q: str = "") -> QuerySet[Decision]:
    """The product's decisions, newest first."""
    found = (
        Decision.objects.visible_to(actor)
        .filter(product=product)
        .select_related("option", "opportunity", "decided_by", "product")
    )
    if kind:
        found = found.filter(kind=kind)
    if q:
        found = found.filter(title__icontains=q) | found.filter(reasons__icontains=q)
    return found.order_by("-decided_on", "-pk")


def promises(found: Iterable[Decision]) -> list[Promise]:
    """The promises of these decisions, in their order."""
    return [Promise(decision, five_of(decision.expected), decision.outcome) for decision in found]


def five_of(expected: dict[str, Any]) -> tuple[float, ...] | None:
    """p05, p25, mean, p75, p95 of the NPV that was expected; None when nothing was."""
    npv = expected.get("npv") or {}
    names = ("p05", "p25", "mean", "p75", "p95")
    return tuple(float(npv[name]) for name in names) if all(npv.get(name) is not None for name in names) else None


def calibration(found: Iterable[Promise]) -> Calibration:
    """Of the promises that can be judged, how many were kept."""
    judged = [promise.is_inside for promise in found if promise.is_inside is not None]
    return Calibration(sum(judged), len(judged))
