"""Walks the line both ways: from any row to what came before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Count, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.records import Record
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.decisions.queries import Promise, promises
from clearspan.stages.definition.models import Definition, DefinitionVersion, Ground, Requirement
from clearspan.stages.development.models import Milestone, Quote, WorkItem
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.inlife.models import Attribution, LedgerEntry, Proposal
from clearspan.stages.launch.models import Campaign, Collateral, Commitment, Launch, LaunchOption
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets, Option

MOST = 200  # rows a station lists; beyond that it counts

# A row that is part of something on the line, and the way to what it is part of.
PART_OF: dict[type[Record], str] = {
    Ask: "feedback", Requirement: "definition", DefinitionVersion: "definition", Quote: "option", Milestone: "option",
    Commitment: "launch", Collateral: "launch", Outcome: "decision", Attribution: "decision",
}  # fmt: skip
STATIONS: tuple[tuple[type[Record], ...], ...] = (
    (Feedback,), (Opportunity,), (Option,), (Decision,), (Definition,), (WorkItem,), (Launch, Campaign),
    (Proposal, LedgerEntry),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What hangs together with one row, station by station, each newest first, and only what the actor may see."""

    about: Record
    feedback: list[Feedback] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    items: list[WorkItem] = field(default_factory=list)
    launches: list[Launch] = field(default_factory=list)
    came: list[Promise] = field(default_factory=list)  # of its decisions, what is known of what came
    proposals: list[Proposal] = field(default_factory=list)  # of which its options were made
    mentions: int = 0
    done: int = 0  # of the items, however many there are
    all: int = 0

    @property
    def here(self) -> int:
        """The station of the row itself, 0 to 7."""
        return next(i for i, kinds in enumerate(STATIONS) if isinstance(self.about, kinds))


def is_on_line(row: Any) -> bool:
    """Whether a line goes through rows of this kind."""
    return isinstance(row, (*PART_OF, *(kind for kinds in STATIONS for kind in kinds)))


def line_of(actor: Actor, row: Record, most: int = MOST) -> Line | None:
    """The line through a row of any station: at most sixteen queries, whatever hangs on it. None for a part of nothing,
    or of what the actor does not see.

    `most` rows of feedback and of work are read, the newest: a strip that only counts them needs two.
    """
    part = row
    while type(row) in PART_OF:
        row = getattr(row, PART_OF[type(row)])
    if row is None or (row is not part and not _is_seen(actor, row)):
        return None
    after = _named_options(actor, row)
    needs = _needs(actor, row, after)
    options = _options(actor, row, needs, after)
    decisions = _decisions(actor, row, needs, options)
    feedback, mentions = _feedback(actor, row, needs, most)
    definitions = list(Definition.objects.visible_to(actor).filter(option__in=options)[:MOST])
    items, done, count = _items(actor, row, options, most)
    launches, proposals = _launches(actor, row, options), _proposals(actor, row, options)
    _give_products(actor, feedback, needs, options, decisions, definitions, items, launches, proposals)
    return Line(
        row, feedback, needs, options, decisions, definitions, items, launches, _came(actor, decisions), proposals,
        mentions, done, count,
    )  # fmt: skip


def _is_seen(actor: Actor, row: Any) -> bool:
    """Whether the actor, who sees a part of the row, sees the row."""
    return bool(type(row).objects.visible_to(actor).filter(pk=row.pk).exists())


def _named_options(actor: Actor, row: Record) -> set[int] | None:
    """The options a row stands behind; None for what comes before options."""
    if isinstance(row, Option):
        return {row.pk}
    if isinstance(row, Launch):
        return set(LaunchOption.objects.filter(launch=row).values_list("option", flat=True))
    if isinstance(row, LedgerEntry):
        if row.option_id:
            return {row.option_id}
        doing = Attribution.objects.visible_to(actor).filter(line=row.line_id, decision__product=row.product)
        held = doing.filter(Q(region="") | Q(region=row.region)).exclude(decision__option=None)
        return set(held.values_list("decision__option", flat=True))
    if isinstance(row, (Decision, Definition, WorkItem, Campaign, Proposal)):
        return {row.option_id} if row.option_id else set()
    return None


