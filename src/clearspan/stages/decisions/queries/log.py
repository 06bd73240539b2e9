"""The log of decisions, each promise held against what came by the same day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.lists import PAGE
from clearspan.core.once import once
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.decisions.queries.promised import Five, five_of, promised_by

READ = (
    "kind", "title", "reasons", "product", "option", "option__title", "decided_by", "decided_by__name", "decided_on",
    "starts", "expected",
)  # fmt: skip


@dataclass(frozen=True)
class Came:
    """What had come of a decision by a day, and from where that is known."""

    day: date
    amount: float | None
    source: str
    note: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class Promise:
    """A decision with what was expected of it, all in all and by the day for which it is known what came."""

    decision: Decision
    whole: Five | None
    by_then: Five | None  # by that day; the whole where nothing says how it was to come in
    outcome: Came | None

    @property
    def came(self) -> float | None:
        return self.outcome.amount if self.outcome else None

    @property
    def five(self) -> Five | None:
        """What is drawn: what was promised by the day of what came, or all of it when nothing came yet."""
        return self.by_then if self.came is not None else self.whole

    @property
    def is_to_date(self) -> bool:
        """Whether the promise is one to a day, rather than of all that was to come."""
        return self.came is not None and self.by_then != self.whole

    @property
    def is_inside(self) -> bool | None:
        """Whether what came lies in the interval that was said to hold nine in ten; None when nothing came yet."""
        if self.came is None or self.by_then is None:
            return None
        return self.by_then[0] <= self.came <= self.by_then[4]

    @property
    def verdict(self) -> str:
        """ "as promised", "low, but inside", "outside, below", "outside, above"; "" when it cannot be judged."""
        if self.came is None or self.by_then is None:
            return ""
        if self.came < self.by_then[0]:
            return "outside, below"
        if self.came > self.by_then[4]:
            return "outside, above"
        return "low, but inside" if self.came < self.by_then[1] else "as promised"


@dataclass(frozen=True)
class Calibration:
    """How many outcomes lay inside the nine-in-ten intervals, of how many."""

    inside: int
    of: int


@dataclass(frozen=True)
class Log:
    """A page of the decisions that were asked for: `all` of them there are, `yes` of which chose something."""

    page: Page[Any]
    rows: list[Promise]
    all: int
    yes: int


def listing(actor: Actor, product: Product, *, kind: str = "", q: str = "", page: str | int | None = 1) -> Log:
    """A page of the product's decisions, newest first, with what came of them."""
    found = decisions(actor, product, kind=kind, q=q)
    of_kind = dict(found.order_by().values_list("kind").annotate(n=Count("pk")))
    cut = Paginator(range(sum(of_kind.values())), PAGE).get_page(page)
    rows = promises(actor, found[cut.object_list.start : cut.object_list.stop])
    return Log(cut, rows, cut.paginator.count, of_kind.get(Decision.Kind.CHOOSE, 0))


def decisions(actor: Actor, product: Product, *, kind: str = "", q: str = "") -> QuerySet[Decision]:
    """The product's decisions, newest first, with what a line of a list tells of them."""
    found = Decision.objects.visible_to(actor).filter(product=product)
    found = found.select_related("option", "decided_by").only(*READ)
    if kind:
        found = found.filter(kind=kind)
    if q:
        found = found.filter(title__icontains=q) | found.filter(reasons__icontains=q)
    return found.order_by("-decided_on", "-pk")


def promises(actor: Actor, found: Iterable[Decision]) -> list[Promise]:
    """The promises of these decisions, in their order, each with the newest of what came: as many queries for all.

    A later stage may know more (what the ledger has by now): slot `decision.came`, {decision: Came}.
    """
    rows = list(found)
    key = ("came", actor.is_system, actor.person and actor.person.pk, frozenset(one.pk for one in rows))
    came = once(key, lambda: _came(actor, rows))  # a page and the line beside it ask of the same decisions
    return [_promise(decision, came.get(decision.pk)) for decision in rows]


def _came(actor: Actor, rows: list[Decision]) -> dict[int, Came]:
    came = newest_outcomes(rows)
    for known in panels.ask("decision.came", actor, rows):
        came |= {pk: one if pk not in came else _later(came[pk], one) for pk, one in known.items()}
    return came


def _later(said: Came, known: Came) -> Came:
    """Of what somebody said and what is known otherwise, what is newer; words alone stand beside a number."""
    if said.amount is None and not said.is_final:
        return replace(known, note=said.note)
    return known if known.day > said.day and not said.is_final else said


def newest_outcomes(rows: Sequence[Decision]) -> dict[int, Came]:
    """By decision: one query."""
    said = Outcome.objects.filter(decision__in=[one.pk for one in rows]).order_by("decision_id", "-day", "-pk")
    newest = said.distinct("decision_id").values_list(
        "decision_id", "day", "amount", "known", "source", "note", "is_final"
    )
    known_by = dict(Outcome.Known.choices)
    return {
        decision: Came(day, amount, source or ("" if amount is None else known_by[known]), note, is_final)
        for decision, day, amount, known, source, note, is_final in newest
    }


def calibration(found: Iterable[Promise]) -> Calibration:
    """Of the promises that can be judged, how many were kept."""
    judged = [promise.is_inside for promise in found if promise.is_inside is not None]
    return Calibration(sum(judged), len(judged))


def _promise(decision: Decision, came: Came | None) -> Promise:
    whole = five_of(decision.expected)
    by_then = whole
    if came is not None and not came.is_final:
        by_then = promised_by(decision, came.day) or whole
    return Promise(decision, whole, by_then, came)


def unanswered(actor: Actor, by: date | None = None, **about: Any) -> QuerySet[Decision]:
    """Decisions that are due for another look and of which nobody has said what came since."""
    due = Decision.objects.visible_to(actor).filter(review_on__lte=by or timezone.localdate(), **about)
    return due.exclude(outcomes__amount__isnull=False)
