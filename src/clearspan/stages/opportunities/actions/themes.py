"""What becomes of a proposed theme."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.actions.evidence import link_evidence
from clearspan.stages.opportunities.actions.needs import create_opportunity
from clearspan.stages.opportunities.models import Opportunity, Theme
from clearspan.stages.opportunities.rules import works_on


@action(rule=works_on, says="made a need of the theme {theme}")
def accept_theme(
    actor: Actor,
    *,
    theme: Theme,
    title: Annotated[
        str, Field(max_length=200, description="The need in the customer's words; else the theme's label.")
    ] = "",
    opportunity: Opportunity | None = None,
    leave_out: list[Feedback] | None = None,
) -> Opportunity:
    """Makes a need of a theme and links its members, all but those left out; or links them to a need there is."""
    _still_open(theme)
    product = theme.study.product
    if opportunity is not None and opportunity.product_id != product.pk:
        raise Invalid({"opportunity": f"{opportunity.ref} is a need of another product"})
    members = _members(actor, theme, {item.pk for item in leave_out or ()})
    if not members:
        raise Invalid({"theme": "nothing of this theme is left to link"})
    if opportunity is None:
        opportunity = create_opportunity(actor, product=product, title=title or theme.label)
    link_evidence(actor, opportunity=opportunity, feedback=members)
    theme.state, theme.opportunity = Theme.State.ACCEPTED, opportunity
    theme.save(update_fields=["state", "opportunity"])
    return opportunity


@action(rule=works_on, says="dismissed the theme {theme}")
def dismiss_theme(actor: Actor, *, theme: Theme) -> Theme:
    """Says that a theme is no need. Its feedback stays as it is."""
    _still_open(theme)
    theme.state = Theme.State.DISMISSED
    theme.save(update_fields=["state"])
    return theme


@action(rule=works_on, says="renamed a theme to {theme}")
def rename_theme(actor: Actor, *, theme: Theme, label: Annotated[str, Field(min_length=1, max_length=200)]) -> Theme:
    """Gives a theme better words."""
    theme.label = " ".join(label.split()) or theme.label
    theme.save(update_fields=["label"])
    return theme


def _still_open(theme: Theme) -> None:
    if theme.state != Theme.State.PROPOSED:
        raise Invalid({"theme": f"it was {theme.get_state_display()} already"})


def _members(actor: Actor, theme: Theme, left_out: set[int]) -> list[Feedback]:
    """Its members that are still there and may be seen, nearest first."""
    order = [key for key, _ in theme.members if key not in left_out]
    rows = Feedback.objects.visible_to(actor).filter(pk__in=order, product=theme.study.product_id).in_bulk()
    return [rows[key] for key in order if key in rows]
