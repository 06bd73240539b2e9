"""Needs themselves: made, changed, put into their tree, merged, put away."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities import jobs
from clearspan.stages.opportunities.actions.evidence import Importance, Quote, link_evidence
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.opportunities.rules import works_on

Title = Annotated[
    str, Field(min_length=1, max_length=200, description="The need, in the customer's words; not a feature.")
]
Outcome = Annotated[str, Field(max_length=200, description="What would be better for whom if it were met.")]
_STATE = Opportunity.State


@action(rule=works_on, says="added the need {result}")
def create_opportunity(
    actor: Actor,
    *,
    product: Product,
    title: Title,
    description: str = "",
    outcome: Outcome = "",
    parent: Opportunity | None = None,
    keeper: User | None = None,
    feedback: list[Feedback] | None = None,
    quote: Quote = "",
    importance: Importance = Mention.Importance.USEFUL,
) -> Opportunity:
    """Adds a need of the market, and links the evidence it was found in, in one go."""
    if parent is not None and parent.product_id != product.pk:
        raise Invalid({"parent": f"{parent.ref} is a need of another product"})
    made: Opportunity = Opportunity.objects.create(
        product=product,
        title=_one_line(title),
        description=description.strip(),
        outcome=outcome.strip(),
        parent=parent,
        keeper=_employee(keeper) or actor.person,
    )
    if feedback:
        link_evidence(actor, opportunity=made, feedback=feedback, quote=quote, importance=importance)
    else:
        jobs.refresh_soon(product.pk)
    return made


@action(rule=works_on, says="changed {result}")
def change_opportunity(
    actor: Actor,
    *,
    opportunity: Opportunity,
    title: Annotated[str | None, Field(min_length=1, max_length=200)] = None,
    description: str | None = None,
    outcome: Annotated[str | None, Field(max_length=200)] = None,
    keeper: User | None = None,
) -> Opportunity:
    """Changes a need's words or its keeper. None leaves a field as it is."""
    given = {
        "title": None if title is None else _one_line(title),
        "description": description,
        "outcome": outcome,
        "keeper": _employee(keeper),
    }
    changed = [name for name, value in given.items() if value is not None]
    for name in changed:
        setattr(opportunity, name, given[name])
    opportunity.save(update_fields=changed)
    return opportunity


@action(rule=works_on, says="moved {opportunity} in the tree")
def move_opportunity(actor: Actor, *, opportunity: Opportunity, parent: Opportunity | None = None) -> Opportunity:
    """Puts a need under a wider one; without a parent, at the top."""
    if parent is not None:
        if parent.product_id != opportunity.product_id:
            raise Invalid({"parent": f"{parent.ref} is a need of another product"})
        if opportunity.pk in _line_above(parent):
            raise Invalid({"parent": f"{parent} already stands below {opportunity}, or is it"})
    opportunity.parent = parent
    opportunity.save(update_fields=["parent"])
    return opportunity


@action(rule=works_on, says="merged {result} into {into}")
def merge_opportunities(actor: Actor, *, opportunities: list[Opportunity], into: Opportunity) -> Merged:
    """Makes several needs one: their evidence, narrower needs and options hang on `into`, and they are put away."""
    keys = [one.pk for one in opportunities]
    if not keys:
        raise Invalid({"opportunities": "there is nothing to merge"})
    if into.pk in keys:
        raise Invalid({"into": "a need cannot be merged into itself"})
    if any(one.product_id != into.product_id for one in opportunities):
        raise Invalid({"opportunities": "these are needs of different products"})
    above = _line_above(into)
    if set(above) & set(keys):  # what is merged stood above: `into` takes the first place above that stays
        into.parent_id = next((pk for pk in above[1:] if pk not in keys), None)
        into.save(update_fields=["parent"])
    Opportunity.objects.filter(parent__in=keys).exclude(pk=into.pk).update(parent=into)
    _move_mentions(keys, into)
    Opportunity.objects.filter(pk__in=keys).update(state=_STATE.CLOSED, merged_into=into, parent=None)
    Opportunity.objects.filter(merged_into__in=keys).update(merged_into=into)
    panels.ask("opportunity.merged", actor, (opportunities, into))  # later stages move what hangs on them
    jobs.refresh_soon(into.product_id)
    return Merged(opportunities)


@action(rule=works_on, says="put {opportunity} away")
def close_opportunity(actor: Actor, *, opportunity: Opportunity) -> Opportunity:
    """Puts a need away: it is no longer ranked, and what is said of it counts as silence about the others."""
    return _turn(opportunity, _STATE.CLOSED)


@action(rule=works_on, says="noted that {opportunity} is met")
def mark_opportunity_met(actor: Actor, *, opportunity: Opportunity) -> Opportunity:
    """Says that the product meets a need now. It is no longer ranked; its evidence stays."""
    return _turn(opportunity, _STATE.MET)


@action(rule=works_on, says="opened {opportunity} again")
def reopen_opportunity(actor: Actor, *, opportunity: Opportunity) -> Opportunity:
    """Ranks a need again that was put away, merged or thought to be met."""
    opportunity.merged_into = None
    opportunity.save(update_fields=["merged_into"])
    return _turn(opportunity, _STATE.OPEN)


class Merged(list[Opportunity]):
    """Needs that were merged, and how an event names them."""

    def __str__(self) -> str:
        return str(self[0]) if len(self) == 1 else f"{len(self)} needs"


def _turn(opportunity: Opportunity, state: str) -> Opportunity:
    if opportunity.state == state:
        raise Invalid({"opportunity": f"it is {opportunity.get_state_display()} already"})
    opportunity.state = state
    opportunity.save(update_fields=["state"])
    jobs.refresh_soon(opportunity.product_id)
    return opportunity


def _line_above(opportunity: Opportunity) -> list[int]:
    """The need itself and those above it, nearest first. The product is locked: two moves at once make no circle."""
    Product.objects.select_for_update(no_key=True).get(pk=opportunity.product_id)
    parents = dict(Opportunity.objects.filter(product=opportunity.product_id).values_list("pk", "parent"))
    line: list[int] = []
    at: int | None = opportunity.pk
    while at is not None and at not in line:
        line.append(at)
        at = parents.get(at)
    return line


def _move_mentions(keys: list[int], into: Opportunity) -> None:
    """Evidence that speaks of both is one mention; of several the oldest is kept."""
    heard = set(into.mentions.values_list("feedback", flat=True))
    moved, doubled = [], []
    for key, feedback in Mention.objects.filter(opportunity__in=keys).order_by("pk").values_list("pk", "feedback"):
        (doubled if feedback in heard else moved).append(key)
        heard.add(feedback)
    Mention.objects.filter(pk__in=doubled).delete()
    Mention.objects.filter(pk__in=moved).update(opportunity=into)


def _employee(keeper: User | None) -> User | None:
    if keeper is not None and keeper.function_id is None:
        raise Invalid({"keeper": f"{keeper} is not one of the company's people"})
    return keeper


def _one_line(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Invalid({"title": "a need has a title"})
    return title
