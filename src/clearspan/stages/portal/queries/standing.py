"""Where an idea stands, as far as it was published: the line of its need, or what somebody said by hand.

A decision that was not published is not told by an idea's state either: planned and being built come from the roadmap
that customers may see, here from what is on the market. All else is being found out, until a person says not now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.stages.decisions.audiences import CUSTOMERS
from clearspan.stages.decisions.models import RoadmapWording
from clearspan.stages.decisions.queries.published import Published, is_told_outside, published
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option
from clearspan.stages.portal.models import ChangelogEntry, Idea
from clearspan.stages.portal.queries import VISITOR

Standing = Idea.Standing


@dataclass(frozen=True)
class Line:
    """What of a product's line customers may know: what is coming, and the needs that it is for."""

    coming: tuple[Published, ...]
    needs: dict[int, tuple[Published, ...]]  # by the number of the need
    finished: frozenset[int]  # needs of what was announced and is no longer coming: it is built, if not launched

    @property
    def building(self) -> list[int]:
        return [need for need, plans in self.needs.items() if any(one.group == "Now" for one in plans)]

    @property
    def planned(self) -> list[int]:
        return [need for need in self.needs if need not in self.building]


def line_of(product: Product, today: date | None = None) -> Line:
    """What is published of what is coming, and for which needs: the queries of the roadmap, and two."""
    told = is_told_outside(product)
    coming = tuple(published(VISITOR, product, CUSTOMERS, today or timezone.localdate())) if told else ()
    plans = {one.option: one for one in coming}
    needs: dict[int, list[Published]] = {}
    for option, need in Meets.objects.filter(option__in=list(plans)).values_list("option", "opportunity"):
        needs.setdefault(need, []).append(plans[option])
    announced = RoadmapWording.objects.filter(option__product=product, audience=CUSTOMERS.key, is_published=True)
    chosen = announced.filter(option__state=Option.State.CHOSEN).exclude(option__in=list(plans)).values("option")
    finished = Meets.objects.filter(option__in=chosen).values_list("opportunity", flat=True) if told else ()
    return Line(coming, {need: tuple(found) for need, found in needs.items()}, frozenset(finished))


def with_standing(ideas: QuerySet[Idea], line: Line) -> QuerySet[Idea]:
    """The ideas with `stands`: what was said by hand, else as the line of the needs they speak of stands."""
    return ideas.annotate(
        stands=Case(
            When(~Q(standing=""), then=F("standing")),
            When(_speaks_of(line.building), then=Value(Standing.BUILDING.value)),
            When(_speaks_of(line.planned), then=Value(Standing.PLANNED.value)),
            When(_is_here(), then=Value(Standing.HERE.value)),
            When(_speaks_of(sorted(line.finished)), then=Value(Standing.BUILDING.value)),
            default=Value(Standing.FINDING.value),
            output_field=CharField(),
        )
    )


def plans_for(ideas: list[Idea], line: Line) -> dict[int, Published]:
    """What is coming for each of these ideas, by the idea's number: one query."""
    speak = Mention.objects.filter(
        feedback__in=[idea.feedback_id for idea in ideas if idea.feedback_id],
        answer=True,
        opportunity__in=list(line.needs),
    )
    by_feedback: dict[int, Published] = {}
    for feedback, need in speak.values_list("feedback", "opportunity"):
        first = min(line.needs[need], key=lambda one: ("Now", "Next", "Later").index(one.group))
        by_feedback.setdefault(feedback, first)
    return {idea.pk: by_feedback[idea.feedback_id] for idea in ideas if idea.feedback_id in by_feedback}


def launches_for(idea: Idea) -> list[Launch]:
    """What was brought to market for an idea, newest first, each with the `entries` that tell of it: two queries."""
    if idea.feedback_id is None:
        return []
    needs = Mention.objects.filter(feedback=idea.feedback_id, answer=True).values("opportunity")
    return _brought(needs)


def entry_of(need: Opportunity) -> ChangelogEntry | None:
    """The newest that the public may read of what was brought to market for a need: two queries."""
    return next((entry for launch in _brought([need.pk]) for entry in launch.entries), None)


def _brought(needs: Any) -> list[Any]:
    options = Meets.objects.filter(opportunity__in=needs).values("option")
    brought = Launch.objects.filter(state=Launch.State.LAUNCHED, brings__option__in=options)
    told = Prefetch("changelog", ChangelogEntry.objects.visible_to(VISITOR).select_related("product"), "entries")
    return list(brought.distinct().order_by("-launched_on", "-pk").prefetch_related(told)[:5])


def _speaks_of(needs: list[int]) -> Exists | Q:
    if not needs:
        return Q(pk__in=())
    return Exists(Mention.objects.filter(feedback=OuterRef("feedback"), answer=True, opportunity__in=needs))


def _is_here() -> Exists:
    launched = LaunchOption.objects.filter(launch__state=Launch.State.LAUNCHED).values("option")
    met = Meets.objects.filter(option__in=launched).values("opportunity")
    return Exists(Mention.objects.filter(feedback=OuterRef("feedback"), answer=True, opportunity__in=met))
