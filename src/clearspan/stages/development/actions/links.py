"""Why items are built: said by hand, or by taking or refusing a suggestion."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Requirement
from clearspan.stages.development import links
from clearspan.stages.development.actions.common import Items, Many, expect_some, learn_soon
from clearspan.stages.development.models import RefusedLink, WorkItem
from clearspan.stages.development.rules import builds
from clearspan.stages.options.models import Option


@action(rule=builds, says="linked {result} to {result.reason}")
def link_items(
    actor: Actor,
    *,
    items: Many,
    option: Annotated[Option | None, Field(description="The option they are built for")] = None,
    requirement: Annotated[Requirement | None, Field(description="Or the requirement they meet")] = None,
) -> Items:
    """Says why items are built: for an option, or for a requirement of its definition."""
    return _link(items, _option(option, requirement), requirement, WorkItem.Linked.HAND)


@action(rule=builds, says="took the reason of {result} away")
def unlink_items(actor: Actor, *, items: Many) -> Items:
    """Says that items are not built for what they were linked to. What their words name no longer counts."""
    expect_some(items)
    refused = [RefusedLink(item=item, option_id=item.option_id) for item in items if item.option_id]
    RefusedLink.objects.bulk_create(refused, ignore_conflicts=True)
    rows = WorkItem.objects.filter(pk__in=[item.pk for item in items])
    rows.update(option=None, requirement=None, linked=WorkItem.Linked.HAND)
    for product in {item.product_id: item.product for item in items}.values():
        links.hand_down(product)
    return Items(items)


@action(rule=builds, says="took the suggestion: {item.ref} is for {option}")
def accept_suggestion(
    actor: Actor,
    *,
    item: WorkItem,
    option: Annotated[Option, Field(description="The option that was suggested")],
    requirement: Annotated[Requirement | None, Field(description="The requirement that was suggested")] = None,
) -> WorkItem:
    """Takes a suggestion: the item is built for the option, or for the requirement, that was suggested."""
    if requirement is not None and requirement.definition.option_id != option.pk:
        raise Invalid({"requirement": f"{requirement.ref} is a requirement of another option"})
    _link([item], option, requirement, WorkItem.Linked.SUGGESTION)
    return item


@action(rule=builds, says="refused the suggestion that {item.ref} is for {option}")
def refuse_suggestion(actor: Actor, *, item: WorkItem, option: Option) -> RefusedLink:
    """Refuses a suggestion; it does not come back."""
    _of_one_product([item], option)
    return RefusedLink.objects.get_or_create(item=item, option=option)[0]


def _link(items: list[WorkItem], option: Option, requirement: Requirement | None, linked: str) -> Items:
    expect_some(items)
    _of_one_product(items, option)
    keys = [item.pk for item in items]
    WorkItem.objects.filter(pk__in=keys).update(option=option, requirement=requirement, linked=linked)
    RefusedLink.objects.filter(item__in=keys, option=option).delete()
    links.hand_down(option.product)
    learn_soon(option.product)
    return Items(items, reason=requirement or option)


def _option(option: Option | None, requirement: Requirement | None) -> Option:
    if requirement is None:
        if option is None:
            raise Invalid({"option": "say what they are for: an option or a requirement"})
        return option
    if option is not None and option.pk != requirement.definition.option_id:
        raise Invalid({"requirement": f"{requirement.ref} is a requirement of another option"})
    return requirement.definition.option


def _of_one_product(items: list[WorkItem], option: Option) -> None:
    strange = next((item for item in items if item.product_id != option.product_id), None)
    if strange is not None:
        raise Invalid({"option": f"{strange.ref} is an item of another product"})
