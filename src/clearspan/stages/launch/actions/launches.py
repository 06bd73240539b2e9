"""Launches themselves: planned from a template, moved with everything that hangs on the day, launched or called off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from django.db.models import F
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change
from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.launch import drafts
from clearspan.stages.launch.models import (
    Collateral,
    Commitment,
    GoDecision,
    Launch,
    LaunchOption,
    LaunchTemplate,
    TemplateLine,
)
from clearspan.stages.launch.rules import decides, works_on
from clearspan.stages.options.models import Option

Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Options = Annotated[list[Option], Field(description="What is brought to market")]
Day = Annotated[date, Field(description="The day it is to be there, such as 2026-09-01")]
OPEN = (Launch.State.PLANNED, Launch.State.GO, Launch.State.NO_GO)
OPEN_COMMITMENTS = (Commitment.State.ASKED, Commitment.State.PROMISED)


@action(rule=works_on, says="planned the launch {result}")
def plan_launch(
    actor: Actor,
    *,
    product: Product,
    planned_on: Day,
    title: Annotated[Title, Field(description="Empty: called after what it brings")] = "",
    options: Options = [],  # noqa: B006 read only
    template: Annotated[LaunchTemplate | None, Field(description="What is asked of each function")] = None,
    text: Annotated[str, Field(description="What is launched, for whom, where")] = "",
) -> Launch:
    """Plans a launch. Each line of the template becomes a commitment that is asked for, its documents are drafted."""
    title = title or ", ".join(option.title for option in options)[:160]
    if not title:
        raise Invalid({"title": "say what is launched, or choose an option"})
    _of_one_product(product, options)
    launch: Launch = Launch.objects.create(
        product=product, title=title, text=text, template=template, planned_on=planned_on, keeper=actor.person,
        decide_on=planned_on - timedelta(days=template.decide_before if template else 7),
    )  # fmt: skip
    LaunchOption.objects.bulk_create(LaunchOption(launch=launch, option=option) for option in options)
    if template is not None:
        _ask_for(launch, list(template.lines.select_related("function")), actor.person)
    return launch


@action(rule=works_on, says="asked for all of {template} for {launch}")
def ask_by_template(actor: Actor, *, launch: Launch, template: LaunchTemplate) -> Launch:
    """Asks for every line of a template that is not asked for already, by function and title."""
    _is_open(launch)
    there = set(launch.commitments.values_list("function", "title"))
    lines = [line for line in template.lines.select_related("function") if (line.function_id, line.title) not in there]
    if not lines:
        raise Invalid({"template": "everything that it asks for is asked for already"})
    _ask_for(launch, lines, actor.person)
    launch.template = template
    launch.save(update_fields=["template"])
    return launch


@action(rule=works_on, says="changed the launch {launch}")
def change_launch(
    actor: Actor,
    *,
    launch: Launch,
    title: Title | None = None,
    text: str | None = None,
    decide_on: Annotated[date | None, Field(description="When go or no-go is decided")] = None,
    keeper: Annotated[User | None, Field(description="Who brings it together")] = None,
    options: Annotated[list[Option] | None, Field(description="All that it brings; none leaves them")] = None,
) -> Launch:
    """Changes what is given and leaves the rest. The day is moved by `move_launch`."""
    if decide_on is not None and decide_on > launch.planned_on:
        raise Invalid({"decide_on": "go or no-go comes before the launch"})
    if keeper is not None and keeper.function_id is None:
        raise Invalid({"keeper": "only somebody of the company can keep a launch"})
    if options:
        _of_one_product(launch.product, options)
        launch.brings.exclude(option__in=options).delete()
        there = set(launch.brings.values_list("option", flat=True))
        LaunchOption.objects.bulk_create(LaunchOption(launch=launch, option=o) for o in options if o.pk not in there)
    return change(launch, title=title or None, text=text, decide_on=decide_on, keeper=keeper)


@action(rule=works_on, says="moved the launch {launch} to {planned_on:%-d %b %Y}")
def move_launch(
    actor: Actor,
    *,
    launch: Launch,
    planned_on: Day,
    fixed_too: Annotated[bool, Field(description="Move the days that were set by hand, too")] = False,
) -> Launch:
    """Moves a launch with its go/no-go and the days of all that is not done. A go was for its day: it is asked anew."""
    _is_open(launch)
    days = planned_on - launch.planned_on
    if not days:
        raise Invalid({"planned_on": "it is planned for that day already"})
    moved = launch.commitments.filter(state__in=OPEN_COMMITMENTS)
    (moved if fixed_too else moved.filter(is_fixed=False)).update(due_on=F("due_on") + days)
    launch.first_planned_on, launch.moves = launch.first_planned_on or launch.planned_on, launch.moves + 1
    launch.planned_on = planned_on
    launch.decide_on = launch.decide_on + days if launch.decide_on else None
    launch.state = Launch.State.PLANNED
    launch.save(update_fields=["planned_on", "first_planned_on", "moves", "decide_on", "state"])
    return launch


@action(rule=decides, says="launched {launch}")
def mark_launched(
    actor: Actor,
    *,
    launch: Launch,
    on: Annotated[date | None, Field(description="The day it was there; empty is today")] = None,
) -> Launch:
    """Says that it is on the market. It needs a go first."""
    if launch.state != Launch.State.GO:
        raise Invalid({"launch": f"it is {launch.get_state_display()}: decide that it goes first"})
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid({"on": "that day is still to come"})
    launch.state, launch.launched_on = Launch.State.LAUNCHED, day
    launch.save(update_fields=["state", "launched_on"])
    return launch


@action(rule=decides, says="called off the launch {launch}")
def call_off_launch(
    actor: Actor,
    *,
    launch: Launch,
    reasons: Annotated[str, Field(min_length=3, description="Why, so that everybody who prepared it understands")],
) -> Launch:
    """Ends a launch that is not to come. What was prepared stays to be read."""
    _is_open(launch)
    GoDecision.objects.create(
        launch=launch, goes=False, reasons=reasons, decided_on=timezone.localdate(), decided_by=actor.person
    )
    launch.state = Launch.State.OFF
    launch.save(update_fields=["state"])
    return launch


def _ask_for(launch: Launch, lines: list[TemplateLine], writer: User | None) -> None:
    today = timezone.localdate()
    commitments = Commitment.objects.bulk_create(
        Commitment(
            launch=launch, function=line.function, title=line.title, text=line.text, must=line.must, asked_on=today,
            due_on=launch.planned_on - timedelta(days=line.days_before), position=line.position,
        )
        for line in lines
    )  # fmt: skip
    wanted = [(line, made) for line, made in zip(lines, commitments, strict=True) if line.collateral]
    facts = drafts.facts_of(launch) if wanted else None
    if facts is not None:
        Collateral.objects.bulk_create(
            drafts.draft(facts, line.collateral, function=line.function, commitment=made, writer=writer)
            for line, made in wanted
        )


def _is_open(launch: Launch) -> None:
    if launch.state not in OPEN:
        raise Invalid({"launch": f"it is {launch.get_state_display()}"})


def _of_one_product(product: Product, options: list[Option]) -> None:
    strange = next((option for option in options if option.product_id != product.pk), None)
    if strange is not None:
        raise Invalid({"options": f"{strange.ref} is an option of another product"})