def _needs(actor: Actor, row: Record, options: set[int] | None) -> list[Opportunity]:
    if isinstance(row, Opportunity):
        return [row]
    needs = Opportunity.objects.visible_to(actor).defer("search")
    if isinstance(row, Feedback):
        return list(needs.filter(pk__in=row.mentions.values("opportunity"))[:MOST])
    if isinstance(row, Decision) and row.opportunity_id:
        return list(needs.filter(pk=row.opportunity_id)[:MOST])
    if not options and not isinstance(row, Proposal):
        return []
    wanted = Q(pk__in=Meets.objects.filter(option__in=options).values("opportunity"))
    if isinstance(row, Definition):  # what its requirements stand on, too
        grounds = Ground.objects.filter(requirement__definition=row, requirement__is_dropped=False)
        wanted |= Q(pk__in=grounds.values("opportunity"))
    if isinstance(row, Proposal):  # and the needs that speak for it
        wanted |= Q(pk__in=row.grounds.values("opportunity"))
    return list(needs.filter(wanted)[:MOST])


def _came(actor: Actor, decisions: list[Decision]) -> list[Promise]:
    """What came of what was chosen, as far as a number is known."""
    chosen = [one for one in decisions if one.kind == Decision.Kind.CHOOSE]
    return [one for one in promises(actor, chosen) if one.came is not None] if chosen else []


def _proposals(actor: Actor, row: Record, options: list[Option]) -> list[Proposal]:
    if isinstance(row, Proposal):
        return [row]
    made = Proposal.objects.visible_to(actor).filter(option__in=options)
    return list(made[:MOST]) if options else []


def _options(actor: Actor, row: Record, needs: list[Opportunity], named: set[int] | None) -> list[Option]:
    if isinstance(row, Option):
        return [row]
    if not (needs if named is None else named):
        return []
    wanted = Meets.objects.filter(opportunity__in=needs).values("option") if named is None else named
    return list(Option.objects.visible_to(actor).filter(pk__in=wanted).defer("search")[:MOST])


def _decisions(actor: Actor, row: Record, needs: list[Opportunity], options: list[Option]) -> list[Decision]:
    if isinstance(row, Decision):
        return [row]
    decisions = Decision.objects.visible_to(actor)
    about = decisions.filter(option__in=options)
    if isinstance(row, (Feedback, Opportunity)):
        about = about | decisions.filter(opportunity__in=needs)
    return list(about[:MOST])


def _feedback(actor: Actor, row: Record, needs: list[Opportunity], most: int) -> tuple[list[Feedback], int]:
    if isinstance(row, Feedback):
        return [row], 1
    if not needs:
        return [], 0
    mentions = Mention.objects.visible_to(actor).filter(opportunity__in=needs)
    newest = mentions.select_related("feedback__account").defer("feedback__search", "feedback__account__search")
    read = list(newest.order_by("-heard_at")[:most])
    heard = list({mention.feedback_id: mention.feedback for mention in read}.values())
    return heard, len(heard) if len(read) < most else mentions.values("feedback").distinct().count()


def _items(actor: Actor, row: Record, options: list[Option], most: int) -> tuple[list[WorkItem], int, int]:
    """The items that serve the options, open ones first, and how many of how many are done. Dropped ones do not
    count."""
    if not options:
        return ([row], int(row.state == WorkItem.State.DONE), 1) if isinstance(row, WorkItem) else ([], 0, 0)
    live = WorkItem.objects.visible_to(actor).filter(option__in=options).exclude(state=WorkItem.State.DROPPED)
    counts = live.order_by().aggregate(all=Count("pk"), done=Count("pk", filter=Q(state=WorkItem.State.DONE)))
    items = live.defer("search").order_by("-finished_on", "-pk")  # PostgreSQL puts what has no end first
    return list(items[:most]) if counts["all"] else [], counts["done"], counts["all"]


def _launches(actor: Actor, row: Record, options: list[Option]) -> list[Launch]:
    if isinstance(row, Launch):
        return [row]
    launches = Launch.objects.visible_to(actor)
    bring = Q(pk__in=LaunchOption.objects.filter(option__in=options).values("launch")) if options else Q(pk__in=())
    if isinstance(row, Campaign):
        bring |= Q(pk=row.launch_id)
    return list(launches.filter(bring)[:MOST]) if options or isinstance(row, Campaign) else []


def _give_products(actor: Actor, *stations: Iterable[Any]) -> None:
    """Each row its product: those that one may see are read once, and not by every station with its rows."""
    products = {product.pk: product for product in Product.all_for(actor)}
    for one in chain(*stations):
        if one.product_id in products:
            one.product = products[one.product_id]
