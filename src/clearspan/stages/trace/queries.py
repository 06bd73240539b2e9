"""Walks the line both ways: from any row to what came before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearspan.core.actor import Actor
from clearspan.core.records import Record
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Definition, Ground
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option

MOST = 200  # rows a station lists; beyond that it counts


@dataclass(frozen=True)
class Line:
    """What hangs together with one row, station by station, each newest first, and only what the actor may see."""

    about: Record
    feedback: list[Feedback] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    mentions: int = 0

    @property
    def here(self) -> int:
        """The station of the row itself, 0 to 7."""
        kinds: list[type[Record]] = [Feedback, Opportunity, Option, Decision, Definition]
        return next(i for i, kind in enumerate(kinds) if isinstance(self.about, kind))


def line_of(actor: Actor, row: Record) -> Line:
    """The line through a feedback, ask, need, option, decision or definition: at most six queries."""
    if isinstance(row, Ask):
        row = row.feedback
    needs = _needs(actor, row)
    options = _options(actor, row, needs)
    decisions = _decisions(actor, row, needs, options)
    definitions = _definitions(actor, row, options)
    feedback, mentions = _feedback(actor, row, needs)
    return Line(row, feedback, needs, options, decisions, definitions, mentions)


def _needs(actor: Actor, row: Record) -> list[Opportunity]:
    needs = Opportunity.objects.visible_to(actor).select_related("product")
    if isinstance(row, Feedback):
        needs = needs.filter(pk__in=row.mentions.values("opportunity"))
    elif isinstance(row, Opportunity):
        needs = needs.filter(pk=row.pk)
    elif isinstance(row, Option):
        needs = needs.filter(pk__in=row.meets.values("opportunity"))
    elif isinstance(row, Definition):
        met = Meets.objects.filter(option=row.option_id).values("opportunity")
        grounds = Ground.objects.filter(requirement__definition=row, requirement__is_dropped=False)
        needs = needs.filter(pk__in=met) | needs.filter(pk__in=grounds.values("opportunity"))
    elif isinstance(row, Decision):
        met = Meets.objects.filter(option=row.option_id).values("opportunity")
        needs = needs.filter(pk__in=met) | needs.filter(pk=row.opportunity_id)
    return list(needs[:MOST])


def _options(actor: Actor, row: Record, needs: list[Opportunity]) -> list[Option]:
    options = Option.objects.visible_to(actor).select_related("product")
    if isinstance(row, Option):
        return list(options.filter(pk=row.pk))
    if isinstance(row, (Decision, Definition)) and row.option_id:
        return list(options.filter(pk=row.option_id))
    return (
        list(options.filter(pk__in=Meets.objects.filter(opportunity__in=needs).values("option"))[:MOST])
        if needs
        else []
    )


def _decisions(actor: Actor, row: Record, needs: list[Opportunity], options: list[Option]) -> list[Decision]:
    decisions = Decision.objects.visible_to(actor).select_related("product")
    if isinstance(row, Decision):
        return list(decisions.filter(pk=row.pk))
    about = decisions.filter(option__in=options)
    if not isinstance(row, (Option, Definition)):
        about = about | decisions.filter(opportunity__in=needs)
    return list(about[:MOST])


def _definitions(actor: Actor, row: Record, options: list[Option]) -> list[Definition]:
    definitions = Definition.objects.visible_to(actor).select_related("product")
    if isinstance(row, Definition):
        return list(definitions.filter(pk=row.pk))
    return list(definitions.filter(option__in=options)[:MOST]) if options else []


def _feedback(actor: Actor, row: Record, needs: list[Opportunity]) -> tuple[list[Feedback], int]:
    if isinstance(row, Feedback):
        return [row], 1
    mentions = Mention.objects.visible_to(actor).filter(opportunity__in=needs)
    newest = mentions.select_related("feedback__account", "feedback__product").order_by("-feedback__said_at")[:MOST]
    heard = list({mention.feedback_id: mention.feedback for mention in newest}.values())
    return heard, len(heard) if len(heard) < MOST else mentions.count()
