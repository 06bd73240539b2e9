"""Work items: entered by hand, moved along, and said to be upkeep or not."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.development import links, upkeep
from clearspan.stages.development.actions.common import Items, Many, expect_some, learn_soon, reconsider
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.rules import admins, builds

Title = Annotated[str, Field(min_length=1, max_length=300, description="What is to be done")]
Text = Annotated[str, Field(max_length=100_000, description="More of it; RQ-12 or OT-4 in it says why it is built")]
Labels = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=50, description="Words to find it by")]
Size = Annotated[float, Field(ge=0, le=1e6)]
On = Annotated[date | None, Field(description="The day, such as 2026-03-31; left out, today")]
Loseable = Literal["team", "estimate", "effort", "due_on"]
State = WorkItem.State


@action(rule=builds, says="added {result.ref} {result}")
def add_item(
    actor: Actor,
    *,
    product: Product,
    title: Title,
    text: Text = "",
    kind: Annotated[WorkItem.Kind, Field(description="feature, fix, task or epic")] = WorkItem.Kind.TASK,
    team: Annotated[Team | None, Field(description="Who does it")] = None,
    assignee: Annotated[str, Field(max_length=120)] = "",
    labels: Labels = [],  # noqa: B006 read only
    estimate: Annotated[Size | None, Field(description="In the team's own points")] = None,
    effort: Annotated[Size | None, Field(description="Person-days spent")] = None,
    added_on: On = None,
    due_on: Annotated[date | None, Field(description="When it has to be done")] = None,
) -> WorkItem:
    """Adds a piece of work. A reference in its words (RQ-12, OT-4) says why it is built."""
    _of_product(product, team)
    item = WorkItem(
        product=product, team=team, title=title.strip(), text=text, kind=kind, assignee=assignee.strip(),
        labels=_labels(labels), estimate=estimate, effort=effort, added_on=added_on or timezone.localdate(),
        due_on=due_on,
    )  # fmt: skip
    _check_order(item)
    reconsider(item)
    item.save()
    learn_soon(product)
    return item


@action(rule=builds, says="changed {item.ref} {item}")
def change_item(
    actor: Actor,
    *,
    item: WorkItem,
    title: Title | None = None,
    text: Text | None = None,
    kind: WorkItem.Kind | None = None,
    team: Annotated[Team | None, Field(description="Who does it")] = None,
    assignee: Annotated[str, Field(max_length=120)] | None = None,
    labels: Labels | None = None,
    estimate: Annotated[Size | None, Field(description="In the team's own points")] = None,
    effort: Annotated[Size | None, Field(description="Person-days spent")] = None,
    added_on: Annotated[date | None, Field(description="When it came up")] = None,
    due_on: Annotated[date | None, Field(description="When it has to be done")] = None,
    without: Annotated[list[Loseable], Field(description="What to take away")] = [],  # noqa: B006 read only
) -> WorkItem:
    """Changes what is given and leaves the rest."""
    _of_product(item.product, team)
    given = {
        "title": title, "text": text, "kind": kind, "team": team, "assignee": assignee, "estimate": estimate,
        "effort": effort, "added_on": added_on, "due_on": due_on,
    }  # fmt: skip
    changed = {name: value for name, value in given.items() if value is not None} | dict.fromkeys(without)
    for name, value in changed.items():
        setattr(item, name, value)
    if labels is not None:
        item.labels = _labels(labels)
    _check_order(item)
    reconsider(item)
    item.save()
    links.hand_down(item.product)
    return item


@action(rule=builds, says="started {item.ref} {item}")
def start_item(actor: Actor, *, item: WorkItem, on: On = None) -> WorkItem:
    """Work on it begins. When it began before, that day stays."""
    if item.state == State.DOING:
        raise Invalid({"item": "it is being done already"})
    _expect_open(item)
    return _moved(item, State.DOING, started_on=on or item.started_on or timezone.localdate())


@action(rule=builds, says="finished {item.ref} {item}")
def finish_item(actor: Actor, *, item: WorkItem, on: On = None) -> WorkItem:
    """It is done. An item that nobody has started was started and finished on one day."""
    _expect_open(item)
    day = on or timezone.localdate()
    return _moved(item, State.DONE, started_on=item.started_on or day, finished_on=day)


@action(rule=builds, says="dropped {item.ref} {item}")
def drop_item(actor: Actor, *, item: WorkItem, on: On = None) -> WorkItem:
    """It will not be done."""
    _expect_open(item)
    return _moved(item, State.DROPPED, finished_on=on or timezone.localdate())


@action(rule=builds, says="took up {item.ref} {item} again")
def reopen_item(actor: Actor, *, item: WorkItem) -> WorkItem:
    """It is not over after all: it is being done again when work on it had begun, else it is to do."""
    if item.is_open:
        raise Invalid({"item": "it is open already"})
    return _moved(item, State.DOING if item.started_on else State.TODO, finished_on=None)


@action(rule=builds, says="marked {result} as upkeep")
def mark_upkeep(actor: Actor, *, items: Many) -> Items:
    """Says that items keep going what is there, whatever their labels say."""
    return _as_upkeep(items, True)


@action(rule=builds, says="marked {result} as no upkeep")
def unmark_upkeep(actor: Actor, *, items: Many) -> Items:
    """Says that items are no upkeep, whatever their labels say."""
    return _as_upkeep(items, False)


@action(rule=admins, says="said which labels mean upkeep")
def set_upkeep_words(
    actor: Actor,
    *,
    words: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=80)]],
        Field(max_length=200, description="Labels and kinds that mean upkeep; empty: those Clearspan begins with"),
    ],
) -> Company:
    """Says by which labels upkeep is told. Items come in by it from now on; what was said by hand stays."""
    company = Company.ours()
    kept = {name: value for name, value in company.settings.items() if name != upkeep.SETTING}
    wanted = upkeep.tidy(words)
    company.settings = kept | ({upkeep.SETTING: wanted} if wanted else {})
    company.save(update_fields=["settings"])
    return company


def _as_upkeep(items: list[WorkItem], is_upkeep: bool) -> Items:
    expect_some(items)
    WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(is_upkeep=is_upkeep, upkeep_by_hand=True)
    return Items(items)


def _moved(item: WorkItem, state: str, **dates: date | None) -> WorkItem:
    item.state = state
    for name, day in dates.items():
        setattr(item, name, day)
    _check_order(item)
    item.save(update_fields=["state", *dates])
    return item


def _check_order(item: WorkItem) -> None:
    """Nothing starts before it came up, or ends before it started; and nothing has happened tomorrow."""
    today = timezone.localdate()
    for name, day in (("added_on", item.added_on), ("on", item.started_on), ("on", item.finished_on)):
        if day is not None and day > today:
            raise Invalid({name: f"{day:%-d %b %Y} is still to come"})
    if item.started_on and item.started_on < item.added_on:
        raise Invalid({"on": f"it came up on {item.added_on:%-d %b %Y}; work on it cannot have begun before"})
    if item.finished_on and item.finished_on < (item.started_on or item.added_on):
        began = item.started_on or item.added_on
        raise Invalid({"on": f"it began on {began:%-d %b %Y}; it cannot have ended before"})


def _expect_open(item: WorkItem) -> None:
    if not item.is_open:
        raise Invalid({"item": f"it is {item.get_state_display()} already; take it up again first"})


def _of_product(product: Product, team: Team | None) -> None:
    if team is not None and team.product_id != product.pk:
        raise Invalid({"team": f"{team} is a team of another product"})


def _labels(labels: list[str]) -> list[str]:
    return list(dict.fromkeys(label.strip() for label in labels if label.strip()))
