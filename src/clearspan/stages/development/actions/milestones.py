"""Milestones: what a supplier delivers by when, what it says of that, and whether we accept it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.actions.changing import change, clear
from clearspan.catalogue.models import Product, Supplier
from clearspan.catalogue.rules import supplies, works_on
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.development.actions.quotes import Amount, Criteria, Title, Words
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.options.models import Option

Agreed = Annotated[date, Field(description="The day that is agreed")]
Places = Annotated[list[Annotated[int, Field(ge=1, le=40)]], Field(max_length=40)]


@action(rule=works_on, says="agreed with {supplier}: {result}")
def agree_milestone(
    actor: Actor,
    *,
    product: Product,
    supplier: Supplier,
    title: Title,
    due_on: Agreed,
    criteria: Criteria = [],  # noqa: B006 pydantic copies it
    amount: Annotated[Amount | None, Field(description="Due when it is accepted")] = None,
    option: Annotated[Option | None, Field(description="The option it is for; the supplier does not see it")] = None,
    quote: Annotated[Quote | None, Field(description="The quote it is part of")] = None,
) -> Milestone:
    """Agrees with a supplier on something to deliver, by a day, and on when it counts as there."""
    if option is not None and option.product_id != product.pk:
        raise Invalid({"option": "it is an option of another product"})
    if quote is not None and (quote.product_id, quote.supplier_id) != (product.pk, supplier.pk):
        raise Invalid({"quote": "it is of another product, or another supplier's"})
    made: Milestone = Milestone.objects.create(
        product=product, supplier=supplier, title=title, due_on=due_on, criteria=criteria, amount=amount,
        option=option or (quote.option if quote else None), quote=quote,
    )  # fmt: skip
    return made


@action(rule=works_on, says="changed the milestone {milestone}")
def change_milestone(
    actor: Actor,
    *,
    milestone: Milestone,
    title: Title | None = None,
    due_on: Annotated[date | None, Field(description="Another day, if both agree: lateness counts from it")] = None,
    criteria: Criteria | None = None,
    amount: Amount | None = None,
    option: Option | None = None,
    without_amount: Annotated[bool, Field(description="True: nothing is due for it")] = False,
    without_option: Annotated[bool, Field(description="True: it is for no one option")] = False,
) -> Milestone:
    """Changes what is given and leaves the rest. Other criteria: what was said to the old ones is taken away."""
    _is_open(milestone)
    if option is not None and option.product_id != milestone.product_id:
        raise Invalid({"option": "it is an option of another product"})
    if criteria is not None and criteria != milestone.criteria:
        change(milestone, met=[], missing=[])
    clear(milestone, amount=without_amount, option=without_option)
    return change(milestone, title=title, due_on=due_on, criteria=criteria, amount=amount, option=option)


@action(rule=works_on, says="took back the milestone {milestone}")
def remove_milestone(actor: Actor, *, milestone: Milestone) -> None:
    """Removes what was agreed and is not to be delivered after all."""
    _is_open(milestone)
    milestone.delete()


@action(rule=supplies, says="{milestone.supplier} reported on {milestone}: {result.report}", open_to_guests=True)
def report_milestone(
    actor: Actor,
    *,
    milestone: Milestone,
    delivered: Annotated[bool, Field(description="True: it is there")] = False,
    met: Annotated[Places | None, Field(description="The criteria that are met, by their place from 1")] = None,
    on: Annotated[date | None, Field(description="The day it was delivered; None is today")] = None,
    expected_on: Annotated[date | None, Field(description="Not there yet: the day it will be")] = None,
    words: Annotated[Words, Field(description="Why it moved, or what is to be known of the delivery")] = "",
) -> Milestone:
    """Says that something was delivered, against each criterion; or when it will be, and why then."""
    if milestone.state == Milestone.State.ACCEPTED:
        raise Invalid({"milestone": "it was accepted already"})
    places = sorted(set(met)) if met is not None else milestone.met
    if places and places[-1] > len(milestone.criteria):
        raise Invalid({"met": f"there are {len(milestone.criteria)} criteria"})
    given = {"words": words, "met": places}
    if delivered:
        return change(milestone, **given, **_delivery(milestone, places, on, words))
    if expected_on is None:
        raise Invalid({"expected_on": "say that it is there, or on which day it will be"})
    if expected_on < timezone.localdate():
        raise Invalid({"expected_on": "this day is over; if it is there, say that it was delivered"})
    if expected_on > (milestone.expected_on or milestone.due_on) and not words:
        raise Invalid({"words": "it will be there later than was said: say why"})
    taken_back = milestone.state == Milestone.State.DELIVERED
    clear(milestone, delivered_on=taken_back)
    state = Milestone.State.PLANNED if taken_back else milestone.state
    return change(milestone, expected_on=expected_on, state=state, **given)


@action(rule=works_on, says="accepted {milestone} of {milestone.supplier}")
def accept_milestone(
    actor: Actor, *, milestone: Milestone, answer: Annotated[Words, Field(description="The supplier reads it")] = ""
) -> Milestone:
    """Says that what was delivered is what was agreed. What is due for it is due from now on."""
    _is_delivered(milestone)
    return change(milestone, state=Milestone.State.ACCEPTED, answer=answer, missing=[], settled_on=timezone.localdate())


@action(rule=works_on, says="sent {milestone} back to {milestone.supplier}")
def send_back_milestone(
    actor: Actor,
    *,
    milestone: Milestone,
    answer: Annotated[Words, Field(min_length=3, description="What is missing; the supplier reads it")],
    missing: Annotated[Places, Field(description="The criteria that are not met, by their place from 1")] = [],  # noqa: B006 pydantic copies it
) -> Milestone:
    """Says what is missing in what was delivered. It counts as not delivered until it is delivered again."""
    _is_delivered(milestone)
    if missing and max(missing) > len(milestone.criteria):
        raise Invalid({"missing": f"there are {len(milestone.criteria)} criteria"})
    clear(milestone, expected_on=True)
    return change(
        milestone, state=Milestone.State.REJECTED, answer=answer, missing=sorted(set(missing)),
        met=[place for place in milestone.met if place not in missing], settled_on=timezone.localdate(),
    )  # fmt: skip


def _delivery(milestone: Milestone, met: list[int], on: date | None, words: str) -> dict[str, object]:
    """What a delivery changes. Raises Invalid when a criterion is passed over in silence."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise Invalid({"on": "this day has not come; say when it will be there instead"})
    open_ones = len(milestone.criteria) - len(met)
    if open_ones and not words:
        which = "one criterion is" if open_ones == 1 else f"{open_ones} criteria are"
        raise Invalid({"words": f"{which} not said to be met: say what is missing, and when it comes"})
    return {"state": Milestone.State.DELIVERED, "delivered_on": on or today}


def _is_open(milestone: Milestone) -> None:
    if not milestone.is_open:
        raise Invalid({"milestone": f"it was {milestone.get_state_display()} already"})


def _is_delivered(milestone: Milestone) -> None:
    if milestone.state != Milestone.State.DELIVERED:
        raise Invalid({"milestone": "nothing was delivered that waits for an answer"})
